package io.contentcrew.adapters.export;

import java.util.ArrayList;
import java.util.List;

/** Text as XML and HTML can hold it. */
final class XmlText {
  private XmlText() {}

  /** The text without characters that XML 1.0 does not have, such as most control characters. */
  static String clean(String text) {
    if (text.codePoints().allMatch(XmlText::isAllowed)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().filter(XmlText::isAllowed).forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Plain text cut at its empty lines, cleaned; line feeds stay within. */
  static List<String> paragraphs(String text) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : (clean(text) + "\n\n").split("\n", -1)) {
      if (!line.isBlank()) {
        paragraph.append(paragraph.isEmpty() ? "" : "\n").append(line.strip());
      } else if (!paragraph.isEmpty()) {
        paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
      }
    }
    return paragraphs;
  }

  private static boolean isAllowed(int cp) {
    return cp == '\t'
        || cp == '\n'
        || cp == '\r'
        || (cp >= 0x20 && cp <= 0x7E)
        || (cp >= 0xA0 && cp <= 0xD7FF)
        || (cp >= 0xE000 && cp <= 0xFFFD)
        || cp == 0x85
        || (cp >= 0x10000 && cp <= 0x10FFFF);
  }
}
