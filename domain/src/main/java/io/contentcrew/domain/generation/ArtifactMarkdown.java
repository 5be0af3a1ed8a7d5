package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.Locale;

/** Shows artifacts as Markdown, for people to copy. */
public final class ArtifactMarkdown {
  private static final String SAMPLE = "\n---\n\n*A sample, written without a model.*\n";

  private ArtifactMarkdown() {}

  /** A piece as Markdown, ending in a line feed; a sample says at its end that it is one. */
  public static String of(StoredArtifact piece, Language language) {
    String text = of(piece.artifact(), language);
    return piece.engine().demo() ? text + SAMPLE : text;
  }

  /** The artifact as Markdown, ending in a line feed. */
  public static String of(Artifact artifact, Language language) {
    return switch (artifact) {
      case BlogPost post -> blog(post, language);
      case SocialPosts posts -> social(posts);
      case AudioScript script -> audio(script);
      case VideoScript script -> video(script);
    };
  }

  private static String blog(BlogPost post, Language language) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(post.title()).append("\n\n").append(post.introduction()).append('\n');
    for (BlogPost.Section section : post.sections()) {
      part(out, section.heading(), section.body());
    }
    ClosingHeading.in(language)
        .ifPresent(heading -> out.append("\n## ").append(heading).append('\n'));
    return out.append('\n').append(post.conclusion()).append('\n').toString();
  }

  private static String social(SocialPosts posts) {
    StringBuilder out = new StringBuilder("# Social posts\n");
    part(out, "LinkedIn", posts.linkedin());
    part(out, "X", posts.x());
    part(out, "Facebook", posts.facebook());
    part(out, "Instagram", posts.instagram());
    part(out, "Hashtags", String.join(" ", posts.hashtags()).replace("#", "\\#"));
    part(out, "Call to action", posts.callToAction());
    return out.toString();
  }

  private static String audio(AudioScript script) {
    StringBuilder out = new StringBuilder("# Audio script\n");
    part(out, "Hook", script.introHook());
    for (AudioScript.Segment section : script.sections()) {
      part(out, section.heading(), section.text());
    }
    part(out, "Closing", script.conclusion());
    if (!script.pacingNotes().isBlank()) {
      out.append("\n> ").append(script.pacingNotes().replace("\n", "\n> ")).append('\n');
    }
    return out.toString();
  }

  private static String video(VideoScript script) {
    StringBuilder out = new StringBuilder("# Video script\n");
    part(out, "Hook", script.hook());
    int number = 0;
    for (VideoScript.Scene scene : script.scenes()) {
      part(out, String.format(Locale.ROOT, "Scene %d", ++number), scene.narration());
      out.append("\n- Picture: ").append(oneLine(scene.visualCue()));
      out.append("\n- On screen: ").append(oneLine(scene.onScreenText())).append('\n');
    }
    part(out, "Closing", script.conclusion());
    return out.toString();
  }

  private static void part(StringBuilder out, String heading, String body) {
    out.append("\n## ").append(heading).append("\n\n").append(body).append('\n');
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
