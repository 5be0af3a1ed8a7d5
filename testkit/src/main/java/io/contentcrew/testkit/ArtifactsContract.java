package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.generation.Artifacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Artifacts} keeps to. */
public abstract class ArtifactsContract extends StorageHarness {
  /** For subclasses. */
  protected ArtifactsContract() {}

  private void add(Job job, StoredArtifact artifact) {
    run(stores -> stores.artifacts().add(job.id(), artifact));
  }

  @Test
  void pieces_are_found_as_they_were_added() {
    Job job = givenJob(givenUser(), Fixtures.aFullBrief());
    for (Format format : Format.values()) {
      StoredArtifact artifact = Fixtures.aStoredArtifact(format);
      add(job, artifact);
      assertThat(maybe(stores -> stores.artifacts().find(job.id(), format))).contains(artifact);
    }
  }

  @Test
  void a_piece_tells_how_it_came_about() {
    Job job = givenJob(givenUser());
    StoredArtifact artifact =
        new StoredArtifact(
            Fixtures.anArtifact(Format.BLOG),
            1,
            List.of(
                new Finding(Finding.Severity.WEAK, "article.sections", "Two only."),
                new Finding(Finding.Severity.NOTE, "x", "\u00DC \uD83C\uDF75")),
            new Engine(new EngineName("offline"), new ModelName("sample"), true),
            true,
            Fixtures.NOW.plusMillis(5));
    add(job, artifact);
    assertThat(list(stores -> stores.artifacts().list(job.id()))).containsExactly(artifact);
  }

  @Test
  void pieces_are_listed_in_the_order_of_the_formats() {
    Job job = givenJob(givenUser(), Fixtures.aFullBrief());
    for (Format format : List.of(Format.VIDEO, Format.BLOG, Format.AUDIO, Format.SOCIAL)) {
      add(job, Fixtures.aStoredArtifact(format));
    }
    assertThat(list(stores -> stores.artifacts().list(job.id())))
        .extracting(artifact -> artifact.artifact().format())
        .containsExactly(Format.BLOG, Format.SOCIAL, Format.AUDIO, Format.VIDEO);
  }

  @Test
  void the_newest_version_counts() {
    Job job = givenJob(givenUser());
    for (int version : List.of(1, 2, 10)) {
      add(job, Fixtures.aStoredArtifact(Format.BLOG, version));
    }
    StoredArtifact newest = Fixtures.aStoredArtifact(Format.BLOG, 10);
    assertThat(maybe(stores -> stores.artifacts().find(job.id(), Format.BLOG))).contains(newest);
    assertThat(list(stores -> stores.artifacts().list(job.id()))).containsExactly(newest);
  }

  @Test
  void a_piece_that_is_not_there_is_not_found() {
    Job job = givenJob(givenUser());
    Job other = givenJob(givenUser());
    add(other, Fixtures.aStoredArtifact(Format.BLOG));
    assertThat(list(stores -> stores.artifacts().list(job.id()))).isEmpty();
    assertThat(maybe(stores -> stores.artifacts().find(job.id(), Format.BLOG))).isEmpty();
    assertThat(maybe(stores -> stores.artifacts().find(other.id(), Format.VIDEO))).isEmpty();
  }

  @Test
  void a_version_is_added_once() {
    Job job = givenJob(givenUser());
    StoredArtifact first = Fixtures.aStoredArtifact(Format.BLOG);
    add(job, first);
    StoredArtifact second =
        new StoredArtifact(first.artifact(), 1, List.of(), Fixtures.anEngine(), true, Fixtures.NOW);
    assertThatThrownBy(() -> add(job, second)).isInstanceOf(PortFailureException.class);
    assertThat(list(stores -> stores.artifacts().list(job.id()))).containsExactly(first);
  }

  private static final List<Origin> LATER = List.of(Origin.REVISED, Origin.EDITED, Origin.RESTORED);

  private static StoredArtifact version(Format format, int version) {
    Origin origin = version == 1 ? Origin.WRITTEN : LATER.get(version % LATER.size());
    Optional<String> note =
        origin == Origin.REVISED ? Optional.of("Note \u00DC " + version) : Optional.empty();
    return new StoredArtifact(
        Fixtures.anArtifact(format),
        version,
        origin,
        note,
        List.of(),
        Fixtures.anEngine(),
        false,
        Fixtures.NOW.plusSeconds(version));
  }

  private Job givenVersions(int count) {
    Job job = givenJob(givenUser(), Fixtures.aFullBrief());
    for (int version = 1; version <= count; version++) {
      add(job, version(Format.BLOG, version));
    }
    return job;
  }

  private List<Integer> versions(Job job) {
    return in(stores -> stores.artifacts().versions(job.id(), Format.BLOG)).stream()
        .map(PieceVersion::version)
        .toList();
  }

  @Test
  void every_version_is_found_as_it_was_added() {
    Job job = givenVersions(4);
    for (int number = 1; number <= 4; number++) {
      int version = number;
      assertThat(maybe(stores -> stores.artifacts().find(job.id(), Format.BLOG, version)))
          .contains(version(Format.BLOG, version));
    }
    assertThat(maybe(stores -> stores.artifacts().find(job.id(), Format.BLOG, 5))).isEmpty();
    assertThat(maybe(stores -> stores.artifacts().find(job.id(), Format.VIDEO, 1))).isEmpty();
  }

  @Test
  void versions_are_listed_the_newest_first_without_their_texts() {
    Job job = givenVersions(4);
    add(job, version(Format.AUDIO, 1));
    assertThat(list(stores -> stores.artifacts().versions(job.id(), Format.BLOG)))
        .containsExactly(
            PieceVersion.of(version(Format.BLOG, 4)),
            PieceVersion.of(version(Format.BLOG, 3)),
            PieceVersion.of(version(Format.BLOG, 2)),
            PieceVersion.of(version(Format.BLOG, 1)));
    assertThat(list(stores -> stores.artifacts().versions(job.id(), Format.VIDEO))).isEmpty();
  }

  @Test
  void the_history_of_a_job_has_all_versions_of_all_formats_in_their_order() {
    Job job = givenJob(givenUser(), Fixtures.aFullBrief());
    givenVersions(2);
    for (int number : List.of(10, 1, 2)) {
      add(job, version(Format.VIDEO, number));
      add(job, version(Format.BLOG, number));
    }
    assertThat(list(stores -> stores.artifacts().history(job.id())))
        .containsExactly(
            version(Format.BLOG, 1),
            version(Format.BLOG, 2),
            version(Format.BLOG, 10),
            version(Format.VIDEO, 1),
            version(Format.VIDEO, 2),
            version(Format.VIDEO, 10));
  }

  @Test
  void too_many_versions_give_way_the_oldest_first_but_never_the_first_of_all() {
    Job job = givenVersions(6);
    add(job, version(Format.AUDIO, 1));
    run(stores -> stores.artifacts().trim(job.id(), Format.BLOG, 6));
    assertThat(versions(job)).containsExactly(6, 5, 4, 3, 2, 1);
    run(stores -> stores.artifacts().trim(job.id(), Format.BLOG, 4));
    assertThat(versions(job)).containsExactly(6, 5, 4, 1);
    add(job, version(Format.BLOG, 7));
    run(stores -> stores.artifacts().trim(job.id(), Format.BLOG, 2));
    assertThat(versions(job)).containsExactly(7, 1);
    run(stores -> stores.artifacts().trim(job.id(), Format.VIDEO, 2));
    assertThat(list(stores -> stores.artifacts().list(job.id()))).hasSize(2);
  }
}
