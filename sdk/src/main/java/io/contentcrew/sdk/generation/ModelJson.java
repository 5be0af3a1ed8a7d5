package io.contentcrew.sdk.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Finding.Severity;
import io.contentcrew.domain.generation.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an artifact from the JSON that a model wrote, as tolerantly as can be done without
 * guessing: a fence or words around the object, trailing commas, single quotes, names without
 * quotes, line feeds in texts, a text where a list of texts belongs.
 */
final class ModelJson {
  private static final ObjectMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .build();

  private static final ObjectMapper PLAIN =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private ModelJson() {}

  /** What was read: an artifact, or why there is none. */
  record Read(Optional<Artifact> artifact, List<Finding> findings) {}

  /** A piece as a model is to write one. */
  static String write(Artifact artifact) {
    ObjectNode node = PLAIN.valueToTree(artifact);
    return node.toPrettyString();
  }

  static Read read(Task task, String answer) {
    Optional<String> object = firstObject(answer);
    if (object.isEmpty()) {
      String problem =
          answer.indexOf('{') < 0
              ? "There is no JSON object in the answer."
              : "The JSON object is not complete: make the texts shorter so that it fits.";
      return unreadable(problem);
    }
    JsonNode node;
    try {
      node = LENIENT.readTree(object.get());
    } catch (JsonProcessingException e) {
      return unreadable("The answer is not valid JSON.");
    }
    Artifact artifact =
        switch (task) {
          case SOCIAL -> social(node);
          case AUDIO -> audio(node);
          case VIDEO -> video(node);
          case RESEARCH, WRITE, EDIT -> throw new IllegalArgumentException(task + " writes prose");
        };
    return new Read(Optional.of(artifact), List.of());
  }

  private static Read unreadable(String problem) {
    return new Read(Optional.empty(), List.of(new Finding(Severity.FATAL, "json", problem)));
  }

  private static SocialPosts social(JsonNode node) {
    return new SocialPosts(
        text(node, "linkedin", "linkedin_post"),
        text(node, "x", "twitter", "tweet", "x_post", "twitter_post"),
        text(node, "facebook", "facebook_post"),
        text(node, "instagram", "instagram_post", "instagram_caption"),
        texts(member(node, "hashtags", "tags")),
        text(node, "call_to_action", "cta", "callToAction"));
  }

  private static AudioScript audio(JsonNode node) {
    List<AudioScript.Segment> segments = new ArrayList<>();
    for (JsonNode section : member(node, "sections", "main_sections", "segments")) {
      segments.add(
          section.isTextual()
              ? new AudioScript.Segment("", WellFormed.text(section.textValue()))
              : new AudioScript.Segment(
                  text(section, "heading", "title"),
                  text(section, "text", "content", "body", "script")));
    }
    return new AudioScript(
        text(node, "intro_hook", "hook", "intro", "introHook"),
        segments,
        text(node, "conclusion", "closing", "outro"),
        text(node, "pacing_notes", "pacing", "pacingNotes"));
  }

  private static VideoScript video(JsonNode node) {
    List<VideoScript.Scene> scenes = new ArrayList<>();
    for (JsonNode scene : member(node, "scenes")) {
      scenes.add(
          new VideoScript.Scene(
              text(scene, "narration", "content", "voiceover", "text"),
              text(scene, "visual_cue", "visual", "visuals", "visualCue"),
              text(scene, "on_screen_text", "onscreen_text", "caption", "onScreenText")));
    }
    return new VideoScript(
        text(node, "hook", "intro_hook", "intro"),
        scenes,
        text(node, "conclusion", "closing", "outro"));
  }

  private static JsonNode member(JsonNode node, String... names) {
    for (String name : names) {
      if (node.hasNonNull(name)) {
        return node.get(name);
      }
    }
    return node.path(names[0]);
  }

  private static String text(JsonNode node, String... names) {
    JsonNode member = member(node, names);
    return member.isArray()
        ? String.join("\n\n", texts(member))
        : WellFormed.text(member.asText(""));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(WellFormed.text(node.textValue()));
    }
    for (JsonNode element : node) {
      if (element.isValueNode()) {
        texts.add(WellFormed.text(element.asText("")));
      }
    }
    return texts;
  }

  /** The first object in the text whose brackets close, brackets within strings not counted. */
  private static Optional<String> firstObject(String text) {
    int start = text.indexOf('{');
    if (start < 0) {
      return Optional.empty();
    }
    int depth = 0;
    boolean inString = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return Optional.of(text.substring(start, i + 1));
      }
    }
    return Optional.empty();
  }
}
