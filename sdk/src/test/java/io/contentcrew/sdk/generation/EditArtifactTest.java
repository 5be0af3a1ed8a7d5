package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.user.User;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.EditArtifact.Outcome;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EditArtifactTest extends CrewHarness {
  private ContentCrew crew;
  private User user;
  private JobId id;

  @BeforeEach
  void write() throws InterruptedException {
    crew = crew();
    user = userOn(crew, "free");
    id = submit(crew, user, Fixtures.aBrief().withFormats(Format.BLOG, Format.SOCIAL));
    watch(crew, user, id, 0);
  }

  private static BlogPost post(String title) {
    return new BlogPost(title, "Intro.", List.of(new BlogPost.Section("A", "B")), "End.");
  }

  private Outcome edit(int base, Artifact changed) {
    return crew.editArtifact().edit(id, user.id(), base, changed);
  }

  private StoredArtifact done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).artifact();
  }

  private List<PieceVersion> versions() {
    return crew.readJobs().versions(id, user.id(), Format.BLOG);
  }

  private StoredArtifact version(int version) {
    return ((ReadJobs.Piece.Found) crew.readJobs().piece(id, user.id(), Format.BLOG, version))
        .artifact();
  }

  @Test
  void an_edit_is_the_next_version_and_the_one_before_stays() {
    StoredArtifact written = version(1);
    StoredArtifact edited = done(edit(1, post("  Mine\r\n ")));
    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.artifact()).isEqualTo(post("Mine"));
    assertThat(edited.origin()).isEqualTo(Origin.EDITED);
    assertThat(edited.engine()).isEqualTo(written.engine());
    assertThat(version(1)).isEqualTo(written);
    assertThat(version(2)).isEqualTo(edited);
    assertThat(versions())
        .extracting(PieceVersion::origin)
        .containsExactly(Origin.EDITED, Origin.WRITTEN);
    assertThat(crew.showUsage().show(user.id()).formats().get(Format.BLOG).taken()).isEqualTo(1);
  }

  @Test
  void what_says_the_same_as_the_newest_makes_no_version_whatever_it_was_made_from() {
    StoredArtifact edited = done(edit(1, post("Mine")));
    assertThat(done(edit(1, post("Mine")))).isEqualTo(edited);
    assertThat(done(edit(2, post("Mine ")))).isEqualTo(edited);
    assertThat(versions()).hasSize(2);
  }

  @Test
  void an_edit_of_what_is_not_the_newest_is_refused() {
    done(edit(1, post("Mine")));
    assertThat(edit(1, post("Other"))).isEqualTo(new Outcome.Outdated(2));
    assertThat(edit(3, post("Other"))).isEqualTo(new Outcome.Outdated(2));
  }

  @Test
  void of_edits_that_come_together_one_is_kept() {
    List<Boolean> done = Race.of(8, i -> edit(1, post("Mine " + i)) instanceof Outcome.Done);
    assertThat(done).containsOnlyOnce(true);
    assertThat(versions()).hasSize(2);
  }

  @Test
  void a_post_that_is_too_long_is_kept_and_its_owner_told() {
    SocialPosts tooLong = new SocialPosts("l", "x".repeat(300), "f", "i", List.of(), "");
    StoredArtifact kept = done(edit(1, tooLong));
    assertThat(kept.artifact()).isEqualTo(tooLong);
    assertThat(kept.notes()).extracting(Finding::check).containsExactly("social.x");
    StoredArtifact fits = done(edit(2, new SocialPosts("l", "x", "f", "i", List.of(), "")));
    assertThat(fits.notes()).isEmpty();
  }

  @Test
  void what_cannot_be_kept_is_refused_with_its_place() {
    assertThat(edit(1, post("")))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(problem -> problem.pointer())
                    .containsExactly("/title"));
    assertThat(versions()).hasSize(1);
  }

  @Test
  void an_older_version_is_taken_up_again_as_a_new_one() {
    done(edit(1, post("Mine")));
    StoredArtifact restored = done(crew.editArtifact().restore(id, user.id(), Format.BLOG, 1));
    assertThat(restored.version()).isEqualTo(3);
    assertThat(restored.origin()).isEqualTo(Origin.RESTORED);
    assertThat(restored.artifact()).isEqualTo(version(1).artifact());
    assertThat(restored.notes()).isEqualTo(version(1).notes());
    assertThat(done(crew.editArtifact().restore(id, user.id(), Format.BLOG, 1)))
        .as("says that already")
        .isEqualTo(restored);
    assertThat(crew.editArtifact().restore(id, user.id(), Format.BLOG, 4))
        .isEqualTo(new Outcome.NoSuchVersion());
  }

  @Test
  void fifty_versions_are_kept_the_first_one_among_them() {
    StoredArtifact written = version(1);
    for (int version = 1; version < 60; version++) {
      done(edit(version, post("Number " + version)));
    }
    assertThat(versions()).hasSize(PieceVersion.MOST_KEPT);
    assertThat(versions().getFirst().version()).isEqualTo(60);
    assertThat(versions().get(48).version()).isEqualTo(12);
    assertThat(versions().getLast().version()).isEqualTo(1);
    assertThat(version(1)).isEqualTo(written);
    assertThat(crew.readJobs().piece(id, user.id(), Format.BLOG, 11))
        .isInstanceOf(ReadJobs.Piece.Missing.class);
    assertThat(done(crew.editArtifact().restore(id, user.id(), Format.BLOG, 1)).artifact())
        .isEqualTo(written.artifact());
  }

  @Test
  void the_pieces_of_others_are_not_there() {
    User stranger = userOn(crew, "free");
    Outcome none = new Outcome.NoSuchPiece();
    assertThat(crew.editArtifact().edit(id, stranger.id(), 1, post("Mine"))).isEqualTo(none);
    assertThat(crew.editArtifact().restore(id, stranger.id(), Format.BLOG, 1)).isEqualTo(none);
    assertThat(crew.editArtifact().restore(id, user.id(), Format.VIDEO, 1)).isEqualTo(none);
    assertThat(crew.readJobs().versions(id, stranger.id(), Format.BLOG)).isEmpty();
    assertThat(crew.readJobs().piece(id, stranger.id(), Format.BLOG, 1))
        .isEqualTo(new ReadJobs.Piece.NoSuchJob());
    assertThat(crew.renameJob().rename(id, stranger.id(), java.util.Optional.empty())).isEmpty();
  }
}
