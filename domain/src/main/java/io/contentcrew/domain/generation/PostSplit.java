package io.contentcrew.domain.generation;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a text into posts that fit: after a paragraph or a sentence where one ends in the second
 * half of a post, else between words. A word or a link is cut only if it does not fit into a post
 * by itself; a character as a reader sees it (an emoji, a letter with its marks) only then, too.
 */
final class PostSplit {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final Pattern WORD = Pattern.compile("(?U)(\\S+)(\\s*)");
  private static final String SENTENCE_ENDS = ".!?\u2026\u3002\uFF01\uFF1F\u061F\u0964";

  /** How good it is to cut here, the best first. */
  private enum Break {
    PARAGRAPH,
    SENTENCE,
    /** Where there is white space, or, in scripts that need none, between characters. */
    WORD,
    /** Within what should stay together. */
    WITHIN
  }

  /**
   * What is not cut.
   *
   * @param count of the text without the gap
   * @param gap white space after it, which is left out if it is cut there
   * @param after what a cut after it would be
   */
  private record Unit(String text, String gap, int count, Break after) {}

  private final Network network;
  private final List<Unit> units = new ArrayList<>();

  private PostSplit(Network network) {
    this.network = network;
  }

  static List<String> of(String text, Network network) {
    PostSplit split = new PostSplit(network);
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      split.word(word.group(1), word.group(2));
    }
    return split.parts();
  }

  // ---- what is to be packed

  private void word(String word, String gap) {
    Break after = afterWord(word, gap);
    int count = network.count(word);
    if (count <= network.limit() && word.codePoints().noneMatch(PostSplit::needsNoBlanks)) {
      units.add(new Unit(word, gap, count, after));
      return;
    }
    int end = 0;
    for (XText.Span link : XText.links(word)) {
      characters(word.substring(end, link.start()));
      String linked = word.substring(link.start(), link.end());
      if (network.count(linked) <= network.limit()) {
        units.add(new Unit(linked, "", network.count(linked), Break.WORD));
      } else {
        characters(linked);
      }
      end = link.end();
    }
    characters(word.substring(end));
    Unit last = units.removeLast();
    units.add(new Unit(last.text, gap, last.count, after));
  }

  private static Break afterWord(String word, String gap) {
    if (gap.indexOf('\n') != gap.lastIndexOf('\n')) {
      return Break.PARAGRAPH;
    }
    return Cut.endsSentence(word) && !word.endsWith(":") ? Break.SENTENCE : Break.WORD;
  }

  private void characters(String text) {
    Matcher grapheme = GRAPHEME.matcher(text);
    while (grapheme.find()) {
      String character = grapheme.group();
      int next = grapheme.end() < text.length() ? text.codePointAt(grapheme.end()) : -1;
      int count = network.count(character);
      if (count <= network.limit()) {
        units.add(new Unit(character, "", count, afterCharacter(character, next)));
      } else { // hundreds of marks on one letter
        character
            .codePoints()
            .mapToObj(Character::toString)
            .forEach(cp -> units.add(new Unit(cp, "", network.count(cp), Break.WITHIN)));
      }
    }
  }

  private static Break afterCharacter(String character, int next) {
    int cp = character.codePointBefore(character.length());
    if (SENTENCE_ENDS.indexOf(cp) >= 0 && cp > 0x2FFF && !isPunctuation(next)) {
      return Break.SENTENCE;
    }
    boolean free = needsNoBlanks(character.codePointAt(0)) || needsNoBlanks(next);
    return free && !isPunctuation(next) ? Break.WORD : Break.WITHIN;
  }

  /** Scripts that are written without blanks between words. */
  private static boolean needsNoBlanks(int cp) {
    if (cp < 0x0E00) {
      return false;
    }
    return switch (UnicodeScript.of(cp)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> cp >= 0x3000 && cp <= 0x303F;
    };
  }

  /** What must not begin a post. */
  private static boolean isPunctuation(int cp) {
    if (cp < 0) {
      return false;
    }
    int type = Character.getType(cp);
    return type == Character.OTHER_PUNCTUATION
        || type == Character.END_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || type == Character.MODIFIER_LETTER;
  }

  // ---- packing

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    for (int start = 0; start < units.size(); ) {
      int end = cut(start, furthest(start));
      while (end > start + 1 && network.count(text(start, end)) > network.limit()) {
        end = cut(start, end - 1); // apart it may count otherwise than it did together
      }
      parts.add(text(start, end));
      start = end;
    }
    return parts;
  }

  /** The end of what fits, counted from {@code start}. */
  private int furthest(int start) {
    int end = start;
    int count = 0;
    while (end < units.size() && count + units.get(end).count <= network.limit()) {
      Unit unit = units.get(end++);
      count += unit.count + network.count(unit.gap);
    }
    return Math.max(end, start + 1);
  }

  private int cut(int start, int end) {
    if (end == units.size()) {
      return end;
    }
    for (Break best : Break.values()) {
      int least = best == Break.WORD ? start : half(start, end) - 1;
      for (int i = end; i > least && best != Break.WITHIN; i--) {
        if (units.get(i - 1).after.compareTo(best) <= 0) {
          return i;
        }
      }
    }
    return end;
  }

  /** The unit at which half of what the units count is reached. */
  private int half(int start, int end) {
    int all = units.subList(start, end).stream().mapToInt(Unit::count).sum();
    int half = start;
    for (int count = 0; half < end && 2 * count < all; half++) {
      count += units.get(half).count;
    }
    return half;
  }

  private String text(int start, int end) {
    StringBuilder text = new StringBuilder();
    for (int i = start; i < end; i++) {
      text.append(units.get(i).text).append(i + 1 < end ? units.get(i).gap : "");
    }
    return text.toString();
  }
}
