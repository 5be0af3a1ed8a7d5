package io.contentcrew.domain.generation;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/**
 * Words, in any script. A run of letters, marks and digits is a word; in scripts that are written
 * without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) every two characters count as one, which is
 * close to what their speakers count.
 */
public final class Words {
  private Words() {}

  /** How many words the text has. */
  public static int count(String text) {
    int words = 0;
    int dense = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      i += Character.charCount(cp);
      if (isDense(cp)) {
        dense++;
        inWord = false;
      } else if (Character.isLetterOrDigit(cp)) {
        if (!inWord) {
          words++;
        }
        inWord = true;
      } else if (!isMark(cp)) {
        inWord = inWord && holdsTogether(cp, text, i);
      }
    }
    return words + (dense + 1) / 2;
  }

  /**
   * The words of the text in lower case and order; characters of scripts without spaces come one by
   * one.
   */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      i += Character.charCount(cp);
      if (isDense(cp)) {
        flush(word, words);
        words.add(Character.toString(cp));
      } else if (Character.isLetterOrDigit(cp)
          || (!word.isEmpty() && (isMark(cp) || holdsTogether(cp, text, i)))) {
        word.appendCodePoint(cp);
      } else if (!isMark(cp)) { // a mark after a character that stands alone is no word
        flush(word, words);
      }
    }
    flush(word, words);
    return words;
  }

  /**
   * How many code points the text has, where those of scripts that put a syllable or a word into
   * one (Han, Kana, Hangul and the like) count 2: so that one least length suits all languages.
   */
  static int width(String text) {
    return text.codePoints()
        .map(cp -> isDense(cp) || UnicodeScript.of(cp) == UnicodeScript.HANGUL ? 2 : 1)
        .sum();
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(LowerCase.of(word.toString()));
      word.setLength(0);
    }
  }

  private static boolean isMark(int cp) {
    int type = Character.getType(cp);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Apostrophes and hyphens hold a word together when more of it follows at {@code next}. */
  private static boolean holdsTogether(int cp, String text, int next) {
    boolean joint = cp == '\'' || cp == '\u2019' || cp == '-' || cp == '\u2010';
    return joint && next < text.length() && Character.isLetterOrDigit(text.codePointAt(next));
  }

  private static boolean isDense(int cp) {
    if (cp < 0x0E00) {
      return false;
    }
    return switch (UnicodeScript.of(cp)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetterOrDigit(cp);
      default -> false;
    };
  }
}
