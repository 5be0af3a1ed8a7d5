package io.contentcrew.domain.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Markdown as plain text: what a reader would read of it, without its marks. It knows the
 * Markdown that articles are written in; what it does not know stays as it is, so that no word is
 * ever lost.
 */
public final class MarkdownText {
  private static final Pattern FENCE = Pattern.compile(" {0,3}(?:`{3,}+[^`]*+|~{3,}+.*+)");
  private static final Pattern BULLET = Pattern.compile("( *+)[-*+][ \t]++(.*+)");
  private final List<String> paragraph = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Measures.Heading> headings = new ArrayList<>();

  private MarkdownText() {}

  /**
   * The text without marks: of links the words, followed by where they lead in brackets; of images
   * what stands for them; the cells of a table with tabs between them. Linear in the length of the
   * text.
   */
  public static String plain(String markdown) {
    MarkdownText text = new MarkdownText();
    text.read(markdown.lines().toList());
    return String.join("\n", text.lines).replaceAll("\n{3,}", "\n\n").strip();
  }

  /** Whether an address may be followed from a text that somebody else wrote. */
  public static boolean isSafeLink(String address) {
    String lower = LowerCase.of(address);
    return lower.startsWith("http://")
        || lower.startsWith("https://")
        || lower.startsWith("mailto:");
  }

  /** The headings that are marked with {@code #}, in order. */
  static List<Measures.Heading> headings(String markdown) {
    MarkdownText text = new MarkdownText();
    text.read(markdown.lines().toList());
    return text.headings;
  }

  private void read(List<String> source) {
    String fence = "";
    for (int i = 0; i < source.size(); i++) {
      String line = source.get(i);
      if (!fence.isEmpty()) {
        if (closes(line.strip(), fence)) {
          fence = "";
        } else {
          lines.add(line);
        }
      } else if (FENCE.matcher(line).matches()) {
        endParagraph();
        fence = line.strip().startsWith("~") ? "~~~" : "```";
      } else if (!ArticleMarkdown.isUnderline(source, i)) {
        line(line);
      }
    }
    endParagraph();
  }

  private static boolean closes(String line, String fence) {
    return line.startsWith(fence) && isMadeOf(line, fence.substring(0, 1));
  }

  private void line(String line) {
    String text = unquoted(line);
    String heading = ArticleMarkdown.hashed(text);
    Matcher bullet = BULLET.matcher(text);
    if (!heading.isEmpty()) {
      String plain = InlineMarkdown.plain(heading);
      headings.add(new Measures.Heading(ArticleMarkdown.hashes(text.strip()), plain));
      alone(List.of("", plain, ""));
    } else if (isRule(text.strip()) || text.isBlank()) {
      alone(List.of(""));
    } else if (bullet.matches()) {
      endParagraph();
      paragraph.add(bullet.group(1) + "\u2022 " + bullet.group(2));
    } else if (!text.strip().startsWith("|")) {
      paragraph.add(text.stripTrailing());
    } else if (isMadeOf(text, " |:-")) { // between the head of a table and its rows
      endParagraph();
    } else {
      alone(List.of(cells(text.strip())));
    }
  }

  private void alone(List<String> plain) {
    endParagraph();
    lines.addAll(plain);
  }

  /** Emphasis and links may go over several lines. */
  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      lines.add(InlineMarkdown.plain(String.join("\n", paragraph)));
      paragraph.clear();
    }
  }

  private static boolean isRule(String line) {
    for (String mark : List.of("-", "*", "_")) {
      if (line.startsWith(mark) && isMadeOf(line, mark + " ")) {
        return line.chars().filter(c -> c == mark.charAt(0)).limit(3).count() == 3;
      }
    }
    return false;
  }

  private static boolean isMadeOf(String line, String characters) {
    return line.chars().allMatch(c -> characters.indexOf(c) >= 0);
  }

  private static String unquoted(String line) {
    int quoted = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '>') {
        quoted = i + 1;
      } else if (line.charAt(i) != ' ') {
        break;
      }
    }
    return quoted > 0 && line.startsWith(" ", quoted)
        ? line.substring(quoted + 1)
        : line.substring(quoted);
  }

  private static String cells(String row) {
    String inner =
        row.endsWith("|") && row.length() > 1
            ? row.substring(1, row.length() - 1)
            : row.substring(1);
    List<String> cells = new ArrayList<>();
    for (String cell : inner.split("\\|", -1)) {
      cells.add(InlineMarkdown.plain(cell.strip()));
    }
    return String.join("\t", cells);
  }
}
