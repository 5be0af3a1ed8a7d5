package io.contentcrew.domain.generation;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as X counts it (twitter-text, configuration version 3): most Latin, Greek, Cyrillic, Hebrew
 * and Arabic characters count 1, all others 2, an emoji 2 however it is composed, and a link 23.
 * The text is counted in Unicode form NFC.
 */
public final class XText {
  /** The longest post, in X's weighted count. */
  public static final int MAX_WEIGHTED_LENGTH = 280;

  private static final int URL_LENGTH = 23;

  /** Links with a scheme, and bare names under the top-level domains one meets most. */
  static final Pattern URL =
      Pattern.compile(
          "https?://[^\\s<>\"'\\u3000-\\u303F\\uFF00-\\uFFEF]+"
              + "|(?<![@\\p{L}\\p{N}._-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+"
              + "(?:com|org|net|io|dev|app|info|biz|edu|gov|ai|co|shop|blog|news|tech|online|site|store|xyz)"
              + "(?![\\p{L}\\p{N}_@-])(?:/[^\\s<>\"']*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private XText() {}

  /** The length of the text in X's weighted count. */
  public static int weightedLength(String text) {
    String nfc = Normalizer.normalize(text, Normalizer.Form.NFC);
    int length = 0;
    int end = 0;
    Matcher url = URL.matcher(nfc);
    while (url.find()) {
      length += plainLength(nfc.substring(end, url.start())) + URL_LENGTH;
      end = url.end();
    }
    return length + plainLength(nfc.substring(end));
  }

  /**
   * The text, cut so that it counts at most {@code max}: at the end of a sentence, else of a word,
   * never within a character.
   */
  public static String fit(String text, int max) {
    if (weightedLength(text) <= max) {
      return text;
    }
    int low = 0;
    int high = text.length();
    while (low < high) { // the longest prefix that fits together with the ellipsis
      int middle = (low + high + 1) >>> 1;
      if (weightedLength(text.substring(0, middle)) <= max - 1) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Cut.at(text, low);
  }

  private static int plainLength(String text) {
    int length = 0;
    Matcher grapheme = GRAPHEME.matcher(text);
    while (grapheme.find()) {
      String cluster = grapheme.group();
      length += isEmoji(cluster) ? 2 : cluster.codePoints().map(XText::weight).sum();
    }
    return length;
  }

  private static boolean isEmoji(String cluster) {
    int first = cluster.codePointAt(0);
    if (first < 0x80) { // a digit, # or * with the keycap mark
      return cluster.indexOf('\u20E3') > 0;
    }
    return Character.isEmojiPresentation(first)
        || (Character.isExtendedPictographic(first) && cluster.indexOf('\uFE0F') > 0)
        || (first >= 0x1F1E6 && first <= 0x1F1FF);
  }

  private static int weight(int cp) {
    boolean light =
        cp <= 4351
            || (cp >= 8192 && cp <= 8205)
            || (cp >= 8208 && cp <= 8223)
            || (cp >= 8242 && cp <= 8247);
    return light ? 1 : 2;
  }
}
