package io.contentcrew.domain.generation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a text is about its topic: most of the topic's key words, by their stems, occur early in
 * it.
 */
final class TopicCheck {
  private static final Set<String> COMMON =
      Set.of(
          "about", "above", "after", "also", "and", "article", "because", "best", "between", "blog",
          "could", "does", "every", "explain", "from", "good", "have", "help", "into", "less",
          "like", "make", "many", "more", "most", "much", "need", "other", "over", "people", "post",
          "should", "some", "such", "than", "that", "their", "them", "then", "there", "these",
          "they", "thing", "things", "this", "those", "tips", "under", "using", "very", "want",
          "ways", "were", "what", "when", "where", "which", "while", "will", "with", "without",
          "would", "write", "your");

  /** A topic with more key words than this is a brief of its own, which no opening can hold. */
  private static final int MAX_TERMS = 10;

  /** A word longer than this is a stretch of something else, which no title can hold. */
  private static final int MAX_TERM_LENGTH = 40;

  private TopicCheck() {}

  /**
   * Adds a finding when fewer than six in ten key words of the topic occur in {@code opening}.
   * English only: the rest would need a dictionary.
   */
  static void check(String where, String opening, Brief brief, List<Finding> findings) {
    if (!brief.language().primary().equals("en")) {
      return;
    }
    Set<String> terms = new LinkedHashSet<>();
    for (String word : Words.of(brief.topic())) {
      if (word.length() >= 4
          && word.length() <= MAX_TERM_LENGTH
          && !COMMON.contains(word)
          && word.chars().allMatch(c -> c < 0x80)) {
        terms.add(stem(word));
      }
    }
    if (terms.isEmpty() || terms.size() > MAX_TERMS) {
      return;
    }
    List<String> words = Words.of(opening);
    long found =
        terms.stream()
            .filter(term -> words.stream().anyMatch(word -> word.startsWith(term)))
            .count();
    if (found < 0.6 * terms.size()) {
      findings.add(
          Finding.weak(
              "text.topic",
              where + " must be about the topic from its beginning; name its key words."));
    }
  }

  /**
   * Enough of a stem for English: the word without its last letters, so that plurals and the like
   * still match.
   */
  private static String stem(String word) {
    return word.length() <= 5
        ? word.substring(0, Math.min(word.length(), 4))
        : word.substring(0, word.length() - 2);
  }
}
