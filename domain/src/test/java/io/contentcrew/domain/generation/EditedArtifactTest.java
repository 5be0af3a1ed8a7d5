package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Finding.Severity;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EditedArtifactTest {
  private static final String LINE = "x".repeat(EditedArtifact.MAX_LINE);

  private static BlogPost post(String title, String body) {
    return new BlogPost(title, "Intro.", List.of(new BlogPost.Section("First", body)), "End.");
  }

  private static SocialPosts posts(String x, String instagram, List<String> hashtags) {
    return new SocialPosts("Linked in", x, "Facebook", instagram, hashtags, "Do it.");
  }

  private static List<String> pointers(Artifact artifact) {
    return EditedArtifact.problems(artifact).stream()
        .map(problem -> problem.pointer() + " " + problem.code())
        .toList();
  }

  @Test
  void every_text_is_cleaned() {
    String dirty = " a\r\nb\u0000\u202E ";
    String clean = "a\nb";
    String line = "a b"; // what is shown in one
    assertThat(EditedArtifact.cleaned(post(dirty, dirty))).isEqualTo(post(line, clean));
    assertThat(EditedArtifact.cleaned(posts(dirty, dirty, List.of(dirty))))
        .isEqualTo(posts(clean, clean, List.of(line)));
    assertThat(
            EditedArtifact.cleaned(
                new AudioScript(
                    dirty, List.of(new AudioScript.Segment(dirty, dirty)), dirty, dirty)))
        .isEqualTo(
            new AudioScript(clean, List.of(new AudioScript.Segment(line, clean)), clean, clean));
    assertThat(
            EditedArtifact.cleaned(
                new VideoScript(dirty, List.of(new VideoScript.Scene(dirty, dirty, dirty)), dirty)))
        .isEqualTo(
            new VideoScript(clean, List.of(new VideoScript.Scene(clean, clean, line)), clean));
  }

  @Test
  @Timeout(20) // not for how quick it is, but that it ends
  void a_long_run_of_blanks_is_looked_through_once() {
    String blanks = "a" + " ".repeat(400_000) + "b";
    BlogPost clean = (BlogPost) EditedArtifact.cleaned(post(blanks, "y"));
    assertThat(clean.title()).startsWith("a").endsWith("b").doesNotContain("\n");
  }

  @Test
  void what_is_larger_than_any_piece_needs_is_refused_with_its_place() {
    assertThat(pointers(post(LINE, "y"))).isEmpty();
    assertThat(pointers(post(LINE + "x", "y"))).containsExactly("/title too_long");
    assertThat(pointers(post("", "y"))).containsExactly("/title empty");
    assertThat(pointers(posts("x", "i", List.of("#ok", "#" + LINE))))
        .containsExactly("/hashtags/1 too_long");
    assertThat(pointers(posts("x", "i", Collections.nCopies(101, "#a"))))
        .containsExactly("/hashtags too_many");
    var segment = new AudioScript.Segment(LINE + "x", "t");
    assertThat(pointers(new AudioScript("h", List.of(segment), "c", "")))
        .containsExactly("/sections/0/heading too_long");
    var scene = new VideoScript.Scene("n", "v", LINE + "x");
    assertThat(pointers(new VideoScript("h", List.of(scene), "c")))
        .containsExactly("/scenes/0/on_screen_text too_long");
    assertThat(pointers(new VideoScript("", List.of(), ""))).containsExactly(" empty");
  }

  @Test
  void all_texts_together_have_a_limit_in_bytes() {
    int left = EditedArtifact.MAX_BYTES - "TitleIntro.FirstEnd.".length();
    assertThat(pointers(post("Title", "x".repeat(left)))).isEmpty();
    assertThat(pointers(post("Title", "x".repeat(left + 1)))).containsExactly(" too_long");
    assertThat(pointers(post("Title", "\u00E9".repeat(left / 2 + 1)))).containsExactly(" too_long");
  }

  @Test
  void a_text_that_is_too_long_for_a_network_is_remarked_upon_and_no_more() {
    SocialPosts tooLong = posts("x".repeat(281), "#a1 ".repeat(31) + "y".repeat(2200), List.of());
    assertThat(EditedArtifact.problems(tooLong)).isEmpty();
    assertThat(EditedArtifact.notes(tooLong))
        .allMatch(note -> note.severity() == Severity.WEAK)
        .extracting(Finding::check)
        .containsExactly("social.x", "social.instagram", "social.instagram");
    assertThat(EditedArtifact.notes(posts("x".repeat(280), "y", List.of()))).isEmpty();
    assertThat(EditedArtifact.notes(post("T", "b"))).isEmpty();
  }
}
