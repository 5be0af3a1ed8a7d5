package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Mends by code what code can mend for certain, before a model is asked again: white space,
 * lengths, hashtags, invented links.
 */
public final class ArtifactRepair {
  private ArtifactRepair() {}

  /**
   * A piece after repair.
   *
   * @param notes what was changed that its reader should know
   */
  public record Repaired(Artifact artifact, List<Finding> notes) {
    public Repaired {
      notes = List.copyOf(notes);
    }
  }

  /** The article in what an editor wrote, repaired. */
  public static Repaired article(String markdown, String sources) {
    String clean = FreeText.clean(markdown);
    String linked = TextChecks.withoutInventedLinks(clean, sources);
    List<Finding> notes = new ArrayList<>();
    if (!linked.equals(clean)) {
      notes.add(Finding.note("text.links", "Links that stand in no source were removed."));
    }
    return new Repaired(ArticleMarkdown.parse(linked), notes);
  }

  /** The piece, repaired. */
  public static Repaired of(Artifact artifact, String sources) {
    List<Finding> notes = new ArrayList<>();
    Artifact repaired =
        switch (artifact) {
          case BlogPost post -> post;
          case SocialPosts posts -> social(posts, sources, notes);
          case AudioScript script -> audio(script, sources);
          case VideoScript script -> video(script, sources);
        };
    return new Repaired(repaired, notes);
  }

  private static SocialPosts social(SocialPosts posts, String sources, List<Finding> notes) {
    String x = XText.fit(plain(posts.x(), sources), XText.MAX_WEIGHTED_LENGTH);
    if (!x.equals(plain(posts.x(), sources))) {
      notes.add(Finding.note("social.x", "The post for X was shortened to fit."));
    }
    return new SocialPosts(
        fitted("LinkedIn", plain(posts.linkedin(), sources), ArtifactChecks.MAX_LINKEDIN, notes),
        x,
        fitted("Facebook", plain(posts.facebook(), sources), ArtifactChecks.MAX_FACEBOOK, notes),
        fitted("Instagram", plain(posts.instagram(), sources), ArtifactChecks.MAX_INSTAGRAM, notes),
        hashtags(posts.hashtags()),
        plain(posts.callToAction(), sources));
  }

  private static String fitted(String network, String text, int max, List<Finding> notes) {
    String cut = Cut.toLength(text, max);
    if (!cut.equals(text)) {
      notes.add(
          Finding.note(
              "social." + network.toLowerCase(Locale.ROOT),
              "The post for " + network + " was shortened to fit."));
    }
    return cut;
  }

  private static List<String> hashtags(List<String> hashtags) {
    Map<String, String> distinct = new LinkedHashMap<>();
    for (String hashtag : hashtags) {
      for (String word : hashtag.strip().split("[\\s,]+", -1)) {
        String tag = "#" + word.replaceAll("[^\\p{L}\\p{M}\\p{N}_]", "");
        if (ArtifactChecks.HASHTAG.matcher(tag).matches()) {
          distinct.putIfAbsent(tag.toLowerCase(Locale.ROOT), tag);
        }
      }
    }
    return distinct.values().stream().limit(ArtifactChecks.MAX_HASHTAGS).toList();
  }

  private static AudioScript audio(AudioScript script, String sources) {
    List<AudioScript.Segment> sections =
        script.sections().stream()
            .map(
                section ->
                    new AudioScript.Segment(
                        plain(section.heading(), sources), plain(section.text(), sources)))
            .toList();
    return new AudioScript(
        plain(script.introHook(), sources),
        sections,
        plain(script.conclusion(), sources),
        plain(script.pacingNotes(), sources));
  }

  private static VideoScript video(VideoScript script, String sources) {
    List<VideoScript.Scene> scenes =
        script.scenes().stream()
            .map(
                scene ->
                    new VideoScript.Scene(
                        plain(scene.narration(), sources),
                        plain(scene.visualCue(), sources),
                        firstWords(
                            plain(scene.onScreenText(), sources),
                            ArtifactChecks.MAX_ON_SCREEN_WORDS)))
            .toList();
    return new VideoScript(
        plain(script.hook(), sources), scenes, plain(script.conclusion(), sources));
  }

  /** Plain text: the networks and teleprompters know no Markdown. */
  private static String plain(String text, String sources) {
    return TextChecks.withoutInventedLinks(FreeText.clean(text), sources)
        .replaceAll("\\*\\*([^*\n]+)\\*\\*", "$1")
        .replaceAll("(?m)^#{1,6}\\s+", "")
        .strip();
  }

  private static String firstWords(String text, int max) {
    String[] words = text.split("\\s+", max + 1);
    String cut = words.length <= max ? text : String.join(" ", List.of(words).subList(0, max));
    if (Words.count(cut) <= max) {
      return cut;
    }
    int fits = 0; // scripts without spaces: look for the end between what fits and what does not
    int tooMany = FreeText.length(cut);
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (Words.count(cut.substring(0, cut.offsetByCodePoints(0, middle))) <= max) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return cut.substring(0, cut.offsetByCodePoints(0, fits));
  }
}
