package io.contentcrew.sdk.generation;

/**
 * Text without halves of characters. Models can write them, as an escape in JSON for example; no
 * encoder and no store takes them.
 */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text, with a replacement character for each unpaired surrogate. */
  static String text(String text) {
    int first = firstUnpaired(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    for (int i = first; i >= 0; i = firstUnpaired(text, i + 1)) {
      mended.setCharAt(i, REPLACEMENT);
    }
    return mended.toString();
  }

  private static int firstUnpaired(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 < text.length()
            && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }
}
