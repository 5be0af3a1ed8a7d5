package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.ArtifactMarkdown;
import io.contentcrew.domain.generation.ArtifactText;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.ports.generation.ArtifactExporter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** Makes the forms that need nothing but the domain. */
final class TextExporter implements ArtifactExporter {
  @Override
  public Set<ExportForm> forms() {
    return EnumSet.of(ExportForm.MARKDOWN, ExportForm.TXT);
  }

  @Override
  public byte[] export(Piece piece, ExportForm form) {
    String text =
        switch (form) {
          case MARKDOWN -> ArtifactMarkdown.of(piece.stored(), piece.language());
          case TXT -> ArtifactText.of(piece.stored(), piece.language());
          case HTML, DOCX -> throw new IllegalArgumentException("not made here: " + form);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
