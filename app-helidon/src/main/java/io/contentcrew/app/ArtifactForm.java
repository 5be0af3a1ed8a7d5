package io.contentcrew.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.EditedArtifact;
import io.contentcrew.sdk.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads a piece from a member of a request's body, in the shape in which pieces are shown. All that
 * is wrong with it is noted with its place.
 */
final class ArtifactForm {
  private final JsonBody body;

  private ArtifactForm(JsonBody body) {
    this.body = body;
  }

  /** The piece of that format in the member {@code name}; what is not right in it is empty. */
  static Artifact read(JsonBody body, String name, Format format) {
    ArtifactForm form = new ArtifactForm(body);
    JsonNode node = body.any(name);
    return switch (format) {
      case BLOG -> form.blog(node, name);
      case SOCIAL -> form.social(node, name);
      case AUDIO -> form.audio(node, name);
      case VIDEO -> form.video(node, name);
    };
  }

  /** What is wrong with a piece that was sent as the member {@code artifact}. */
  static List<FieldProblem> problems(List<EditedArtifact.Problem> found) {
    return found.stream()
        .map(
            problem ->
                new FieldProblem(
                    "/artifact" + problem.pointer(), problem.code(), problem.message()))
        .toList();
  }

  private BlogPost blog(JsonNode node, String at) {
    members(node, at, "title", "introduction", "sections", "conclusion");
    return new BlogPost(
        text(node, at, "title"),
        text(node, at, "introduction"),
        list(
            node,
            at,
            "sections",
            (section, where) -> {
              members(section, where, "heading", "body");
              return new BlogPost.Section(
                  text(section, where, "heading"), text(section, where, "body"));
            }),
        text(node, at, "conclusion"));
  }

  private SocialPosts social(JsonNode node, String at) {
    members(node, at, "linkedin", "x", "facebook", "instagram", "hashtags", "call_to_action");
    return new SocialPosts(
        text(node, at, "linkedin"),
        text(node, at, "x"),
        text(node, at, "facebook"),
        text(node, at, "instagram"),
        list(node, at, "hashtags", this::text),
        text(node, at, "call_to_action"));
  }

  private AudioScript audio(JsonNode node, String at) {
    members(node, at, "intro_hook", "sections", "conclusion", "pacing_notes");
    return new AudioScript(
        text(node, at, "intro_hook"),
        list(
            node,
            at,
            "sections",
            (section, where) -> {
              members(section, where, "heading", "text");
              return new AudioScript.Segment(
                  text(section, where, "heading"), text(section, where, "text"));
            }),
        text(node, at, "conclusion"),
        text(node, at, "pacing_notes"));
  }

  private VideoScript video(JsonNode node, String at) {
    members(node, at, "hook", "scenes", "conclusion");
    return new VideoScript(
        text(node, at, "hook"),
        list(
            node,
            at,
            "scenes",
            (scene, where) -> {
              members(scene, where, "narration", "visual_cue", "on_screen_text");
              return new VideoScript.Scene(
                  text(scene, where, "narration"),
                  text(scene, where, "visual_cue"),
                  text(scene, where, "on_screen_text"));
            }),
        text(node, at, "conclusion"));
  }

  /** Notes what is no object, and members that are not known. */
  private void members(JsonNode node, String at, String... names) {
    if (!node.isObject()) {
      body.problem(
          at,
          node.isMissingNode() ? "missing" : "not_an_object",
          "This must be an object with the members " + List.of(names) + ".");
      return;
    }
    Set<String> known = Set.of(names);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                body.problem(
                    at + "/" + JsonBody.pointer(name),
                    "unknown",
                    "This member is not known; known are " + List.of(names) + ".");
              }
            });
  }

  private String text(JsonNode node, String at, String name) {
    return node.isObject() ? text(node.path(name), at + "/" + name) : "";
  }

  private String text(JsonNode value, String at) {
    if (value.isTextual()) {
      return value.textValue();
    }
    body.problem(
        at, value.isMissingNode() ? "missing" : "not_a_text", "This must be there and be a text.");
    return "";
  }

  private <T> List<T> list(
      JsonNode node, String at, String name, BiFunction<JsonNode, String, T> element) {
    List<T> elements = new ArrayList<>();
    if (!node.isObject()) {
      return elements;
    }
    JsonNode value = node.path(name);
    String where = at + "/" + name;
    if (!value.isArray()) {
      body.problem(
          where,
          value.isMissingNode() ? "missing" : "not_a_list",
          "This must be there and be a list.");
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      elements.add(element.apply(value.get(i), where + "/" + i));
    }
    return elements;
  }
}
