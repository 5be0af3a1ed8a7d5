package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.ArtifactChecks;
import io.contentcrew.domain.generation.ArtifactRepair;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Brief> briefs() {
    List<String> topics =
        List.of(
            "AI",
            "Growing tomatoes on a balcony",
            "## `Why` **remote** work\n\nfails, and what 7 teams did",
            "caf\u00E9 \uD83D\uDE00 marketing ".repeat(200));
    List<String> tags =
        List.of(
            "en", "fr", "de", "es", "it", "pt-BR", "nl", "ru", "uk", "bg", "el", "he", "ar", "fa",
            "ur", "hi", "bn", "th", "zh-Hant", "ja", "ko", "sv");
    List<Brief> briefs = new ArrayList<>();
    for (Length length : Length.values()) {
      for (String topic : topics) {
        briefs.add(Brief.about(topic).withLength(length));
      }
      for (String tag : tags) {
        briefs.add(Brief.about(topics.get(1)).withLength(length).withLanguage(new Language(tag)));
      }
    }
    return briefs;
  }

  @ParameterizedTest
  @MethodSource("briefs")
  void every_answer_passes_every_check(Brief brief) {
    assertSound(brief, Script.sampleAnswer(Task.RESEARCH, brief));
    String draft = Script.sampleAnswer(Task.WRITE, brief);
    assertSound(brief, draft);
    String article = Script.sampleAnswer(Task.EDIT, brief);
    assertFine(ArtifactRepair.article(article, brief.topic()), brief, Optional.of(draft));
    for (Task task : List.of(Task.SOCIAL, Task.AUDIO, Task.VIDEO)) {
      Artifact artifact = artifact(task, Script.sampleAnswer(task, brief));
      assertFine(ArtifactRepair.of(artifact, brief.topic()), brief, Optional.of(article));
    }
  }

  private static void assertSound(Brief brief, String prose) {
    assertThat(ArtifactChecks.ofProse("The text", prose, context(brief, Optional.empty())))
        .isEmpty();
  }

  private static void assertFine(
      ArtifactRepair.Repaired repaired, Brief brief, Optional<String> original) {
    assertThat(repaired.notes()).isEmpty();
    assertThat(ArtifactChecks.of(repaired.artifact(), context(brief, original)))
        .extracting(Finding::check)
        .isEmpty();
  }

  private static ArtifactChecks.Context context(Brief brief, Optional<String> original) {
    Prompt prompt = Prompts.aPrompt(Task.WRITE, brief);
    return new ArtifactChecks.Context(brief, prompt.system(), brief.topic(), original);
  }

  private static Artifact artifact(Task task, String answer) {
    try {
      JsonNode json = JSON.readTree(answer);
      return switch (task) {
        case SOCIAL ->
            new Artifact.SocialPosts(
                text(json, "linkedin"),
                text(json, "x"),
                text(json, "facebook"),
                text(json, "instagram"),
                elements(json, "hashtags").map(JsonNode::textValue).toList(),
                text(json, "call_to_action"));
        case AUDIO ->
            new Artifact.AudioScript(
                text(json, "intro_hook"),
                elements(json, "sections")
                    .map(s -> new Artifact.AudioScript.Segment(text(s, "heading"), text(s, "text")))
                    .toList(),
                text(json, "conclusion"),
                text(json, "pacing_notes"));
        default ->
            new Artifact.VideoScript(
                text(json, "hook"),
                elements(json, "scenes")
                    .map(
                        s ->
                            new Artifact.VideoScript.Scene(
                                text(s, "narration"),
                                text(s, "visual_cue"),
                                text(s, "on_screen_text")))
                    .toList(),
                text(json, "conclusion"));
      };
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(JsonNode json, String field) {
    assertThat(json.path(field).isTextual()).as("the field %s", field).isTrue();
    return json.path(field).textValue();
  }

  private static Stream<JsonNode> elements(JsonNode json, String field) {
    return json.path(field).valueStream();
  }
}
