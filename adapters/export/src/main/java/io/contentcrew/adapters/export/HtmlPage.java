package io.contentcrew.adapters.export;

import io.contentcrew.domain.generation.ArtifactLayout;
import io.contentcrew.domain.generation.ArtifactLayout.Block;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.MarkdownText;
import java.util.List;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;

/** Writes a page that stands alone: nothing is fetched for it, and all text is escaped. */
final class HtmlPage {
  private static final String STYLE =
      "body{font-family:system-ui,sans-serif;line-height:1.6;max-width:42rem;margin:2rem"
          + " auto;padding:0 1rem}blockquote{margin-inline:0;padding-inline-start:1rem;"
          + "border-inline-start:3px solid}pre{overflow-x:auto}table{border-collapse:collapse}"
          + "td,th{border:1px solid;padding:.25rem .5rem}";

  private static final UrlSanitizer LINKS =
      new UrlSanitizer() {
        @Override
        public String sanitizeLinkUrl(String url) {
          return MarkdownText.isSafeLink(url) ? url : "";
        }

        @Override
        public String sanitizeImageUrl(String url) {
          return "";
        }
      };

  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(Markdown.EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .urlSanitizer(LINKS)
          .percentEncodeUrls(true)
          .build();

  private final Language language;
  private final StringBuilder out = new StringBuilder(4096);

  HtmlPage(Language language) {
    this.language = language;
  }

  String write(String title, List<Block> blocks) {
    out.append("<!doctype html>\n<html lang=\"").append(language.tag()).append('"');
    if (Direction.isRightToLeft(language)) {
      out.append(" dir=\"rtl\"");
    }
    out.append(">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escaped(title))
        .append("</title>\n<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n");
    boolean inList = false;
    for (Block block : blocks) {
      boolean fact = block instanceof Block.Fact;
      if (fact != inList) {
        out.append(fact ? "<ul>\n" : "</ul>\n");
        inList = fact;
      }
      block(block);
    }
    return out.append(inList ? "</ul>\n" : "").append("</main>\n</body>\n</html>\n").toString();
  }

  private void block(Block block) {
    switch (block) {
      case Block.Heading(int level, String text, boolean label) ->
          out.append("<h")
              .append(level)
              .append(label ? english() : "")
              .append('>')
              .append(escaped(text))
              .append("</h")
              .append(level)
              .append(">\n");
      case Block.Markdown(String text) -> RENDERER.render(Markdown.parse(text), out);
      case Block.Plain(String text) -> plain(text);
      case Block.Aside(String text) -> {
        out.append("<blockquote>\n");
        plain(text);
        out.append("</blockquote>\n");
      }
      case Block.Hashtags(List<String> tags) -> plain(String.join(" ", tags));
      case Block.Fact(String name, String text) ->
          out.append("<li><span")
              .append(english())
              .append('>')
              .append(escaped(name))
              .append(":</span> ")
              .append(escaped(text))
              .append("</li>\n");
      case Block.Sample() ->
          out.append("<hr>\n<p")
              .append(english())
              .append("><em>")
              .append(escaped(ArtifactLayout.SAMPLE))
              .append("</em></p>\n");
    }
  }

  /** Our own words are in English, whatever the piece is written in. */
  private String english() {
    return language.primary().equals("en") ? "" : " lang=\"en\" dir=\"ltr\"";
  }

  private void plain(String text) {
    for (String paragraph : XmlText.paragraphs(text)) {
      out.append("<p>").append(escaped(paragraph).replace("\n", "<br>\n")).append("</p>\n");
    }
  }

  private static String escaped(String text) {
    return XmlText.clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
