package io.contentcrew.domain.generation;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the marks of Markdown out of a line: emphasis, code, links, escapes. */
final class InlineMarkdown {
  private static final Pattern LINK =
      Pattern.compile(
          "(!?)\\[((?:[^\\[\\]\\\\]|\\\\.){0,500}+)\\]\\(\\s{0,9}+<?([^\\s()<>]{0,2000}+(?:\\([^\\s()<>]{0,500}+\\)[^\\s()<>]{0,500}+){0,5}+)>?[^()]{0,500}+\\)");
  private static final Pattern AUTOLINK =
      Pattern.compile("<((?:https?|mailto):[^\\s<>]{1,2000}+)>");
  private static final Pattern ENTITY = Pattern.compile("&(?:amp|lt|gt|quot|nbsp|#39);");
  private static final Map<String, String> ENTITIES =
      Map.of(
          "&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&nbsp;", "\u00A0", "&#39;", "'");
  private static final String ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final String line;

  /** Characters that are marks. */
  private final BitSet marks = new BitSet();

  /** Characters that mean themselves: they were escaped, or are code. */
  private final BitSet literal = new BitSet();

  private record Run(int start, int length) {}

  private InlineMarkdown(String line) {
    this.line = line;
  }

  static String plain(String line) {
    if (line.chars().allMatch(c -> "*_`~\\[<&".indexOf(c) < 0)) {
      return line;
    }
    return new InlineMarkdown(linked(line)).withoutMarks();
  }

  private static String linked(String line) {
    String links = LINK.matcher(line).replaceAll(link -> Matcher.quoteReplacement(shown(link)));
    return AUTOLINK.matcher(links).replaceAll(link -> Matcher.quoteReplacement(link.group(1)));
  }

  private static String shown(MatchResult link) {
    boolean image = !link.group(1).isEmpty();
    String words = link.group(2);
    String target = link.group(3);
    if (image || !MarkdownText.isSafeLink(target) || words.equals(target)) {
      return words;
    }
    // the address means itself, whatever marks it may hold
    return words + " (" + target.replaceAll("([\\\\*_`~&])", "\\\\$1") + ")";
  }

  private String withoutMarks() {
    escapes();
    code();
    for (char mark : new char[] {'*', '_', '~'}) {
      emphasis(mark);
    }
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      if (!marks.get(i)) {
        out.append(line.charAt(i));
      }
    }
    return ENTITY
        .matcher(out)
        .replaceAll(entity -> Matcher.quoteReplacement(ENTITIES.getOrDefault(entity.group(), "")));
  }

  private void escapes() {
    for (int i = 0; i + 1 < line.length(); i++) {
      if (line.charAt(i) == '\\' && ESCAPABLE.indexOf(line.charAt(i + 1)) >= 0) {
        marks.set(i);
        literal.set(++i);
      }
    }
  }

  private void code() {
    int open = -1;
    int length = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) != '`' || literal.get(i)) {
        continue;
      }
      int end = runEnd(i, '`');
      if (open < 0) {
        open = i;
        length = end - i;
      } else if (end - i == length) {
        literal.set(open, end);
        marks.clear(open + length, i); // there is no escaping within code
        marks.set(open, open + length);
        marks.set(i, end);
        open = -1;
      }
      i = end - 1;
    }
  }

  private int runEnd(int start, char c) {
    int end = start;
    while (end < line.length() && line.charAt(end) == c && (end == start || !literal.get(end))) {
      end++;
    }
    return end;
  }

  private void emphasis(char mark) {
    Deque<Run> open = new ArrayDeque<>();
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) != mark || literal.get(i)) {
        continue;
      }
      int end = runEnd(i, mark);
      int length = end - i;
      if (mark == '~' && length != 2) {
        i = end - 1;
        continue;
      }
      boolean afterWord = i > 0 && Character.isLetterOrDigit(line.charAt(i - 1));
      boolean beforeWord = end < line.length() && Character.isLetterOrDigit(line.charAt(end));
      boolean within = mark == '_' && afterWord && beforeWord;
      boolean closes = i > 0 && !Character.isWhitespace(line.charAt(i - 1)) && !within;
      boolean opens = end < line.length() && !Character.isWhitespace(line.charAt(end)) && !within;
      int from = i;
      while (closes && length > 0 && !open.isEmpty()) {
        Run run = open.pop();
        int both = Math.min(run.length, length);
        marks.set(run.start + run.length - both, run.start + run.length);
        marks.set(from, from + both);
        from += both;
        length -= both;
        if (run.length > both) {
          open.push(new Run(run.start, run.length - both));
        }
      }
      if (opens && length > 0) {
        open.push(new Run(from, length));
      }
      i = end - 1;
    }
  }
}
