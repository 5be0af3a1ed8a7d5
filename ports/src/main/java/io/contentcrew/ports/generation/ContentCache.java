package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the pieces of finished jobs for a while, for equal briefs. A cache may forget at any
 * time; its loss costs time, never text. Safe for use by many threads.
 *
 * <p>Every method may throw {@link io.contentcrew.ports.PortUnavailableException} if the cache
 * cannot be reached, within a fraction of a second.
 */
public interface ContentCache {
  /** The pieces under a key, if they are there. */
  Optional<List<Piece>> find(Key key);

  /** Keeps the pieces for as long as the cache keeps things. */
  void put(Key key, List<Piece> pieces);

  /**
   * Makes {@code job} the one that writes the pieces of a key, so that equal briefs wait for it
   * instead of writing too. Atomic: of several jobs, one leads. Whoever leads already leads on.
   *
   * @param lease after which the lead is free again, should the job be lost
   * @return whether {@code job} leads
   */
  boolean lead(Key key, JobId job, Duration lease);

  /** Gives the lead up; nothing happens if {@code job} does not lead. */
  void release(Key key, JobId job);

  /** A hash of everything that the pieces depend on. */
  record Key(String value) {}

  /** A piece, with what the checks had to say of it. */
  record Piece(Artifact artifact, List<Finding> notes) {
    public Piece {
      notes = List.copyOf(notes);
    }
  }
}
