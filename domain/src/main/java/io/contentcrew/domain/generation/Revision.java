package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job is about that writes a piece of another job anew.
 *
 * @param of the job whose piece it is
 * @param format which of its pieces
 * @param version the version that is read; what comes of it is the next one
 * @param note what the reader wants changed, cleaned as all free text is, up to {@value #MAX_NOTE}
 *     code points; empty for another try at the same
 */
public record Revision(JobId of, Format format, int version, Optional<String> note) {
  /** The longest note, in code points. */
  public static final int MAX_NOTE = 1_000;

  public Revision {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(format, "format");
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1");
    }
    note = cleaned(note);
  }

  /**
   * A note as it is kept: cleaned, and none if nothing is left of it.
   *
   * @throws IllegalArgumentException if it is too long
   */
  public static Optional<String> cleaned(Optional<String> note) {
    Optional<String> clean = note.map(FreeText::clean).filter(text -> !text.isEmpty());
    if (clean.isPresent() && FreeText.length(clean.get()) > MAX_NOTE) {
      throw new IllegalArgumentException("a note has up to " + MAX_NOTE + " characters");
    }
    return clean;
  }

  /** The version that comes of it. */
  public int nextVersion() {
    return version + 1;
  }
}
