package io.contentcrew.adapters.export;

import io.contentcrew.domain.generation.MarkdownText;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Reads Markdown that somebody else wrote. */
final class Markdown {
  static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), StrikethroughExtension.create());

  /** Whoever walks the tree recurses with its depth. No article nests like that. */
  private static final int MAX_DEPTH = 60;

  /** No article has a table, or tables, of so many cells. */
  private static final int MAX_CELLS = 20_000;

  /** The highest heading that a text can have: above it are the piece's own. */
  private static final int TOP_HEADING = 3;

  private static final Parser PARSER =
      Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(MAX_DEPTH / 2).build();

  private Markdown() {}

  /** The tree of the text; of a text that nests too deep or is too wide, its lines as they are. */
  static Node parse(String markdown) {
    String clean = XmlText.clean(markdown);
    if (isTooWide(clean)) {
      return asItIs(clean);
    }
    Node document = PARSER.parse(clean);
    if (isTooDeep(document)) {
      return asItIs(clean);
    }
    document.accept(new Mending());
    return document;
  }

  /**
   * Whether a table of it could have too many cells: each row gets as many as the widest line has,
   * also a row of one character.
   */
  private static boolean isTooWide(String text) {
    long lines = 1;
    long widest = 0;
    long bars = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lines++;
        bars = 0;
      } else if (c == '|') {
        bars++;
        widest = Math.max(widest, bars);
      }
    }
    return lines * widest > MAX_CELLS;
  }

  private static boolean isTooDeep(Node root) {
    int depth = 0;
    Node node = root;
    while (true) {
      if (node.getFirstChild() != null) {
        node = node.getFirstChild();
        depth++;
        if (depth > MAX_DEPTH) {
          return true;
        }
      } else {
        while (depth > 0 && node.getNext() == null) {
          node = node.getParent();
          depth--;
        }
        if (depth == 0) {
          return false;
        }
        node = node.getNext();
      }
    }
  }

  private static Node asItIs(String text) {
    Document document = new Document();
    for (String paragraph : XmlText.paragraphs(text)) {
      Paragraph node = new Paragraph();
      for (String line : paragraph.split("\n", -1)) {
        if (node.getFirstChild() != null) {
          node.appendChild(new SoftLineBreak());
        }
        node.appendChild(new Text(line));
      }
      document.appendChild(node);
    }
    return document;
  }

  /**
   * Lowers headings, and takes out links that may not be followed and all images, of which the
   * words stay: whoever opens a file should not be seen doing so.
   */
  private static final class Mending extends AbstractVisitor {
    @Override
    public void visit(Heading heading) {
      heading.setLevel(Math.max(TOP_HEADING, heading.getLevel()));
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!MarkdownText.isSafeLink(link.getDestination())) {
        leaveWords(link);
      }
    }

    @Override
    public void visit(Image image) {
      visitChildren(image);
      leaveWords(image);
    }

    private static void leaveWords(Node node) {
      while (node.getFirstChild() != null) {
        node.insertBefore(node.getFirstChild());
      }
      node.unlink();
    }
  }
}
