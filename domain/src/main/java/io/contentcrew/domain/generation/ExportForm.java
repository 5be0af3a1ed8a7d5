package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Optional;

/** A form in which people take a piece away. */
public enum ExportForm {
  /** Markdown. */
  MARKDOWN("md", "text/markdown", "; charset=utf-8"),
  /** A page that stands alone. */
  HTML("html", "text/html", "; charset=utf-8"),
  /** A document for word processors (Office Open XML, ISO/IEC 29500). */
  DOCX("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""),
  /** Plain text. */
  TXT("txt", "text/plain", "; charset=utf-8");

  private final String extension;
  private final String mediaType;
  private final String parameters;

  ExportForm(String extension, String mediaType, String parameters) {
    this.extension = extension;
    this.mediaType = mediaType;
    this.parameters = parameters;
  }

  /** How names of such files end, without the dot. */
  public String extension() {
    return extension;
  }

  /** The media type, without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** The media type with the charset, where there is one. */
  public String contentType() {
    return mediaType + parameters;
  }

  /** The name in lower case, as it goes over the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form of that wire name, or of files with that ending. */
  public static Optional<ExportForm> ofWireName(String wireName) {
    for (ExportForm form : values()) {
      if (form.wireName().equals(wireName) || form.extension.equals(wireName)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }
}
