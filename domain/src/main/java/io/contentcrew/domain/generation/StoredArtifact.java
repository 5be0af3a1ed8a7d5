package io.contentcrew.domain.generation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An artifact as it is kept.
 *
 * @param version counts from 1 within the job and format
 * @param notes what the checks found that did not stop it from being delivered
 * @param engine what wrote it
 * @param cached whether it was taken from an equal brief's job instead of being written anew
 */
public record StoredArtifact(
    Artifact artifact,
    int version,
    List<Finding> notes,
    Engine engine,
    boolean cached,
    Instant createdAt) {
  public StoredArtifact {
    Objects.requireNonNull(artifact, "artifact");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(createdAt, "createdAt");
    notes = List.copyOf(notes);
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1");
    }
  }
}
