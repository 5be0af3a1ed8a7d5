package io.contentcrew.adapters.export;

import io.contentcrew.domain.generation.ArtifactLayout;
import io.contentcrew.domain.generation.ArtifactLayout.Block;
import io.contentcrew.domain.generation.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.xwpf.usermodel.Borders;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFNum;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFStyles;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.xmlbeans.XmlException;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTNumLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTNumbering;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.NumberingDocument;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.StylesDocument;

/** Writes a document for word processors. For one document and one thread. */
final class WordDocument {
  /** As the definitions in {@code numbering.xml} are called. */
  private static final BigInteger BULLETS = BigInteger.ZERO;

  private static final BigInteger NUMBERS = BigInteger.ONE;
  private static final int DEEPEST_LIST = 8;

  /** Each costs a look at all before it. No article has so many. */
  private static final int MAX_LISTS = 500;

  private static final int INDENT = 360;

  private final XWPFDocument document = new XWPFDocument();
  private final boolean rightToLeft;
  private final Language language;
  private final XWPFNumbering numbering;
  private int lists;
  private BigInteger lastList = BigInteger.ZERO;
  private final BigInteger bullets;

  WordDocument(Language language) {
    this.language = language;
    this.rightToLeft = Direction.isRightToLeft(language);
    try {
      XWPFStyles styles = document.createStyles();
      styles.setStyles(StylesDocument.Factory.parse(resource("styles.xml")).getStyles());
      styles.setSpellingLanguage(language.tag());
      styles.setEastAsia(language.tag());
      numbering = document.createNumbering();
      numbering.setNumbering(numbers());
      bullets = numbering.addNum(BULLETS);
    } catch (IOException | XmlException e) {
      throw new IllegalStateException("our own styles cannot be read", e);
    }
  }

  private static CTNumbering numbers() throws IOException, XmlException {
    return NumberingDocument.Factory.parse(resource("numbering.xml")).getNumbering();
  }

  private static InputStream resource(String name) {
    InputStream in = WordDocument.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("missing in the jar: " + name);
    }
    return in;
  }

  byte[] write(String title, Instant written, List<Block> blocks) {
    properties(title, written);
    blocks.forEach(this::block);
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
    try (document) {
      document.write(out);
      return SteadyZip.of(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
  }

  private void properties(String title, Instant written) {
    POIXMLProperties.CoreProperties core = document.getProperties().getCoreProperties();
    Optional<Date> time = Optional.of(Date.from(written));
    core.setTitle(title);
    core.setCreator("Content Creation Crew");
    core.setCreated(time);
    core.setModified(time);
    try {
      document.getPackage().getPackageProperties().setLanguageProperty(language.tag());
    } catch (InvalidFormatException e) {
      throw new IllegalStateException("the properties of a new document cannot be had", e);
    }
  }

  private void block(Block block) {
    switch (block) {
      case Block.Heading(int level, String text, boolean label) ->
          paragraph("Heading" + level).createRun().setText(XmlText.clean(text));
      case Block.Markdown(String text) -> Markdown.parse(text).accept(new WordBlocks(this));
      case Block.Plain(String text) -> plain("Normal", text);
      case Block.Aside(String text) -> plain("Quote", text);
      case Block.Hashtags(List<String> tags) -> plain("Normal", String.join(" ", tags));
      case Block.Fact(String name, String text) -> {
        XWPFParagraph item = paragraph("Normal");
        item(item, bullets, 0);
        XWPFRun what = item.createRun();
        what.setBold(true);
        what.setText(name + ": ");
        item.createRun().setText(XmlText.clean(text));
      }
      case Block.Sample() -> {
        rule();
        XWPFRun run = paragraph("Normal").createRun();
        run.setItalic(true);
        run.setText(ArtifactLayout.SAMPLE);
      }
    }
  }

  private void plain(String style, String text) {
    for (String paragraph : XmlText.paragraphs(text)) {
      paragraph(style).createRun().setText(paragraph); // line feeds become breaks
    }
  }

  // ---- parts, for the blocks of Markdown too

  XWPFParagraph paragraph(String style) {
    return styled(document.createParagraph(), style);
  }

  XWPFParagraph styled(XWPFParagraph paragraph, String style) {
    paragraph.setStyle(style);
    if (rightToLeft) {
      CTPPr properties = paragraph.getCTP().getPPr();
      properties.addNewBidi();
    }
    return paragraph;
  }

  void rule() {
    paragraph("Normal").setBorderBottom(Borders.SINGLE);
  }

  XWPFTable table(int rows, int columns) {
    XWPFTable table = document.createTable(rows, columns);
    table.getRow(0).setRepeatHeader(true);
    return table;
  }

  BigInteger bullets() {
    return bullets;
  }

  /**
   * A list that counts from there, whatever lists were before; where there are too many, one that
   * goes on.
   */
  BigInteger numbersFrom(int first) {
    if (lists == MAX_LISTS) {
      return lastList;
    }
    lists++;
    BigInteger id = numbering.addNum(NUMBERS);
    lastList = id;
    XWPFNum number = numbering.getNum(id);
    for (int level = 0; level <= DEEPEST_LIST; level++) {
      CTNumLvl override = number.getCTNum().addNewLvlOverride();
      override.setIlvl(BigInteger.valueOf(level));
      override.addNewStartOverride().setVal(BigInteger.valueOf(first));
    }
    return id;
  }

  void item(XWPFParagraph paragraph, BigInteger list, int depth) {
    paragraph.setNumID(list);
    paragraph.setNumILvl(BigInteger.valueOf(Math.min(depth, DEEPEST_LIST)));
  }

  /** A paragraph of an item that is not its first. */
  void below(XWPFParagraph paragraph, int depth) {
    paragraph.setIndentationLeft(INDENT * (Math.min(depth, DEEPEST_LIST) + 2));
  }
}
