package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import java.util.List;

/**
 * A finished piece. Which limits it keeps is for {@link ArtifactChecks} to say; the records hold
 * whatever has the right shape.
 */
public sealed interface Artifact {
  /** Which kind of piece it is. */
  Format format();

  /** A blog post; texts are Markdown. */
  record BlogPost(String title, String introduction, List<Section> sections, String conclusion)
      implements Artifact {
    /** A part of the post under a heading of its own. */
    public record Section(String heading, String body) {}

    public BlogPost {
      sections = List.copyOf(sections);
    }

    /** All that a reader of the post reads, in order. */
    public String plainText() {
      StringBuilder text = new StringBuilder(title).append("\n\n").append(introduction);
      for (Section section : sections) {
        text.append("\n\n").append(section.heading()).append("\n\n").append(section.body());
      }
      return text.append("\n\n").append(conclusion).toString();
    }

    @Override
    public Format format() {
      return Format.BLOG;
    }
  }

  /**
   * A post for each network; plain text.
   *
   * @param hashtags with their {@code #}, each once
   */
  record SocialPosts(
      String linkedin,
      String x,
      String facebook,
      String instagram,
      List<String> hashtags,
      String callToAction)
      implements Artifact {
    public SocialPosts {
      hashtags = List.copyOf(hashtags);
    }

    /** The post for that network. */
    public String post(Network network) {
      return switch (network) {
        case LINKEDIN -> linkedin;
        case X -> x;
        case FACEBOOK -> facebook;
        case INSTAGRAM -> instagram;
      };
    }

    @Override
    public Format format() {
      return Format.SOCIAL;
    }
  }

  /** A script to be read aloud. */
  record AudioScript(
      String introHook, List<Segment> sections, String conclusion, String pacingNotes)
      implements Artifact {
    /** A part of the script; the heading is for the speaker, not for the microphone. */
    public record Segment(String heading, String text) {}

    public AudioScript {
      sections = List.copyOf(sections);
    }

    /** All that is heard, in order. */
    public String spokenText() {
      StringBuilder text = new StringBuilder(introHook);
      for (Segment section : sections) {
        text.append("\n\n").append(section.text());
      }
      return text.append("\n\n").append(conclusion).toString();
    }

    @Override
    public Format format() {
      return Format.AUDIO;
    }
  }

  /** A script to be filmed. */
  record VideoScript(String hook, List<Scene> scenes, String conclusion) implements Artifact {
    /**
     * A scene.
     *
     * @param narration what is heard
     * @param visualCue what is seen
     * @param onScreenText what stands on the screen
     */
    public record Scene(String narration, String visualCue, String onScreenText) {}

    public VideoScript {
      scenes = List.copyOf(scenes);
    }

    /** All that is heard, in order. */
    public String spokenText() {
      StringBuilder text = new StringBuilder(hook);
      for (Scene scene : scenes) {
        text.append("\n\n").append(scene.narration());
      }
      return text.append("\n\n").append(conclusion).toString();
    }

    @Override
    public Format format() {
      return Format.VIDEO;
    }
  }
}
