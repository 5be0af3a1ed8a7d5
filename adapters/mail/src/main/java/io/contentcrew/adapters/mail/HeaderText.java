package io.contentcrew.adapters.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text in a header, as encoded words where it needs them (RFC 2047). */
final class HeaderText {
  /** An encoded word has at most 75 characters, of which 12 are not the text. */
  private static final int MOST_BYTES = 45;

  private HeaderText() {}

  /** Also what only looks like an encoded word is encoded, or its reader would decode it. */
  static String encoded(String text) {
    boolean plain =
        text.chars().allMatch(c -> c >= ' ' && c < 127)
            && !text.contains("=?")
            && text.equals(text.strip());
    return plain ? text : words(text);
  }

  private static String words(String text) {
    StringBuilder words = new StringBuilder();
    StringBuilder word = new StringBuilder();
    int bytes = 0;
    for (int codePoint : text.codePoints().toArray()) {
      int more = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
      if (bytes + more > MOST_BYTES) {
        words.append(word(word)).append("\r\n ");
        word.setLength(0);
        bytes = 0;
      }
      word.appendCodePoint(codePoint);
      bytes += more;
    }
    return words.append(word(word)).toString();
  }

  private static String word(StringBuilder text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
