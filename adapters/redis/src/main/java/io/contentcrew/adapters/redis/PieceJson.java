package io.contentcrew.adapters.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.ports.generation.ContentCache.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pieces as they are kept: JSON, written out by hand so that nobody changes its form without seeing
 * it. Who changes it counts {@link #VERSION} up: instances of two releases run side by side while
 * one is rolled out, and what the one cannot read of the other's it must not find.
 */
final class PieceJson {
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PieceJson() {}

  /** Something is missing, or is not what it should be. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Empty for a text that has no form in UTF-8: half a surrogate pair. */
  static Optional<byte[]> write(List<Piece> pieces) {
    ObjectNode all = MAPPER.createObjectNode().put("v", VERSION);
    ArrayNode list = all.putArray("pieces");
    for (Piece piece : pieces) {
      ObjectNode node = list.addObject();
      node.put("format", piece.artifact().format().wireName());
      node.set("artifact", artifact(piece.artifact()));
      ArrayNode notes = node.putArray("notes");
      for (Finding note : piece.notes()) {
        notes
            .addObject()
            .put("severity", note.severity().wireName())
            .put("check", note.check())
            .put("message", note.message());
      }
    }
    try {
      // Jackson's own bytes would have a question mark where there is half a pair
      String json = MAPPER.writeValueAsString(all);
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] value = new byte[encoded.remaining()];
      encoded.get(value);
      return Optional.of(value);
    } catch (JsonProcessingException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode artifact(Artifact artifact) {
    ObjectNode node = MAPPER.createObjectNode();
    switch (artifact) {
      case BlogPost post -> {
        node.put("title", post.title()).put("introduction", post.introduction());
        ArrayNode sections = node.putArray("sections");
        for (BlogPost.Section section : post.sections()) {
          sections.addObject().put("heading", section.heading()).put("body", section.body());
        }
        node.put("conclusion", post.conclusion());
      }
      case SocialPosts posts -> {
        node.put("linkedin", posts.linkedin()).put("x", posts.x());
        node.put("facebook", posts.facebook()).put("instagram", posts.instagram());
        ArrayNode hashtags = node.putArray("hashtags");
        posts.hashtags().forEach(hashtags::add);
        node.put("call_to_action", posts.callToAction());
      }
      case AudioScript script -> {
        node.put("intro_hook", script.introHook());
        ArrayNode sections = node.putArray("sections");
        for (AudioScript.Segment segment : script.sections()) {
          sections.addObject().put("heading", segment.heading()).put("text", segment.text());
        }
        node.put("conclusion", script.conclusion()).put("pacing_notes", script.pacingNotes());
      }
      case VideoScript script -> {
        node.put("hook", script.hook());
        ArrayNode scenes = node.putArray("scenes");
        for (VideoScript.Scene scene : script.scenes()) {
          scenes
              .addObject()
              .put("narration", scene.narration())
              .put("visual_cue", scene.visualCue())
              .put("on_screen_text", scene.onScreenText());
        }
        node.put("conclusion", script.conclusion());
      }
    }
    return node;
  }

  /** Empty for what another release wrote, or nobody of ours. */
  static Optional<List<Piece>> read(byte[] value) {
    try {
      JsonNode all = MAPPER.readTree(value);
      return all.path("v").asInt() == VERSION
          ? Optional.of(list(all.path("pieces"), PieceJson::piece))
          : Optional.empty();
    } catch (IOException | UnreadableException e) {
      return Optional.empty();
    }
  }

  private static Piece piece(JsonNode node) {
    Format format = Format.ofWireName(text(node, "format")).orElseThrow(UnreadableException::new);
    return new Piece(
        artifact(format, node.path("artifact")), list(node.path("notes"), PieceJson::note));
  }

  private static Finding note(JsonNode node) {
    return new Finding(
        Finding.Severity.ofWireName(text(node, "severity")).orElseThrow(UnreadableException::new),
        text(node, "check"),
        text(node, "message"));
  }

  private static Artifact artifact(Format format, JsonNode node) {
    return switch (format) {
      case BLOG ->
          new BlogPost(
              text(node, "title"),
              text(node, "introduction"),
              list(
                  node.path("sections"),
                  section -> new BlogPost.Section(text(section, "heading"), text(section, "body"))),
              text(node, "conclusion"));
      case SOCIAL ->
          new SocialPosts(
              text(node, "linkedin"),
              text(node, "x"),
              text(node, "facebook"),
              text(node, "instagram"),
              list(node.path("hashtags"), PieceJson::text),
              text(node, "call_to_action"));
      case AUDIO ->
          new AudioScript(
              text(node, "intro_hook"),
              list(
                  node.path("sections"),
                  segment ->
                      new AudioScript.Segment(text(segment, "heading"), text(segment, "text"))),
              text(node, "conclusion"),
              text(node, "pacing_notes"));
      case VIDEO ->
          new VideoScript(
              text(node, "hook"),
              list(
                  node.path("scenes"),
                  scene ->
                      new VideoScript.Scene(
                          text(scene, "narration"),
                          text(scene, "visual_cue"),
                          text(scene, "on_screen_text"))),
              text(node, "conclusion"));
    };
  }

  private static <T> List<T> list(JsonNode node, Function<JsonNode, T> element) {
    if (!node.isArray()) {
      throw new UnreadableException();
    }
    List<T> list = new ArrayList<>();
    node.forEach(child -> list.add(element.apply(child)));
    return list;
  }

  private static String text(JsonNode node, String member) {
    return text(node.path(member));
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new UnreadableException();
    }
    return node.textValue();
  }
}
