package io.contentcrew.adapters.export;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** Puts the blocks of Markdown into a document. */
final class WordBlocks extends AbstractVisitor {
  /** What word processors take at most. */
  private static final int MAX_COLUMNS = 63;

  /** The list that is open; its number in the document. */
  private record Items(BigInteger list, int depth) {}

  private final WordDocument document;
  private final List<Items> lists = new ArrayList<>();
  private boolean itemBegins;
  private int quotes;

  WordBlocks(WordDocument document) {
    this.document = document;
  }

  @Override
  public void visit(Paragraph paragraph) {
    new WordRuns(next("Normal")).of(paragraph);
  }

  @Override
  public void visit(Heading heading) {
    new WordRuns(next("Heading" + heading.getLevel())).of(heading);
  }

  @Override
  public void visit(BlockQuote quote) {
    quotes++;
    visitChildren(quote);
    quotes--;
  }

  @Override
  public void visit(BulletList list) {
    list(list, document.bullets());
  }

  @Override
  public void visit(OrderedList list) {
    Integer first = list.getMarkerStartNumber();
    list(list, document.numbersFrom(first == null ? 1 : first));
  }

  private void list(Node list, BigInteger id) {
    lists.add(new Items(id, lists.size()));
    visitChildren(list);
    lists.removeLast();
  }

  @Override
  public void visit(ListItem item) {
    itemBegins = true;
    if (item.getFirstChild() == null) {
      next("Normal");
    }
    visitChildren(item);
    itemBegins = false;
  }

  @Override
  public void visit(ThematicBreak thematicBreak) {
    document.rule();
  }

  @Override
  public void visit(FencedCodeBlock code) {
    code(code.getLiteral());
  }

  @Override
  public void visit(IndentedCodeBlock code) {
    code(code.getLiteral());
  }

  @Override
  public void visit(HtmlBlock html) {
    next("Normal").createRun().setText(html.getLiteral());
  }

  private void code(String literal) {
    next("Code").createRun().setText(literal.stripTrailing());
  }

  @Override
  public void visit(CustomBlock block) {
    if (!(block instanceof TableBlock table)) {
      visitChildren(block);
      return;
    }
    List<List<TableCell>> rows = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        rows.add(cells((TableRow) row));
      }
    }
    table(rows);
  }

  private static List<TableCell> cells(TableRow row) {
    List<TableCell> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      cells.add((TableCell) cell);
    }
    return cells;
  }

  private void table(List<List<TableCell>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    if (columns == 0 || columns > MAX_COLUMNS) {
      rows.forEach(row -> row.forEach(cell -> new WordRuns(next("Normal")).of(cell)));
      return;
    }
    XWPFTable table = document.table(rows.size(), columns);
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        XWPFTableCell cell = table.getRow(r).getCell(c);
        XWPFParagraph paragraph = document.styled(cell.getParagraphs().getFirst(), "Normal");
        TableCell source = rows.get(r).get(c);
        new WordRuns(paragraph, source.isHeader()).of(source);
      }
    }
  }

  /** The next paragraph, as part of the list or quote that it stands in. */
  private XWPFParagraph next(String style) {
    boolean quoted = quotes > 0 && style.equals("Normal");
    XWPFParagraph paragraph = document.paragraph(quoted ? "Quote" : style);
    if (!lists.isEmpty()) {
      Items items = lists.getLast();
      if (itemBegins) {
        document.item(paragraph, items.list, items.depth);
        itemBegins = false;
      } else {
        document.below(paragraph, items.depth);
      }
    }
    return paragraph;
  }
}
