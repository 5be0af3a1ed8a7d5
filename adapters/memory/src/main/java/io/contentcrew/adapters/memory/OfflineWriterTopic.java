package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.FreeText;
import io.contentcrew.domain.generation.Words;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What can be quoted of a topic, which may be anything from a single sign to pages of markup: words
 * and pictures, without what Markdown, HTML or a template would make something of, and in a length
 * that fits a title.
 */
final class OfflineWriterTopic {
  private static final int TITLE_WIDTH = 60;
  private static final int SHORT_WIDTH = 48;
  private static final int MOST_KEY_WORDS = 10;
  private static final int LONGEST_KEY_WORD = 40;
  private static final int LONGEST_TAG = 30;

  /** Marks upon one letter; more than any script needs are there to disfigure the page. */
  private static final int MOST_MARKS = 4;

  /** No trace of a model in the topic may become one in the text, once its markup is gone. */
  private static final List<String> GIVEAWAYS =
      List.of("as an ai", "as a language model", "i'm an ai", "lorem ipsum");

  private final String plain;
  private final Set<String> common;

  /** The topic; {@code common} are words that say nothing about it. */
  OfflineWriterTopic(String topic, List<String> common) {
    this.plain = plain(topic);
    this.common = Set.copyOf(common);
  }

  /** The topic in up to a line; empty if it has nothing to quote. */
  String title() {
    return cut(withoutScheme(plain), TITLE_WIDTH);
  }

  /** The topic in a few words; empty if it has nothing to quote. */
  String shortly() {
    return cut(withoutScheme(plain), SHORT_WIDTH);
  }

  /** The first few key words of the topic that {@code shown} does not show. */
  List<String> keyWordsBeyond(String shown) {
    Set<String> seen = new LinkedHashSet<>();
    words(shown).forEach(word -> seen.add(lower(word)));
    List<String> ascii = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String word : words(plain)) {
      boolean key = word.length() >= 4 && word.length() <= LONGEST_KEY_WORD;
      if (key && !common.contains(lower(word)) && seen.add(lower(word))) {
        (word.chars().allMatch(c -> c < 0x80) ? ascii : others).add(word);
      }
    }
    ascii.addAll(others);
    return ascii.subList(0, Math.min(ascii.size(), MOST_KEY_WORDS));
  }

  /** Up to two hashtags, without their hash, that are words of the title. */
  List<String> tags() {
    List<String> candidates = new ArrayList<>(words(title()));
    candidates.removeIf(word -> word.length() < 3 || common.contains(lower(word)));
    String dense = leadingLetters(title());
    if (candidates.isEmpty() && Words.count(dense) * 2 >= dense.length()) {
      candidates.add(dense); // a script without spaces: as much as is written in one go
    }
    return candidates.stream()
        .map(OfflineWriterTopic::asTag)
        .filter(tag -> FreeText.length(tag) >= 2 && tag.length() <= LONGEST_TAG)
        .filter(tag -> tag.codePoints().anyMatch(Character::isLetter))
        .distinct()
        .limit(2)
        .toList();
  }

  private static String asTag(String word) {
    StringBuilder tag = new StringBuilder();
    word.codePoints()
        .filter(cp -> Character.isLetterOrDigit(cp) || isMark(cp))
        .forEach(tag::appendCodePoint);
    if (tag.isEmpty()) {
      return "";
    }
    int first = tag.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + tag.substring(Character.charCount(first));
  }

  private static String leadingLetters(String text) {
    int end = 0;
    while (end < text.length() && end < 12 && Character.isLetter(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end);
  }

  private static String plain(String topic) {
    StringBuilder out = new StringBuilder();
    int marks = 0;
    for (int i = 0; i < topic.length(); ) {
      int cp = topic.codePointAt(i);
      int next = i + Character.charCount(cp);
      int before = out.isEmpty() ? ' ' : out.codePointBefore(out.length());
      marks = isMark(cp) ? marks + 1 : 0;
      boolean stays =
          Character.isLetterOrDigit(cp)
              || Character.getType(cp) == Character.OTHER_SYMBOL
              || (before != ' ' && isMark(cp) && marks <= MOST_MARKS)
              || (before != ' ' && joins(cp))
              || punctuates(cp, before, next < topic.length() ? topic.codePointAt(next) : ' ');
      if (stays) {
        out.appendCodePoint(cp);
      } else if (before != ' ' && !(isMark(cp) && marks > MOST_MARKS)) {
        out.append(' ');
      }
      i = next;
    }
    return withoutGiveaways(trimmed(out.toString()));
  }

  /** What holds a letter or a picture together that is written with several signs. */
  private static boolean joins(int cp) {
    return cp == 0x200C || cp == 0x200D || cp == 0xFE0F || (cp >= 0x1F3FB && cp <= 0x1F3FF);
  }

  private static boolean punctuates(int cp, int before, int after) {
    return switch (cp) {
      case ',', '?', '!', '&' -> before != ' ' && before != cp;
      case '\'', '\u2019', '-', '\u2010' -> true;
      case '%', '+' -> Character.isLetterOrDigit(before) || before == cp;
      case '.' ->
          Character.isDigit(before) ? Character.isDigit(after) : after == ' ' && before != '.';
      default -> false;
    };
  }

  private static boolean isMark(int cp) {
    int type = Character.getType(cp);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static String trimmed(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && " ,.?!&-'\u2019\u2010".indexOf(text.charAt(begin)) >= 0) {
      begin++;
    }
    while (end > begin && " ,.?!&-'\u2019\u2010".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static String withoutGiveaways(String text) {
    String folded = lower(text).replace('\u2019', '\'');
    return GIVEAWAYS.stream().anyMatch(folded::contains) ? text.replace(" ", ", ") : text;
  }

  private static String withoutScheme(String text) {
    String lower = lower(text);
    return lower.startsWith("https ") || lower.startsWith("http ")
        ? text.substring(text.indexOf(' ') + 1)
        : text;
  }

  private static String cut(String text, int width) {
    int end = 0;
    int used = 0;
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    for (int next = characters.next(); next != BreakIterator.DONE; next = characters.next()) {
      used += width(text.substring(end, next));
      if (used > width) {
        int space = text.lastIndexOf(' ', end);
        String head = text.substring(0, space > end / 2 ? space : end);
        return trimmed(head) + "\u2026";
      }
      end = next;
    }
    return text;
  }

  /** How much room a character takes, which may consist of any number of code points. */
  private static int width(String character) {
    boolean wide = character.codePointAt(0) >= 0x0E00;
    return Math.max(wide ? 3 : 1, character.length() / 2);
  }

  /** The words of the text, split where the domain splits them. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      i += Character.charCount(cp);
      boolean joint = "'\u2019-\u2010".indexOf(cp) >= 0 && i < text.length();
      if ((Character.isLetterOrDigit(cp) && !standsAlone(cp))
          || (!word.isEmpty() && isMark(cp))
          || (!word.isEmpty() && joint && Character.isLetterOrDigit(text.codePointAt(i)))) {
        word.appendCodePoint(cp);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** Whether a character is of a script without spaces, of which two count as a word. */
  private static boolean standsAlone(int cp) {
    return cp >= 0x0E00 && Words.count(Character.toString(cp).repeat(3)) == 2;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
