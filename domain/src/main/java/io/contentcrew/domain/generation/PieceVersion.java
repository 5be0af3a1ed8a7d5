package io.contentcrew.domain.generation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A version of a piece, without its text.
 *
 * @param note what the reader had asked for, where it was revised
 * @param engine what wrote the text, or that from which its owner made it
 */
public record PieceVersion(
    int version, Origin origin, Optional<String> note, Engine engine, Instant createdAt) {
  /** So many versions of a piece are kept: the first one and the newest ones. */
  public static final int MOST_KEPT = 50;

  public PieceVersion {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /** That version, without its text. */
  public static PieceVersion of(StoredArtifact piece) {
    return new PieceVersion(
        piece.version(), piece.origin(), piece.note(), piece.engine(), piece.createdAt());
  }
}
