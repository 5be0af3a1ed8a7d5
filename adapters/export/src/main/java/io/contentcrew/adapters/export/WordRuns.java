package io.contentcrew.adapters.export;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** Puts what stands in a paragraph of Markdown into one of a document. */
final class WordRuns extends AbstractVisitor {
  private final XWPFParagraph paragraph;
  private int bold;
  private int italic;
  private int struck;
  private @Nullable String link;

  WordRuns(XWPFParagraph paragraph) {
    this(paragraph, false);
  }

  WordRuns(XWPFParagraph paragraph, boolean isBold) {
    this.paragraph = paragraph;
    this.bold = isBold ? 1 : 0;
  }

  void of(Node parent) {
    visitChildren(parent);
  }

  @Override
  public void visit(Text text) {
    run().setText(text.getLiteral());
  }

  @Override
  public void visit(Code code) {
    XWPFRun run = run();
    run.setFontFamily("Courier New");
    run.setText(code.getLiteral());
  }

  @Override
  public void visit(HtmlInline html) {
    run().setText(html.getLiteral());
  }

  @Override
  public void visit(SoftLineBreak softLineBreak) {
    run().setText(" ");
  }

  @Override
  public void visit(HardLineBreak hardLineBreak) {
    run().addBreak();
  }

  @Override
  public void visit(Emphasis emphasis) {
    italic++;
    visitChildren(emphasis);
    italic--;
  }

  @Override
  public void visit(StrongEmphasis emphasis) {
    bold++;
    visitChildren(emphasis);
    bold--;
  }

  @Override
  public void visit(CustomNode node) {
    boolean strikes = node instanceof Strikethrough;
    struck += strikes ? 1 : 0;
    visitChildren(node);
    struck -= strikes ? 1 : 0;
  }

  @Override
  public void visit(Link node) {
    link = target(node.getDestination());
    visitChildren(node);
    link = null;
  }

  /** Where the link leads, if it is an address at all: else the document could not be opened. */
  private static @Nullable String target(String address) {
    try {
      return new URI(address).toASCIIString();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private XWPFRun run() {
    XWPFRun run = link == null ? paragraph.createRun() : paragraph.createHyperlinkRun(link);
    if (link != null) {
      run.setStyle("Hyperlink");
    }
    if (bold > 0) {
      run.setBold(true);
    }
    if (italic > 0) {
      run.setItalic(true);
    }
    if (struck > 0) {
      run.setStrikeThrough(true);
    }
    return run;
  }
}
