package io.contentcrew.adapters.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.generation.ArtifactExporter;
import io.contentcrew.testkit.ArtifactExporterContract;
import io.contentcrew.testkit.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.TempFile;
import org.apache.poi.util.TempFileCreationStrategy;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DocumentExporterTest extends ArtifactExporterContract {
  /** All that a page may hold, whatever a text holds. */
  private static final Pattern TAG =
      Pattern.compile(
          "<(?:!doctype html|html lang=\"[a-zA-Z-]+\"(?: dir=\"rtl\")?|meta charset=\"utf-8\""
              + "|meta name=\"viewport\" content=\"[a-z0-9=, -]+\"|(?:h[1-6]|p|span) lang=\"en\""
              + " dir=\"ltr\"|ol start=\"\\d+\"|a rel=\"nofollow\" href=\"(?:https?://|mailto:)"
              + "[^\"<>]*\"(?: title=\"[^\"<>]*\")?|code class=\"language-[^\"<>]*\"|t[hd]"
              + " align=\"[a-z]+\"|/?(?:html|head|title|style|body|main|h[1-6]|p|ul|ol|li|strong"
              + "|em|del|code|pre|blockquote|hr|br|table|thead|tbody|tr|th|td|a|span)(?: /)?)>");

  private final ArtifactExporter exporter =
      ExportAdapter.of(ExportConfig.standard()).artifactExporter();

  @BeforeAll
  static void no_file_is_written() {
    ZipSecureFile.setMinInflateRatio(0.0001); // a text of one character again and again
    TempFile.setTempFileCreationStrategy(
        new TempFileCreationStrategy() {
          @Override
          public File createTempFile(String prefix, String suffix) {
            throw new AssertionError("a file is written");
          }

          @Override
          public File createTempDirectory(String prefix) {
            throw new AssertionError("a folder is made");
          }
        });
  }

  @Override
  protected ArtifactExporter exporter() {
    return exporter;
  }

  @Override
  protected String read(byte[] file, ExportForm form) {
    if (form == ExportForm.DOCX) {
      parts(file);
      try (XWPFWordExtractor text = new XWPFWordExtractor(opened(file))) {
        return text.getText();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String page = new String(file, StandardCharsets.UTF_8);
    assertThat(TAG.matcher(page).replaceAll("")).as("%s", page).doesNotContain("<");
    return page.replaceAll("(?s)<style>.*?</style>", "")
        .replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  @Override
  protected List<String> links(byte[] file, ExportForm form) {
    if (form == ExportForm.HTML) {
      String page = new String(file, StandardCharsets.UTF_8);
      assertThat(page).doesNotContain("<img").doesNotContain("src=");
      return Pattern.compile("href=\"([^\"]*)\"")
          .matcher(page)
          .results()
          .map((MatchResult link) -> link.group(1))
          .toList();
    }
    List<String> links = new ArrayList<>();
    for (PackageRelationship one : relationships(opened(file))) {
      if (one.getTargetMode() == TargetMode.EXTERNAL) {
        links.add(one.getTargetURI().toString());
      }
    }
    return links;
  }

  private static Iterable<PackageRelationship> relationships(XWPFDocument document) {
    try {
      return document.getPackagePart().getRelationships();
    } catch (org.apache.poi.openxml4j.exceptions.InvalidFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static XWPFDocument opened(byte[] file) {
    try {
      return new XWPFDocument(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parts of a document, every one of them well-formed XML without a document type. */
  private static List<Document> parts(byte[] file) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      List<Document> parts = new ArrayList<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] xml = zip.readAllBytes();
        assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
        parts.add(factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)));
      }
      assertThat(parts).hasSizeGreaterThan(5);
      return parts;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<String> attributes(Document part, String element, String attribute) {
    NodeList found = part.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> ((Element) found.item(i)).getAttribute(attribute));
  }

  private static BlogPost post(String body) {
    return new BlogPost("Tea & cake", "Intro.", List.of(new BlogPost.Section("S", body)), "End.");
  }

  private XWPFDocument document(String body) {
    return opened(exporter.export(aPiece(post(body)), ExportForm.DOCX));
  }

  private static XWPFParagraph paragraph(XWPFDocument document, String text) {
    return document.getParagraphs().stream()
        .filter(paragraph -> paragraph.getText().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static ArtifactExporter.Piece in(String language, Artifact artifact) {
    StoredArtifact stored =
        new StoredArtifact(
            artifact,
            1,
            List.of(),
            new Engine(new EngineName("test"), new ModelName("m"), true),
            false,
            Fixtures.NOW);
    return new ArtifactExporter.Piece(stored, new Language(language), "Tea <b>");
  }

  @Test
  void a_document_has_headings_that_a_word_processor_knows() throws Exception {
    try (XWPFDocument document = document("### Deeper\n\n# Not above the piece's own")) {
      assertThat(paragraph(document, "Tea & cake").getStyle()).isEqualTo("Heading1");
      assertThat(paragraph(document, "S").getStyle()).isEqualTo("Heading2");
      assertThat(paragraph(document, "Deeper").getStyle()).isEqualTo("Heading3");
      assertThat(paragraph(document, "Not above the piece's own").getStyle()).isEqualTo("Heading3");
      assertThat(document.getStyles().getStyle("Heading1").getName()).isEqualTo("heading 1");
      assertThat(document.getStyles().getStyle("Heading3").getCTStyle().getPPr().isSetOutlineLvl())
          .isTrue();
    }
  }

  @Test
  void a_document_has_its_title_language_and_time() throws Exception {
    byte[] file = exporter.export(in("de", post("x")), ExportForm.DOCX);
    try (XWPFDocument document = opened(file)) {
      var core = document.getProperties().getCoreProperties();
      assertThat(core.getTitle()).isEqualTo("Tea & cake");
      assertThat(core.getCreated().toInstant()).isEqualTo(Fixtures.NOW);
      assertThat(document.getPackage().getPackageProperties().getLanguageProperty()).contains("de");
    }
    assertThat(parts(file).stream().flatMap(part -> attributes(part, "w:lang", "w:val")))
        .containsExactly("de");
    byte[] script = exporter.export(in("ar", pieces("x").get(2)), ExportForm.DOCX);
    try (XWPFDocument document = opened(script)) {
      assertThat(document.getProperties().getCoreProperties().getTitle()).isEqualTo("Tea <b>");
      assertThat(document.getParagraphs()).allMatch(one -> one.getCTPPr().isSetBidi());
    }
  }

  @Test
  void a_document_has_lists_that_count_anew_and_nest() throws Exception {
    try (XWPFDocument document = document("- a\n  - b\n\n3. c\n4. d\n\n   below\n\ntext\n\n1. e")) {
      assertThat(paragraph(document, "a").getNumFmt()).isEqualTo("bullet");
      assertThat(paragraph(document, "b").getNumIlvl().intValue()).isEqualTo(1);
      assertThat(paragraph(document, "c").getNumFmt()).isEqualTo("decimal");
      assertThat(paragraph(document, "c").getNumStartOverride().intValue()).isEqualTo(3);
      assertThat(paragraph(document, "d").getNumID())
          .isEqualTo(paragraph(document, "c").getNumID());
      assertThat(paragraph(document, "below").getNumID()).isNull();
      assertThat(paragraph(document, "below").getIndentationLeft()).isPositive();
      assertThat(paragraph(document, "e").getNumID())
          .isNotEqualTo(paragraph(document, "c").getNumID());
    }
  }

  @Test
  void a_document_has_emphasis_links_quotes_code_and_tables() throws Exception {
    String body =
        "**b** *i* ~~s~~ `c` [l **m**](https://example.com/a?b=c&d)\n\n> q\n\n```\nx\n  y\n```\n\n"
            + "| h | i |\n|---|---|\n| 1 | **2** |";
    try (XWPFDocument document = document(body)) {
      XWPFParagraph runs = paragraph(document, "b i s c l m");
      assertThat(run(runs, "b").isBold()).isTrue();
      assertThat(run(runs, "i").isItalic()).isTrue();
      assertThat(run(runs, "s").isStrikeThrough()).isTrue();
      assertThat(run(runs, "c").getFontFamily()).isEqualTo("Courier New");
      assertThat(run(runs, "m").isBold()).isTrue();
      assertThat(run(runs, "m").getStyle()).isEqualTo("Hyperlink");
      assertThat(paragraph(document, "q").getStyle()).isEqualTo("Quote");
      assertThat(paragraph(document, "x\n  y").getStyle()).isEqualTo("Code");
      assertThat(document.getTables().getFirst().getRow(0).getCell(1).getText()).isEqualTo("i");
      assertThat(document.getTables().getFirst().getRow(1).getCell(1).getText()).isEqualTo("2");
    }
    byte[] file = exporter.export(aPiece(post(body)), ExportForm.DOCX);
    assertThat(links(file, ExportForm.DOCX)).containsOnly("https://example.com/a?b=c&d");
  }

  private static XWPFRun run(XWPFParagraph paragraph, String text) {
    return paragraph.getRuns().stream()
        .filter(run -> run.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_page_stands_alone_in_its_language_and_direction() {
    String german = page("de", post("**b** [l](https://example.com)\n\n- x\n- y"));
    assertThat(german)
        .startsWith("<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">")
        .contains("<title>Tea &amp; cake</title>")
        .contains("<h1>Tea &amp; cake</h1>\n<p>Intro.</p>\n<h2>S</h2>")
        .contains("<strong>b</strong> <a rel=\"nofollow\" href=\"https://example.com\">l</a>")
        .contains("<ul>\n<li>x</li>")
        .contains("<p lang=\"en\" dir=\"ltr\"><em>A sample, written without a model.</em></p>")
        .endsWith("</main>\n</body>\n</html>\n");
    assertThat(page("he", post("x"))).contains("<html lang=\"he\" dir=\"rtl\">");
    assertThat(page("az-Arab", post("x"))).contains("dir=\"rtl\">\n<head>");
    assertThat(page("en", pieces("one\ntwo\n\n*three*").get(3)))
        .contains("<title>Tea &lt;b&gt;</title>")
        .contains(
            "<h2>Scene 1</h2>\n<p>one<br>\ntwo</p>\n<p>*three*</p>\n<ul>\n<li><span>Picture:");
  }

  private String page(String language, Artifact artifact) {
    return new String(
        exporter.export(in(language, artifact), ExportForm.HTML), StandardCharsets.UTF_8);
  }

  @Test
  void a_link_that_is_no_address_leaves_its_words() {
    byte[] file = exporter.export(aPiece(post("[w](<https://a b{}|\\^>)")), ExportForm.DOCX);
    assertThat(read(file, ExportForm.DOCX)).contains("w");
    assertThat(links(file, ExportForm.DOCX)).isEmpty();
  }

  @Test
  void a_piece_that_is_too_large_is_refused_and_says_so() {
    ArtifactExporter small =
        ExportAdapter.of(ExportConfig.standard().withMaxCharacters(40)).artifactExporter();
    for (ExportForm form : small.forms()) {
      assertThat(small.export(aPiece(post("x")), form)).isNotEmpty();
      assertThatThrownBy(() -> small.export(aPiece(post("x".repeat(40))), form))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("one of up to 40 can be exported");
    }
    assertThatThrownBy(() -> ExportConfig.standard().withParallel(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ExportConfig.standard().withMaxCharacters(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** As much as an owner may send; what takes more than linear time would take minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n\n",
        "*a* ",
        "**a** `b` ",
        "1. a\n\n- b\n\n",
        "1. a\n1) b\n",
        "[a](https://a.bc) ",
        "### a\n",
        "> a\n\n",
        "a  \n",
        "| a | b |\n|---|---|\n| c | d |\n\n",
        "<b>"
      })
  @Timeout(60)
  void a_large_piece_of_any_kind_is_made_in_good_time(String unit) {
    String body = unit.repeat(64_000 / unit.length());
    for (ExportForm form : exporter.forms()) {
      assertThat(exporter.export(aPiece(post(body)), form)).isNotEmpty();
    }
  }

  @Test
  @Timeout(60)
  void a_narrow_text_makes_no_wide_table() {
    String body = "|a".repeat(5_000) + "|\n" + "|-".repeat(5_000) + "|\n" + "b|\n".repeat(12_000);
    for (ExportForm form : exporter.forms()) {
      assertThat(exporter.export(aPiece(post(body)), form)).hasSizeLessThan(3_000_000);
    }
  }
}
