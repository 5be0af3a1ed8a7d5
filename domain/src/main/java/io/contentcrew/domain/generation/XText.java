package io.contentcrew.domain.generation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as X counts it (twitter-text, configuration version 3): most Latin, Greek, Cyrillic, Hebrew
 * and Arabic characters count 1, all others 2, an emoji 2 however it is composed, and a link 23.
 * The text is counted in Unicode form NFC. Where it takes the list of all top-level domains to tell
 * what X makes a link of, the higher count is taken.
 */
public final class XText {
  /** The longest post, in X's weighted count. */
  public static final int MAX_WEIGHTED_LENGTH = 280;

  private static final int URL_LENGTH = 23;

  private static final String DOMAINS =
      "com|org|net|info|biz|edu|gov|int|mil|name|pro|app|dev|tech|online|site|store|shop|blog|news"
          + "|xyz|cloud|design|digital|agency|studio|media|email|page|wiki|guide|life|live|world"
          + "|today|website|space|team|tools|work|works|zone|fun|group|network|social|software"
          + "|academy|community|company|education|events|finance|health|support|systems|video|top";

  private static final String PATH = "[A-Za-z0-9!*'();:=+,.$/%#\\[\\]_~@|&?-]*";

  /**
   * Links with a scheme, and names that X links without one. Nothing but ASCII belongs to a link
   * here: what follows in other scripts counts for itself. A name has up to 20 labels, because the
   * matcher recurses once for each.
   */
  private static final Pattern LINK =
      Pattern.compile(
          "(?<![A-Z0-9@#$_])https?://(?<host>[A-Z0-9.@%_-]*)(?::\\d+)?(?:[/?#]"
              + PATH
              + ")?"
              + "|(?<![A-Z0-9@#$_./-])(?<name>(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\\.){1,20}"
              + "(?:"
              + DOMAINS
              + "|[A-Z]{2}))(?![A-Z0-9@+_-])(?<path>[/?]"
              + PATH
              + ")?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern KNOWN_HOST =
      Pattern.compile(".*[^.]\\.(?:" + DOMAINS + "|[A-Z]{2})", Pattern.CASE_INSENSITIVE);

  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private XText() {}

  /** The length of the text in X's weighted count. */
  public static int weightedLength(String text) {
    String nfc = Normalizer.normalize(text, Normalizer.Form.NFC);
    int length = 0;
    int end = 0;
    Matcher link = LINK.matcher(nfc);
    while (link.find()) {
      String linked = withoutPunctuation(link.group());
      length += plainLength(nfc.substring(end, link.start())) + linkLength(link, linked);
      end = link.start() + linked.length();
    }
    return length + plainLength(nfc.substring(end));
  }

  /** Where something stands in a text. */
  record Span(int start, int end) {}

  /** Where the links are that count as such, or may. */
  static List<Span> links(String text) {
    List<Span> links = new ArrayList<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      links.add(new Span(link.start(), link.start() + withoutPunctuation(link.group()).length()));
    }
    return links;
  }

  private static int linkLength(Matcher link, String linked) {
    String name = link.group("name");
    if (name != null) {
      return isLinkedWithoutScheme(name, link.group("path") != null)
          ? URL_LENGTH
          : plainLength(linked);
    }
    return KNOWN_HOST.matcher(withoutPunctuation(link.group("host"))).matches()
        ? URL_LENGTH
        : Math.max(URL_LENGTH, plainLength(linked)); // X may take it for a link, or may not
  }

  /** The domain of a country alone, as in "end.It", is no link; below it, or with a path, it is. */
  private static boolean isLinkedWithoutScheme(String name, boolean hasPath) {
    int dot = name.lastIndexOf('.');
    String domain = name.substring(dot + 1);
    return domain.length() > 2
        || hasPath
        || name.indexOf('.') < dot
        || domain.equalsIgnoreCase("co")
        || domain.equalsIgnoreCase("tv")
        || domain.equalsIgnoreCase("io")
        || domain.equalsIgnoreCase("ai");
  }

  /** The sentence around a link may go on, or end, right after it. */
  private static String withoutPunctuation(String link) {
    int end = link.length();
    while (end > 0 && ".,:;!?'()[]*_~|&".indexOf(link.charAt(end - 1)) >= 0) {
      end--;
    }
    return link.substring(0, end);
  }

  /**
   * The text, cut so that it counts at most {@code max}: at the end of a sentence, else of a word,
   * never within a character.
   *
   * @param max 2 or more, which an ellipsis counts
   */
  public static String fit(String text, int max) {
    if (weightedLength(text) <= max) {
      return text;
    }
    int low = 0;
    int high = text.length();
    while (low < high) { // a long prefix that fits together with the ellipsis, which counts 2
      int middle = (low + high + 1) >>> 1;
      if (weightedLength(text.substring(0, middle)) <= max - 2) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    String cut = Cut.at(text, low);
    while (weightedLength(cut) > max) { // a link that was cut counts all of its characters
      low = low * 3 / 4;
      cut = Cut.at(text, low);
    }
    return cut;
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
