package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.generation.Artifacts;
import java.util.List;
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
}
