package io.contentcrew.domain.generation;

import java.text.BreakIterator;
import java.util.Locale;

/** Shortens text where it hurts least. */
final class Cut {
  private static final String ENDS = ".!?\u2026\u3002\uFF01\uFF1F\u061F\u0964";

  private Cut() {}

  /** The text in at most {@code max} characters (UTF-16 units). */
  static String toLength(String text, int max) {
    return text.length() <= max ? text : at(text, max - 1);
  }

  /**
   * The beginning of the text, at most {@code end} characters of it: up to the last end of a
   * sentence in its second half, else to the last word with an ellipsis, else to the last whole
   * character with an ellipsis.
   */
  static String at(String text, int end) {
    for (int i = end - 1; i > end / 2; i--) {
      boolean closes =
          i + 1 >= text.length()
              || Character.isWhitespace(text.charAt(i + 1))
              || text.charAt(i) > 0x2FFF;
      if (ENDS.indexOf(text.charAt(i)) >= 0 && closes) {
        return text.substring(0, i + 1);
      }
    }
    for (int i = end; i > end / 2; i--) {
      if (i < text.length() && Character.isWhitespace(text.charAt(i))) {
        return text.substring(0, i).stripTrailing() + "\u2026";
      }
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int whole = characters.isBoundary(end) ? end : characters.preceding(end);
    return text.substring(0, whole) + "\u2026";
  }

  /** Whether the text ends as a sentence does, quotes and brackets after the mark allowed. */
  static boolean endsSentence(String text) {
    int i = text.length() - 1;
    while (i >= 0 && "\"'\u201D\u2019)]*_\u00BB\u300D".indexOf(text.charAt(i)) >= 0) {
      i--;
    }
    return i >= 0 && (ENDS.indexOf(text.charAt(i)) >= 0 || text.charAt(i) == ':');
  }
}
