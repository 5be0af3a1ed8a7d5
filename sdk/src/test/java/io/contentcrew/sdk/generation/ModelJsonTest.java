package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelJsonTest {
  private static Artifact read(Task task, String answer) {
    ModelJson.Read read = ModelJson.read(task, answer);
    assertThat(read.findings()).isEmpty();
    return read.artifact().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"linkedin\":\"L\",\"x\":\"X\",\"facebook\":\"F\",\"instagram\":\"I\",\"hashtags\":[\"#a\",\"#b\"],\"call_to_action\":\"C\"}",
        "```json\n"
            + "{\"linkedin\":\"L\",\"x\":\"X\",\"facebook\":\"F\",\"instagram\":\"I\",\"hashtags\":[\"#a\",\"#b\"],\"call_to_action\":\"C\"}\n"
            + "```",
        "Here you are: {'linkedin':'L', x:'X', facebook:'F', instagram:'I', hashtags:['#a','#b',],"
            + " call_to_action:'C',} Enjoy!",
        "{\"linkedin_post\":\"L\",\"twitter\":\"X\",\"facebook_post\":\"F\",\"instagram_post\":\"I\",\"hashtags\":[\"#a\",\"#b\"],\"cta\":\"C\"}",
        "{\"linkedin\":[\"L\"],\"x\":\"X\",\"facebook\":\"F\",\"instagram\":\"I\",\"hashtags\":[\"#a\",\"#b\"],\"call_to_action\":\"C\"}"
            + " {\"x\":\"other\"}"
      })
  void posts_are_read_from_what_models_really_send(String answer) {
    assertThat(read(Task.SOCIAL, answer))
        .isEqualTo(new SocialPosts("L", "X", "F", "I", List.of("#a", "#b"), "C"));
  }

  @Test
  void line_feeds_and_braces_in_texts_are_text() {
    SocialPosts posts =
        (SocialPosts) read(Task.SOCIAL, "{\"linkedin\":\"a\nb } {\",\"hashtags\":\"#a #b\"}");
    assertThat(posts.linkedin()).isEqualTo("a\nb } {");
    assertThat(posts.hashtags()).containsExactly("#a #b");
    assertThat(posts.x()).isEmpty();
  }

  @Test
  void scripts_are_read_with_their_parts() {
    assertThat(
            read(
                Task.AUDIO,
                "{\"intro_hook\":\"H\",\"sections\":[{\"heading\":\"A\",\"text\":\"T\"},\"U\"],\"conclusion\":\"E\"}"))
        .isEqualTo(
            new AudioScript(
                "H",
                List.of(new AudioScript.Segment("A", "T"), new AudioScript.Segment("", "U")),
                "E",
                ""));
    assertThat(
            read(
                Task.VIDEO,
                "{\"hook\":\"H\",\"scenes\":[{\"narration\":\"N\",\"visual_cue\":\"V\",\"on_screen_text\":\"S\"}],\"conclusion\":\"E\"}"))
        .isEqualTo(new VideoScript("H", List.of(new VideoScript.Scene("N", "V", "S")), "E"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "{\"linkedin\": \"cut off", "{\"a\": ]}", "[1,2]"})
  void what_cannot_be_read_is_a_fatal_finding_that_says_why(String answer) {
    ModelJson.Read read = ModelJson.read(Task.SOCIAL, answer);
    assertThat(read.artifact()).isEmpty();
    assertThat(read.findings())
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Finding.Severity.FATAL);
  }
}
