package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a piece must be like before a reader gets it. All of it is decided by code, so that no limit
 * depends on whether a model can count. Deterministic; safe for use by many threads.
 */
public final class ArtifactChecks {
  /** The shortest title, in characters as {@link Words#width} counts them. */
  public static final int MIN_TITLE = 10;

  /** The longest title, in characters. */
  public static final int MAX_TITLE = 200;

  /** Parts that a blog post has at least, introduction and conclusion not counted. */
  public static final int MIN_SECTIONS = 3;

  /** The longest LinkedIn post, in characters (UTF-16 units, as LinkedIn counts). */
  public static final int MAX_LINKEDIN = 3_000;

  /** The longest Facebook post, in characters. */
  public static final int MAX_FACEBOOK = 63_206;

  /** The longest Instagram caption, in characters. */
  public static final int MAX_INSTAGRAM = 2_200;

  /** Hashtags that Instagram allows in a caption. */
  public static final int MAX_INSTAGRAM_HASHTAGS = 30;

  /** Hashtags that a set of posts has at least. */
  public static final int MIN_HASHTAGS = 3;

  /** Hashtags that a set of posts has at most. */
  public static final int MAX_HASHTAGS = 5;

  /** Words that may stand on the screen in one scene. */
  public static final int MAX_ON_SCREEN_WORDS = 12;

  static final Pattern HASHTAG = Pattern.compile("#[\\p{L}\\p{M}\\p{N}_]{2,50}");

  private ArtifactChecks() {}

  /**
   * What the checks know besides the piece itself.
   *
   * @param systemPrompt whose words must not show up in the piece
   * @param sources what the piece may take its figures and links from
   * @param original the text that was to be reworked: the draft for an editor, the article for a
   *     specialist
   */
  public record Context(
      Brief brief, String systemPrompt, String sources, Optional<String> original) {}

  /** A first look at notes or a draft: is there text, and is it sound? */
  public static List<Finding> ofProse(String where, String text, Context context) {
    List<Finding> findings = new ArrayList<>();
    if (text.isBlank()) {
      findings.add(Finding.fatal("text.empty", where + " is empty."));
      return findings;
    }
    sound(where, text, context, findings);
    return findings;
  }

  /** Everything that is to be said of a piece, the gravest first. */
  public static List<Finding> of(Artifact artifact, Context context) {
    List<Finding> findings = new ArrayList<>();
    switch (artifact) {
      case BlogPost post -> blog(post, context, findings);
      case SocialPosts posts -> social(posts, context, findings);
      case AudioScript script -> audio(script, context, findings);
      case VideoScript script -> video(script, context, findings);
    }
    findings.sort((a, b) -> a.severity().compareTo(b.severity()));
    return findings;
  }

  /**
   * What is to be said of a piece by itself, whatever it was to be about: what is empty, too short
   * or over a limit. The gravest first.
   */
  public static List<Finding> ofShape(Artifact artifact) {
    List<Finding> findings = new ArrayList<>();
    shape(artifact, findings);
    findings.sort((a, b) -> a.severity().compareTo(b.severity()));
    return findings;
  }

  private static void shape(Artifact artifact, List<Finding> findings) {
    switch (artifact) {
      case BlogPost post -> blogShape(post, findings);
      case SocialPosts posts -> socialShape(posts, findings);
      case AudioScript script -> audioShape(script, findings);
      case VideoScript script -> videoShape(script, findings);
    }
  }

  private static void blogShape(BlogPost post, List<Finding> findings) {
    if (Words.width(post.title()) < MIN_TITLE || FreeText.length(post.title()) > MAX_TITLE) {
      findings.add(
          Finding.fatal(
              "article.title",
              "The title must have "
                  + MIN_TITLE
                  + " to "
                  + MAX_TITLE
                  + " characters, on a first line that begins with '# '."));
    }
    if (Words.width(post.introduction()) < 100) {
      findings.add(
          Finding.fatal(
              "article.introduction",
              "The introduction must have at least 100 characters, right after the title."));
    }
    if (post.sections().size() < MIN_SECTIONS) {
      findings.add(
          Finding.fatal(
              "article.sections",
              "The article must have at least "
                  + MIN_SECTIONS
                  + " sections, each under a line that begins with '## '."));
    }
    for (BlogPost.Section section : post.sections()) {
      int words = Words.count(section.body());
      if (words < 15) {
        findings.add(
            Finding.fatal(
                "article.section",
                "The section \"" + section.heading() + "\" has next to no text."));
      } else if (words < 60) {
        findings.add(
            Finding.weak(
                "article.section",
                "The section \"" + section.heading() + "\" should have at least 60 words."));
      }
    }
    if (Words.width(post.conclusion()) < 50) {
      findings.add(
          Finding.fatal(
              "article.conclusion",
              "The article must end with a conclusion of at least 50 characters under a heading of"
                  + " its own."));
    } else if (!Cut.endsSentence(post.conclusion())) {
      findings.add(Finding.weak("article.end", "The article must end with a complete sentence."));
    }
  }

