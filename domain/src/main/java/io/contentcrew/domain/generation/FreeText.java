package io.contentcrew.domain.generation;

/**
 * What is done to every text that a user typed or a model wrote, before anything else looks at it.
 */
public final class FreeText {
  private FreeText() {}

  /**
   * The text with line ends as {@code \n}, without white space around it, and without the
   * characters that no reader wants: control characters other than tab and line feed, unpaired
   * surrogates, non-characters, and the marks that turn the direction of writing (U+202A to U+202E,
   * U+2066 to U+2069), which make text read other than it is.
   */
  public static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int length = text.length();
    for (int i = 0; i < length; ) {
      int cp = text.codePointAt(i);
      i += Character.charCount(cp);
      if (cp == '\r') {
        if (i < length && text.charAt(i) == '\n') {
          i++;
        }
        out.append('\n');
      } else if (!unwanted(cp)) {
        out.appendCodePoint(cp);
      }
    }
    return out.toString().strip();
  }

  /** How many code points the text has. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean unwanted(int cp) {
    boolean blank = cp == '\t' || cp == '\n';
    return (in(cp, 0, 0x1F) && !blank)
        || in(cp, 0x7F, 0x9F)
        || in(cp, 0xD800, 0xDFFF)
        || in(cp, 0xFDD0, 0xFDEF)
        || (cp & 0xFFFE) == 0xFFFE
        || in(cp, 0x202A, 0x202E)
        || in(cp, 0x2066, 0x2069)
        || cp == 0xFEFF;
  }

  private static boolean in(int cp, int first, int last) {
    return cp >= first && cp <= last;
  }
}
