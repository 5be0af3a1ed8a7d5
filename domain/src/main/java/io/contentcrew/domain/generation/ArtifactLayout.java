package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands in a piece and in which order, whatever form it is shown in. */
public final class ArtifactLayout {
  /** What every form says at the end of a sample. */
  public static final String SAMPLE = "A sample, written without a model.";

  /** A block of a piece. */
  public sealed interface Block {
    /**
     * A heading; plain text.
     *
     * @param level 1 for the title of the piece, 2 for its parts
     * @param label whether it is a word of ours, in English, and not of the piece
     */
    record Heading(int level, String text, boolean label) implements Block {}

    /** Text in Markdown. */
    record Markdown(String text) implements Block {}

    /** Plain text: an empty line ends a paragraph, and line feeds count. */
    record Plain(String text) implements Block {}

    /** Plain text that stands apart. */
    record Aside(String text) implements Block {}

    /** Hashtags, each with its {@code #}. */
    record Hashtags(List<String> tags) implements Block {
      public Hashtags {
        tags = List.copyOf(tags);
      }
    }

    /** Something of which the name says what it is; one line of plain text. */
    record Fact(String name, String text) implements Block {}

    /** Says that the piece is a {@linkplain #SAMPLE sample}. */
    record Sample() implements Block {}
  }

  private final List<Block> blocks = new ArrayList<>();

  private ArtifactLayout() {}

  /** The blocks of a piece; those of a sample end with {@link Block.Sample}. */
  public static List<Block> of(StoredArtifact piece, Language language) {
    List<Block> blocks = new ArrayList<>(of(piece.artifact(), language));
    if (piece.engine().demo()) {
      blocks.add(new Block.Sample());
    }
    return List.copyOf(blocks);
  }

  /** The blocks of an artifact. */
  public static List<Block> of(Artifact artifact, Language language) {
    ArtifactLayout layout = new ArtifactLayout();
    switch (artifact) {
      case BlogPost post -> layout.blog(post, language);
      case SocialPosts posts -> layout.social(posts);
      case AudioScript script -> layout.audio(script);
      case VideoScript script -> layout.video(script);
    }
    return List.copyOf(layout.blocks);
  }

  private void blog(BlogPost post, Language language) {
    blocks.add(new Block.Heading(1, post.title(), false));
    blocks.add(new Block.Markdown(post.introduction()));
    for (BlogPost.Section section : post.sections()) {
      blocks.add(new Block.Heading(2, section.heading(), false));
      blocks.add(new Block.Markdown(section.body()));
    }
    ClosingHeading.in(language)
        .ifPresent(heading -> blocks.add(new Block.Heading(2, heading, false)));
    blocks.add(new Block.Markdown(post.conclusion()));
  }

  private void social(SocialPosts posts) {
    blocks.add(new Block.Heading(1, "Social posts", true));
    part("LinkedIn", posts.linkedin());
    part("X", posts.x());
    part("Facebook", posts.facebook());
    part("Instagram", posts.instagram());
    blocks.add(new Block.Heading(2, "Hashtags", true));
    blocks.add(new Block.Hashtags(posts.hashtags()));
    part("Call to action", posts.callToAction());
  }

  private void audio(AudioScript script) {
    blocks.add(new Block.Heading(1, "Audio script", true));
    part("Hook", script.introHook());
    for (AudioScript.Segment section : script.sections()) {
      blocks.add(new Block.Heading(2, section.heading(), false));
      blocks.add(new Block.Plain(section.text()));
    }
    part("Closing", script.conclusion());
    if (!script.pacingNotes().isBlank()) {
      blocks.add(new Block.Aside(script.pacingNotes()));
    }
  }

  private void video(VideoScript script) {
    blocks.add(new Block.Heading(1, "Video script", true));
    part("Hook", script.hook());
    int number = 0;
    for (VideoScript.Scene scene : script.scenes()) {
      part(String.format(Locale.ROOT, "Scene %d", ++number), scene.narration());
      blocks.add(new Block.Fact("Picture", oneLine(scene.visualCue())));
      blocks.add(new Block.Fact("On screen", oneLine(scene.onScreenText())));
    }
    part("Closing", script.conclusion());
  }

  private void part(String label, String text) {
    blocks.add(new Block.Heading(2, label, true));
    blocks.add(new Block.Plain(text));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