  private static void blog(BlogPost post, Context context, List<Finding> findings) {
    shape(post, findings);
    String text = post.plainText();
    int words = Words.count(text);
    int target = context.brief.length().articleWords();
    if (words < 0.7 * target || words > 1.3 * target) {
      findings.add(
          Finding.weak(
              "article.length",
              "The article has " + words + " words; it should have about " + target + "."));
    }
    context.original.ifPresent(
        draft -> {
          int drafted = Words.count(draft);
          if (drafted >= 100 && (words < 0.7 * drafted || words > 1.3 * drafted)) {
            findings.add(
                Finding.note(
                    "article.rewritten",
                    "The editor changed the length of the draft from "
                        + drafted
                        + " to "
                        + words
                        + " words."));
          }
        });
    TopicCheck.check("The article", firstWords(text, 150), context.brief, findings);
    sound("The article", text, context, findings);
    TextChecks.unverifiedNumbers(text, context.sources, findings);
  }

  private static void socialShape(SocialPosts posts, List<Finding> findings) {
    present("linkedin", posts.linkedin(), findings);
    present("x", posts.x(), findings);
    present("facebook", posts.facebook(), findings);
    present("instagram", posts.instagram(), findings);
    present("call_to_action", posts.callToAction(), findings);
    networkLimits(posts, findings);
    wordsBetween("linkedin", posts.linkedin(), 80, 300, findings);
    wordsBetween("facebook", posts.facebook(), 60, 250, findings);
    if (!posts.instagram().isBlank() && Words.width(posts.instagram()) < 125) {
      findings.add(
          Finding.weak(
              "social.instagram",
              "The caption for Instagram should have at least 125 characters."));
    }
    hashtags(posts.hashtags(), findings);
  }

  private static void social(SocialPosts posts, Context context, List<Finding> findings) {
    shape(posts, findings);
    String text =
        String.join(
            "\n\n",
            posts.linkedin(),
            posts.x(),
            posts.facebook(),
            posts.instagram(),
            posts.callToAction());
    sound("The posts", text, context, findings);
    context.original.ifPresent(
        article -> {
          if (TextChecks.overlaps(text, article, 20)) {
            findings.add(
                Finding.weak(
                    "social.copied",
                    "A post repeats a whole sentence of the article: say it in other words."));
          }
        });
    TextChecks.unverifiedNumbers(text, context.sources, findings);
  }

  /** What no network would take. */
  static void networkLimits(SocialPosts posts, List<Finding> findings) {
    int weighted = XText.weightedLength(posts.x());
    if (weighted > XText.MAX_WEIGHTED_LENGTH) {
      findings.add(
          Finding.fatal(
              "social.x",
              "The post for X counts "
                  + weighted
                  + "; it may count "
                  + XText.MAX_WEIGHTED_LENGTH
                  + "."));
    }
    atMost(Network.LINKEDIN, posts, findings);
    atMost(Network.FACEBOOK, posts, findings);
    atMost(Network.INSTAGRAM, posts, findings);
    if (HASHTAG.matcher(posts.instagram()).results().count() > MAX_INSTAGRAM_HASHTAGS) {
      findings.add(
          Finding.fatal(
              "social.instagram",
              "The caption for Instagram may have " + MAX_INSTAGRAM_HASHTAGS + " hashtags."));
    }
  }

