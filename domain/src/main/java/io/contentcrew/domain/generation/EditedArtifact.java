package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What holds for a piece that its owner has changed. Its texts are the owner's business: they are
 * only kept from being larger than any piece needs. What is too long for a network is kept, and
 * remarked upon.
 */
public final class EditedArtifact {
  /** All texts together, in bytes of UTF-8. */
  public static final int MAX_BYTES = 65_536;

  /** A title, a heading, or what stands on the screen, in code points. */
  public static final int MAX_LINE = 500;

  /** Sections, scenes or hashtags. */
  public static final int MAX_PARTS = 100;

  private static final Pattern LINE_BREAKS = Pattern.compile("(?<![ \\t])[ \\t]*+\\R\\s*+");

  private EditedArtifact() {}

  /**
   * What is wrong with a member.
   *
   * @param pointer to it within the piece (RFC 6901), with the names it has over the wire
   */
  public record Problem(String pointer, String code, String message) {}

  /** The piece with all of its texts cleaned as free text is. */
  public static Artifact cleaned(Artifact artifact) {
    return switch (artifact) {
      case BlogPost(String title, String introduction, var sections, String conclusion) ->
          new BlogPost(
              line(title),
              clean(introduction),
              sections.stream()
                  .map(part -> new BlogPost.Section(line(part.heading()), clean(part.body())))
                  .toList(),
              clean(conclusion));
      case SocialPosts posts ->
          new SocialPosts(
              clean(posts.linkedin()),
              clean(posts.x()),
              clean(posts.facebook()),
              clean(posts.instagram()),
              posts.hashtags().stream().map(EditedArtifact::line).toList(),
              clean(posts.callToAction()));
      case AudioScript(String hook, var sections, String conclusion, String pacing) ->
          new AudioScript(
              clean(hook),
              sections.stream()
                  .map(part -> new AudioScript.Segment(line(part.heading()), clean(part.text())))
                  .toList(),
              clean(conclusion),
              clean(pacing));
      case VideoScript(String hook, var scenes, String conclusion) ->
          new VideoScript(
              clean(hook),
              scenes.stream()
                  .map(
                      scene ->
                          new VideoScript.Scene(
                              clean(scene.narration()),
                              clean(scene.visualCue()),
                              line(scene.onScreenText())))
                  .toList(),
              clean(conclusion));
    };
  }

  private static String clean(String text) {
    return FreeText.clean(text);
  }

  /** For what is shown in a line: one that is broken is joined. */
  private static String line(String text) {
    return LINE_BREAKS.matcher(clean(text)).replaceAll(" ");
  }

  /** Why a cleaned piece cannot be kept; empty if it can. */
  public static List<Problem> problems(Artifact artifact) {
    Sizes sizes = new Sizes();
    switch (artifact) {
      case BlogPost post -> {
        sizes.line("/title", post.title());
        if (post.title().isEmpty()) {
          sizes.problem("/title", "empty", "The title must not be empty.");
        }
        sizes.text(post.introduction());
        sizes.parts("/sections", post.sections().size());
        for (int i = 0; i < post.sections().size(); i++) {
          sizes.line("/sections/" + i + "/heading", post.sections().get(i).heading());
          sizes.text(post.sections().get(i).body());
        }
        sizes.text(post.conclusion());
      }
      case SocialPosts posts -> {
        List.of(posts.linkedin(), posts.x(), posts.facebook(), posts.instagram())
            .forEach(sizes::text);
        sizes.parts("/hashtags", posts.hashtags().size());
        for (int i = 0; i < posts.hashtags().size(); i++) {
          sizes.line("/hashtags/" + i, posts.hashtags().get(i));
        }
        sizes.text(posts.callToAction());
      }
      case AudioScript script -> {
        sizes.text(script.introHook());
        sizes.parts("/sections", script.sections().size());
        for (int i = 0; i < script.sections().size(); i++) {
          sizes.line("/sections/" + i + "/heading", script.sections().get(i).heading());
          sizes.text(script.sections().get(i).text());
        }
        sizes.text(script.conclusion());
        sizes.text(script.pacingNotes());
      }
      case VideoScript script -> {
        sizes.text(script.hook());
        sizes.parts("/scenes", script.scenes().size());
        for (int i = 0; i < script.scenes().size(); i++) {
          VideoScript.Scene scene = script.scenes().get(i);
          sizes.text(scene.narration());
          sizes.text(scene.visualCue());
          sizes.line("/scenes/" + i + "/on_screen_text", scene.onScreenText());
        }
        sizes.text(script.conclusion());
      }
    }
    return sizes.problems();
  }

  /** What its owner should know of a piece that is kept: where it is too long for a network. */
  public static List<Finding> notes(Artifact artifact) {
    List<Finding> found = new ArrayList<>();
    if (artifact instanceof SocialPosts posts) {
      ArtifactChecks.networkLimits(posts, found);
    }
    return found.stream()
        .map(finding -> new Finding(Severity.WEAK, finding.check(), finding.message()))
        .toList();
  }

  /** Adds up how large a piece is. */
  private static final class Sizes {
    private final List<Problem> problems = new ArrayList<>();
    private long bytes;

    void text(String text) {
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
    }

    void line(String pointer, String text) {
      text(text);
      if (FreeText.length(text) > MAX_LINE) {
        problem(pointer, "too_long", "This may have " + MAX_LINE + " characters.");
      }
    }

    void parts(String pointer, int count) {
      if (count > MAX_PARTS) {
        problem(pointer, "too_many", "There may be " + MAX_PARTS + " of these.");
      }
    }

    void problem(String pointer, String code, String message) {
      problems.add(new Problem(pointer, code, message));
    }

    List<Problem> problems() {
      if (bytes == 0) {
        problem("", "empty", "The piece must have some text.");
      }
      if (bytes > MAX_BYTES) {
        problem(
            "",
            "too_long",
            "The texts have " + bytes + " bytes together; they may have " + MAX_BYTES + ".");
      }
      return List.copyOf(problems);
    }
  }
}
