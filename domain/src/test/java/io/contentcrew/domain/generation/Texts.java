package io.contentcrew.domain.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that tests try: harmless ones to build on, hostile ones, and random ones from a seed. */
final class Texts {
  private Texts() {}

  /** English sentences, all different, with {@code count} words in all. */
  static String words(int count) {
    return words(count, 1);
  }

  /** English sentences, all different for different seeds. */
  static String words(int count, long seed) {
    String[] small = {"the", "and", "of", "to", "is", "that", "with", "for", "your", "this", "it"};
    Random random = new Random(seed);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String word = i % 2 == 1 ? small[random.nextInt(small.length)] : syllables(random);
      boolean first = i % 11 == 0;
      boolean last = i % 11 == 10 || i == count - 1;
      out.append(first ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word);
      out.append(last ? ". " : " ");
    }
    return out.toString().strip();
  }

  private static String syllables(Random random) {
    String[] begin = {"ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "lu", "me", "no", "pa", "ri"};
    String[] end = {"rn", "st", "lt", "mp", "nd", "rk", "sh", "ll", "ng", "pt", "ck", "ff", "ss"};
    return begin[random.nextInt(begin.length)]
        + begin[random.nextInt(begin.length)]
        + end[random.nextInt(end.length)];
  }

  /**
   * What makes naive patterns run for ever or recurse too deep, repeated to that many characters.
   */
  static List<String> hostile(int length) {
    List<String> texts = new ArrayList<>();
    for (String unit :
        List.of(
            "a",
            "1",
            " ",
            "\n",
            "\t",
            "\u00A0",
            "\r\n",
            "[",
            "]",
            "](",
            "[](a",
            "[a](",
            "![",
            "[a]",
            "*",
            "**",
            "**a",
            "**a**",
            "_",
            "__a__\n",
            "#",
            "# ",
            "## a\n",
            "#a",
            "\n#",
            "<",
            ">",
            "{{",
            "{",
            ".",
            "..",
            "a.",
            "a.a",
            "a-",
            "-",
            "-\n",
            "=\n",
            "a\n=\n",
            "a\n---\n",
            "```",
            "```\n",
            "`",
            "@",
            "a@",
            "a@a.",
            "http://",
            "https://a",
            "https://a.com/ ",
            "a.com ",
            "\"",
            "'",
            "a'",
            "a\u2019",
            "(",
            ")",
            "()",
            "~",
            "|",
            "||",
            "%",
            "1%",
            "1,",
            "1.",
            "1 ",
            "1,1.",
            ",",
            ", ",
            "\u4E00",
            "\u4E00\u3002",
            "\u3042",
            "\u0E01",
            "\uAC00",
            "\u0627",
            "\u05D0 ",
            "\u0915\u094D\u0937",
            "\u0301",
            "a\u0301",
            "\uD83D\uDE00",
            "\uD83D\uDC68\u200D",
            "\uD83C\uDDE9",
            "\uD83C\uDFFB",
            "\u200B",
            "\u200D",
            "\uFE0F",
            "1\uFE0F\u20E3",
            "\u202E",
            "\uFEFF",
            "\uD83D",
            "\uDE00",
            "\uDE00\uD83D",
            "\u0000",
            "\u0007",
            "\uFFFF",
            "a b ",
            "a b c d ",
            "ab cd ef. ",
            "here is:",
            "sure ",
            "title: ",
            "Conclusion\n",
            "\u0130",
            "\uFB03",
            "\u1E9E",
            "\uFDFA",
            "!",
            "! ",
            "\u2026",
            "[INST]",
            "<|",
            "as an ai ",
            "- a\n",
            "> a\n",
            "1. a\n",
            "\\",
            "$1",
            "\\E",
            "\u2028",
            "\u0085",
            "\uFF01",
            "#\u4E00 ",
            "#a1_ ")) {
      texts.add(unit.repeat(length / unit.length()));
    }
    for (String prefix :
        List.of("#", "# ", "a", "1", "1,", "**", "[", "[a](b", "http://", "Sure: ", "```", "a.")) {
      for (String run :
          List.of(" ", "\t", "a", "1", ".", ",", "#", "# ", " #", "*", "-", "a.", "(", "[")) {
        texts.add(prefix + run.repeat(length / run.length()) + "x");
      }
    }
    return texts;
  }

  /** A short name for a long text. */
  static String shown(String text) {
    String begin = text.substring(0, Math.min(14, text.length()));
    StringBuilder out = new StringBuilder();
    for (char c : begin.toCharArray()) {
      out.append(c >= ' ' && c < 0x7F ? String.valueOf(c) : String.format("\\u%04X", (int) c));
    }
    return out + (text.length() > 14 ? "... (" + text.length() + ")" : "");
  }

  /** A random text of up to {@code max} pieces of every kind that has ever made trouble. */
  static String random(Random random, int max) {
    String[] pieces = {
      "a",
      "b",
      "word",
      "Word ",
      "don't",
      "state-of-the-art",
      " ",
      "  ",
      "\n",
      "\n\n",
      "\t",
      ". ",
      "! ",
      "? ",
      ".",
      ",",
      ":",
      "#",
      "# ",
      "\n## ",
      "**",
      "*",
      "_",
      "__",
      "`",
      "\n```\n",
      "[",
      "](",
      ")",
      "(",
      "<b>",
      "</b>",
      "&amp;",
      "https://example.com/a?b=c#d",
      "example.org",
      "http://",
      "1",
      "1,000",
      "3.14",
      "50%",
      "\u00E9",
      "e\u0301",
      "\u00DF",
      "\u4E2D\u6587",
      "\u3002",
      "\u65E5\u672C\u8A9E",
      "\u0E44\u0E17\u0E22",
      "\uD55C\uAD6D\uC5B4",
      "\u0639\u0631\u0628\u064A",
      "\u05E2\u05D1",
      "\uD83D\uDE00",
      "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
      "\uD83C\uDDE9\uD83C\uDDEA",
      "\uD83D\uDC4D\uD83C\uDFFF",
      "1\uFE0F\u20E3",
      "\u200B",
      "\u200D",
      "\u202E",
      "\uFEFF",
      "\uD83D",
      "\uDE00",
      "\u0000",
      "\u0007",
      "\u001B",
      "\u2026",
      "\u201C",
      "\u201D",
      "\u2019",
      "\u2014",
      "\u00A0",
      "\u2028",
      "{{",
      "}}",
      "[insert",
      "as an ai",
      "<|",
      "null",
      "---",
      "\n---\n",
      "\n===\n",
      "\uFFFF",
      "\uDBFF\uDFFF"
    };
    StringBuilder out = new StringBuilder();
    int count = random.nextInt(max + 1);
    for (int i = 0; i < count; i++) {
      out.append(pieces[random.nextInt(pieces.length)]);
    }
    return out.toString();
  }
}
