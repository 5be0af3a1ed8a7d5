package io.contentcrew.domain.generation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An artifact as it is kept.
 *
 * @param version counts from 1 within the job and format
 * @param origin how this version came about
 * @param note what the reader had asked for, where it was revised
 * @param notes what the checks found that did not stop it from being delivered
 * @param engine what wrote it, or the version from which its owner made it
 * @param cached whether it was taken from an equal brief's job instead of being written anew
 */
public record StoredArtifact(
    Artifact artifact,
    int version,
    Origin origin,
    Optional<String> note,
    List<Finding> notes,
    Engine engine,
    boolean cached,
    Instant createdAt) {
  public StoredArtifact {
    Objects.requireNonNull(artifact, "artifact");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(createdAt, "createdAt");
    notes = List.copyOf(notes);
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1");
    }
  }

  /** One that the crew wrote from the brief. */
  public StoredArtifact(
      Artifact artifact,
      int version,
      List<Finding> notes,
      Engine engine,
      boolean cached,
      Instant createdAt) {
    this(artifact, version, Origin.WRITTEN, Optional.empty(), notes, engine, cached, createdAt);
  }

  /** The next version, as its owner has changed it; it keeps the mark of a sample. */
  public StoredArtifact edited(Artifact changed, List<Finding> found, Instant now) {
    return new StoredArtifact(
        changed, version + 1, Origin.EDITED, Optional.empty(), found, engine, false, now);
  }

  /** The next version, which says what {@code older} does. */
  public StoredArtifact restored(StoredArtifact older, Instant now) {
    return new StoredArtifact(
        older.artifact,
        version + 1,
        Origin.RESTORED,
        Optional.empty(),
        older.notes,
        older.engine,
        false,
        now);
  }
}