  private static void hashtags(List<String> hashtags, List<Finding> findings) {
    Set<String> distinct = new HashSet<>();
    for (String hashtag : hashtags) {
      if (!HASHTAG.matcher(hashtag).matches()) {
        findings.add(
            Finding.fatal("social.hashtags", "A hashtag is # with 2 to 50 letters, digits or _."));
      } else if (!distinct.add(hashtag.toLowerCase(Locale.ROOT))) {
        findings.add(
            Finding.fatal("social.hashtags", "The hashtag " + hashtag + " is there twice."));
      }
    }
    if (distinct.size() < MIN_HASHTAGS || distinct.size() > MAX_HASHTAGS) {
      findings.add(
          Finding.fatal(
              "social.hashtags",
              "There must be " + MIN_HASHTAGS + " to " + MAX_HASHTAGS + " hashtags."));
    }
  }

  private static void audioShape(AudioScript script, List<Finding> findings) {
    present("intro_hook", script.introHook(), findings);
    present("conclusion", script.conclusion(), findings);
    if (script.sections().size() < 2 || script.sections().size() > 8) {
      findings.add(Finding.fatal("audio.sections", "An audio script has 2 to 8 sections."));
    }
    for (AudioScript.Segment section : script.sections()) {
      present("sections.text", section.text(), findings);
    }
  }

  private static void audio(AudioScript script, Context context, List<Finding> findings) {
    shape(script, findings);
    heard("audio.length", script.spokenText(), context, findings);
  }

  private static void videoShape(VideoScript script, List<Finding> findings) {
    present("hook", script.hook(), findings);
    present("conclusion", script.conclusion(), findings);
    if (script.scenes().size() < 2 || script.scenes().size() > 10) {
      findings.add(Finding.fatal("video.scenes", "A video script has 2 to 10 scenes."));
    }
    for (VideoScript.Scene scene : script.scenes()) {
      present("scenes.narration", scene.narration(), findings);
      present("scenes.visual_cue", scene.visualCue(), findings);
      present("scenes.on_screen_text", scene.onScreenText(), findings);
      if (Words.count(scene.onScreenText()) > MAX_ON_SCREEN_WORDS) {
        findings.add(
            Finding.fatal(
                "video.on_screen_text",
                "On the screen stand at most " + MAX_ON_SCREEN_WORDS + " words in a scene."));
      }
    }
  }

  private static void video(VideoScript script, Context context, List<Finding> findings) {
    shape(script, findings);
    heard("video.length", script.spokenText(), context, findings);
  }

  private static void heard(String check, String text, Context context, List<Finding> findings) {
    spoken(check, Words.count(text), context.brief, findings);
    sound("The script", text, context, findings);
    TextChecks.unverifiedNumbers(text, context.sources, findings);
  }

  private static void spoken(String check, int words, Brief brief, List<Finding> findings) {
    int target = brief.length().spokenWords();
    if (words < 0.5 * target || words > 1.5 * target) {
      findings.add(
          Finding.weak(
              check,
              "The script has "
                  + words
                  + " words; at "
                  + Length.SPOKEN_WORDS_PER_MINUTE
                  + " a minute it should have about "
                  + target
                  + "."));
    }
  }

  private static void present(String field, String text, List<Finding> findings) {
    if (text.isBlank()) {
      findings.add(Finding.fatal("field.empty", "The field " + field + " must not be empty."));
    }
  }

  private static void atMost(Network network, SocialPosts posts, List<Finding> findings) {
    if (network.count(posts.post(network)) > network.limit()) {
      String field = network.wireName();
      findings.add(
          Finding.fatal(
              "social." + field,
              "The field " + field + " may have " + network.limit() + " characters."));
    }
  }

  private static void wordsBetween(
      String field, String text, int min, int max, List<Finding> findings) {
    int words = Words.count(text);
    if (words > 0 && (words < min || words > max)) {
      findings.add(
          Finding.weak(
              "social." + field,
              "The field "
                  + field
                  + " has "
                  + words
                  + " words; it should have "
                  + min
                  + " to "
                  + max
                  + "."));
    }
  }

  private static void sound(String where, String text, Context context, List<Finding> findings) {
    TextChecks.degenerate(where, text, findings);
    TextChecks.leaks(where, text, context.brief.topic(), context.systemPrompt, findings);
    LanguageCheck.check(where, text, context.brief.language(), findings);
  }

  private static String firstWords(String text, int count) {
    List<String> words = Words.of(text);
    return String.join(" ", words.subList(0, Math.min(count, words.size())));
  }
}
