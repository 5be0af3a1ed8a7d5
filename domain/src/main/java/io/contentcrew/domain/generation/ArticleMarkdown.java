package io.contentcrew.domain.generation;

import io.contentcrew.domain.generation.Artifact.BlogPost;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an article from the Markdown that a model wrote. It takes what models really send: code
 * fences around the whole, a greeting before the title, headings by {@code #}, by underlining or in
 * bold, a title that is not marked as one.
 */
final class ArticleMarkdown {
  private static final Pattern BOLD_LINE =
      Pattern.compile("\\s{0,3}(?:\\*\\*|__)([^*_]{2,120}?):?(?:\\*\\*|__):?\\s*");
  private static final Pattern GREETING =
      Pattern.compile(
          "(?i)(sure|certainly|of course|absolutely|here is|here['\u2019]s|here are|below"
              + " is|okay|ok)\\b.{0,160}[:.!]\\s*");

  /** Opens a fence around Markdown; others are part of the text. */
  private static final Pattern FENCE = Pattern.compile("(?i)```(?:markdown|md|text)?[ \\t]*\n");

  private record Block(int level, String heading, StringBuilder body) {}

  private ArticleMarkdown() {}

  /**
   * The article in {@code markdown}; parts that are not there are empty, for the checks to complain
   * of.
   */
  static BlogPost parse(String markdown) {
    List<Block> blocks = blocks(withoutFence(markdown.strip()));
    String title = "";
    int first = 0;
    StringBuilder introduction = blocks.get(0).body; // what stands before the first heading
    if (blocks.size() > 1 && isTitle(blocks, introduction.toString())) {
      title = blocks.get(1).heading;
      introduction = blocks.get(1).body;
      first = 1;
    } else {
      int lineEnd = introduction.indexOf("\n");
      String line =
          (lineEnd < 0 ? introduction.toString() : introduction.substring(0, lineEnd)).strip();
      if (lineEnd > 0 && line.length() <= ArtifactChecks.MAX_TITLE && !Cut.endsSentence(line)) {
        title = line;
        introduction = new StringBuilder(introduction.substring(lineEnd));
      }
    }
    List<BlogPost.Section> sections = new ArrayList<>();
    for (Block block : blocks.subList(first + 1, blocks.size())) {
      sections.add(new BlogPost.Section(plain(block.heading), block.body.toString().strip()));
    }
    return closing(plain(title), introduction.toString().strip(), sections);
  }

  /** The last part is the conclusion when it says so, or when enough parts remain without it. */
  private static BlogPost closing(
      String title, String introduction, List<BlogPost.Section> sections) {
    if (!sections.isEmpty()) {
      BlogPost.Section last = sections.getLast();
      List<BlogPost.Section> others = sections.subList(0, sections.size() - 1);
      if (ClosingHeading.matches(last.heading()) || others.size() >= ArtifactChecks.MIN_SECTIONS) {
        return new BlogPost(title, introduction, others, last.body());
      }
      int paragraph = last.body().lastIndexOf("\n\n");
      if (paragraph > 0) { // no part of its own: the last paragraph closes the article
        List<BlogPost.Section> shortened = new ArrayList<>(others);
        shortened.add(
            new BlogPost.Section(last.heading(), last.body().substring(0, paragraph).strip()));
        return new BlogPost(
            title, introduction, shortened, last.body().substring(paragraph).strip());
      }
    }
    return new BlogPost(title, introduction, sections, "");
  }

  /**
   * The first heading is the title when it is the highest one and nothing but a greeting stands
   * before it.
   */
  private static boolean isTitle(List<Block> blocks, String before) {
    int level = blocks.get(1).level;
    boolean highest = blocks.stream().skip(2).allMatch(block -> block.level >= level);
    return highest && (before.isBlank() || GREETING.matcher(before.strip()).matches());
  }

  /**
   * The text cut at its headings; the first block is what stands before any. Deeper headings stay
   * in the text of their part.
   */
  private static List<Block> blocks(String markdown) {
    List<String> lines = markdown.lines().toList();
    int partLevel = partLevel(lines);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block(0, "", new StringBuilder()));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int level = level(lines, i);
      if (level > 0 && level <= partLevel) {
        blocks.add(new Block(level, heading(line), new StringBuilder()));
      } else if (!isUnderline(lines, i)) {
        blocks.getLast().body.append(line).append('\n');
      }
    }
    return blocks;
  }

  /**
   * The level of the headings that part the article: the highest one that occurs three times or
   * more, or else twice, or else the lowest there is. Twice is not enough at first: a title and a
   * conclusion may stand above the sections between them.
   */
  private static int partLevel(List<String> lines) {
    int[] count = new int[8];
    for (int i = 0; i < lines.size(); i++) {
      count[level(lines, i)]++;
    }
    for (int often = ArtifactChecks.MIN_SECTIONS; often >= 2; often--) {
      for (int level = 1; level < count.length; level++) {
        if (count[level] >= often) {
          return level;
        }
      }
    }
    int lowest = count.length - 1;
    while (lowest > 0 && count[lowest] == 0) {
      lowest--;
    }
    return lowest;
  }

  /** 1 to 6 for headings, 7 for a line in bold, 0 for text. */
  private static int level(List<String> lines, int i) {
    String line = lines.get(i);
    if (!hashed(line).isEmpty()) {
      return hashes(line.strip());
    }
    if (BOLD_LINE.matcher(line).matches()) {
      return 7;
    }
    if (!line.isBlank()
        && line.length() <= ArtifactChecks.MAX_TITLE
        && i + 1 < lines.size()
        && isUnderline(lines, i + 1)) {
      return lines.get(i + 1).strip().startsWith("=") ? 1 : 2;
    }
    return 0;
  }

  static boolean isUnderline(List<String> lines, int i) {
    String line = lines.get(i).strip();
    boolean rule =
        line.length() >= 3
            && (line.chars().allMatch(c -> c == '=') || line.chars().allMatch(c -> c == '-'));
    return rule && i > 0 && !lines.get(i - 1).isBlank() && hashed(lines.get(i - 1)).isEmpty();
  }

  private static String heading(String line) {
    String hashed = hashed(line);
    if (!hashed.isEmpty()) {
      return hashed;
    }
    Matcher bold = BOLD_LINE.matcher(line);
    return bold.matches() ? bold.group(1) : line;
  }

  /**
   * The text of a heading that is marked with 1 to 6 {@code #}; empty if the line is none. Read by
   * hand: patterns for it need minutes for a line with a long run of blanks.
   */
  static String hashed(String line) {
    String stripped = line.strip();
    int hashes = hashes(stripped);
    boolean indented = line.length() > 3 && line.substring(0, 4).isBlank(); // a block of code
    if (hashes == 0
        || hashes > 6
        || hashes == stripped.length()
        || !Character.isWhitespace(stripped.charAt(hashes))
        || indented) {
      return "";
    }
    String text = stripped.substring(hashes).strip();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '#') {
      end--;
    }
    boolean closed = end == 0 || Character.isWhitespace(text.charAt(end - 1)); // not so in "C#"
    return closed ? text.substring(0, end).strip() : text;
  }

  static int hashes(String line) {
    int count = 0;
    while (count < line.length() && line.charAt(count) == '#') {
      count++;
    }
    return count;
  }

  private static String plain(String heading) {
    return heading
        .strip()
        .replaceAll("^(?:\\*\\*|__|\\*|_)|(?:\\*\\*|__|\\*|_)$", "")
        .replaceFirst("(?i)^title:\\s*", "")
        .strip();
  }

  /**
   * The text without a code fence around all of it, and without what greets the reader before the
   * fence or takes leave after it.
   */
  static String withoutFence(String text) {
    int open = text.indexOf("```");
    if (open < 0 || !FENCE.matcher(text).region(open, text.length()).lookingAt()) {
      return text;
    }
    String before = text.substring(0, open).strip();
    if (!before.isEmpty() && !GREETING.matcher(before).matches()) {
      return text;
    }
    int line = text.indexOf('\n', open);
    int end = text.lastIndexOf("```");
    return (end > line ? text.substring(line + 1, end) : text.substring(line + 1)).strip();
  }
}
