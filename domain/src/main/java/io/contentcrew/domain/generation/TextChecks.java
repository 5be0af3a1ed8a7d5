package io.contentcrew.domain.generation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that hold for any text a model writes: no babble, no leaks, the right language, nothing
 * copied or made up unseen.
 */
final class TextChecks {
  /**
   * A run of white space this long means that the model has lost its thread; the caller stops it at
   * once.
   */
  static final int MAX_WHITE_RUN = 200;

  private static final Pattern WHITE_RUN = Pattern.compile("\\s{" + (MAX_WHITE_RUN + 1) + ",}");

  /**
   * Figures of two digits and more, and percentages, that are no part of a word; in scripts without
   * spaces they follow a letter. Nothing in these patterns may backtrack or recurse over more than
   * a bounded stretch: the text is a model's, and may be 100 kB of anything.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]])"
              + "(?:\\p{N}{2,}+(?:[.,]++\\p{N}++){0,20}+%?|\\p{N}(?:[.,]++\\p{N}++){1,20}+%?|\\p{N}%)");

  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\[\\]]{0,500}+)\\]\\(([^)\\[\\s]{1,2000}+)[^)]{0,500}+\\)");
  private static final Pattern SCHEMED_URL = Pattern.compile("https?://[^\\s<>\"')\\]]+");

  private static final List<String> GIVEAWAYS =
      List.of(
          "as an ai",
          "as a language model",
          "i'm an ai",
          "[insert",
          "[your ",
          "{{",
          "}}",
          "lorem ipsum",
          "<|",
          "|>",
          "[inst]",
          "[/inst]");

  private static final Set<String> PLACEHOLDERS =
      Set.of("string", "text", "...", "\u2026", "n/a", "tbd", "todo", "null", "none", "-");

  private TextChecks() {}

  /**
   * Babble: fewer than six in ten runs of four words occur for the first time, a line comes back,
   * or white space runs on.
   */
  static void degenerate(String where, String text, List<Finding> findings) {
    if (WHITE_RUN.matcher(text).find()) {
      findings.add(
          Finding.fatal(
              "text.degenerate",
              where + " holds a run of more than " + MAX_WHITE_RUN + " blanks."));
    }
    List<String> words = Words.of(text);
    if (words.size() >= 40) {
      Set<List<String>> distinct = new HashSet<>(grams(words, 4));
      double share = distinct.size() / (double) (words.size() - 3);
      if (share < 0.6) {
        findings.add(
            Finding.fatal("text.degenerate", where + " repeats itself: write every thought once."));
      }
    }
    Map<String, Integer> lines = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      String plain = LowerCase.of(line.strip());
      if (plain.length() >= 20 && lines.merge(plain, 1, Integer::sum) == 3) {
        findings.add(Finding.fatal("text.degenerate", where + " says the same line three times."));
      }
    }
  }

  /**
   * Traces of how the text was made: words of the prompt, of the model about itself, templates left
   * unfilled. What the topic itself says is no trace: one may write about life as an AI engineer.
   */
  static void leaks(
      String where, String text, String topic, String systemPrompt, List<Finding> findings) {
    String lower = LowerCase.of(text);
    String asked = LowerCase.of(topic);
    for (String giveaway : GIVEAWAYS) {
      if (lower.contains(giveaway) && !asked.contains(giveaway)) {
        findings.add(
            Finding.fatal(
                "text.leak", where + " holds \"" + giveaway + "\", which no reader should see."));
      }
    }
    if (PLACEHOLDERS.contains(lower.strip())) {
      findings.add(
          Finding.fatal("text.placeholder", where + " is a placeholder: write the real text."));
    }
    if (overlaps(text, systemPrompt, 8)) {
      findings.add(
          Finding.fatal("text.leak", where + " repeats the instructions: leave them out."));
    }
  }

  /** Whether the two texts share a run of {@code length} words. */
  static boolean overlaps(String text, String other, int length) {
    List<String> words = Words.of(other);
    if (words.size() < length) {
      return false;
    }
    Set<List<String>> known = new HashSet<>(grams(words, length));
    return grams(Words.of(text), length).stream().anyMatch(known::contains);
  }

  /**
   * The text without links that its sources do not have: models invent addresses. The words of a
   * link stay.
   */
  static String withoutInventedLinks(String text, String sources) {
    Matcher link = LINK.matcher(text);
    StringBuilder out = new StringBuilder();
    while (link.find()) {
      boolean known = sources.contains(link.group(2));
      link.appendReplacement(out, Matcher.quoteReplacement(known ? link.group() : link.group(1)));
    }
    link.appendTail(out);
    Matcher url = SCHEMED_URL.matcher(out.toString());
    StringBuilder bare = new StringBuilder();
    while (url.find()) {
      url.appendReplacement(
          bare, Matcher.quoteReplacement(sources.contains(url.group()) ? url.group() : ""));
    }
    url.appendTail(bare);
    return bare.toString();
  }

  /** Tells the reader which figures stand in no source, the first few of them. */
  static void unverifiedNumbers(String text, String sources, List<Finding> findings) {
    Set<String> known = new HashSet<>();
    Matcher source = NUMBER.matcher(sources);
    while (source.find()) {
      known.add(source.group());
    }
    List<String> unknown = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find() && unknown.size() < 5) {
      if (!known.contains(number.group()) && !unknown.contains(number.group())) {
        unknown.add(number.group());
      }
    }
    if (!unknown.isEmpty()) {
      findings.add(
          Finding.note(
              "text.unverified",
              "Please check these figures, which the topic does not give: "
                  + String.join(", ", unknown)
                  + "."));
    }
  }

  private static List<List<String>> grams(List<String> words, int length) {
    List<List<String>> grams = new ArrayList<>();
    for (int i = 0; i + length <= words.size(); i++) {
      grams.add(words.subList(i, i + length));
    }
    return grams;
  }
}
