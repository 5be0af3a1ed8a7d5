package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.StoredArtifact;
import java.util.Objects;
import java.util.Set;

/**
 * Puts pieces into forms that people take away, such as a document for a word processor. Safe for
 * use by many threads.
 */
public interface ArtifactExporter {
  /**
   * A piece, and what it does not know of itself.
   *
   * @param language what it is written in
   * @param name what its job is called, in one line: the name of the document where the piece has
   *     no title of its own
   */
  record Piece(StoredArtifact stored, Language language, String name) {
    public Piece {
      Objects.requireNonNull(stored, "stored");
      Objects.requireNonNull(language, "language");
      Objects.requireNonNull(name, "name");
    }
  }

  /** The forms it makes; at least one, and always the same. */
  Set<ExportForm> forms();

  /**
   * The piece in that form, as the bytes of a file. All text of the piece is in it, and of a sample
   * that it is one. What was written as text stays text: nothing in it is run, followed or fetched
   * by whoever opens the file, and links lead only to {@code http}, {@code https} and {@code
   * mailto}. Equal pieces give equal bytes. Blocks, but asks nobody and writes no file.
   *
   * @throws IllegalArgumentException if the form is none of {@link #forms()}
   * @throws io.contentcrew.ports.PortFailureException if the piece is too large for it
   */
  byte[] export(Piece piece, ExportForm form);
}
