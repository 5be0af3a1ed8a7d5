package io.contentcrew.ports.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import java.util.List;
import java.util.Optional;

/** The finished pieces. */
public interface Artifacts {
  /** Adds a piece. One of that job, format and version must not be there yet. */
  void add(JobId id, StoredArtifact artifact);

  /** The newest version of each format of a job, in the order of the formats. */
  List<StoredArtifact> list(JobId id);

  /** The newest version of one format of a job. */
  Optional<StoredArtifact> find(JobId id, Format format);

  /** That version of one format of a job. */
  Optional<StoredArtifact> find(JobId id, Format format, int version);

  /** All versions of one format of a job, without their texts, the newest first. */
  List<PieceVersion> versions(JobId id, Format format);

  /** All versions of all formats of a job, in the order of the formats and then of the versions. */
  List<StoredArtifact> history(JobId id);

  /**
   * Deletes old versions of one format of a job until there are at most {@code most}: the oldest
   * first, but never the first one of all and never the newest.
   *
   * @param most 2 or more
   */
  void trim(JobId id, Format format, int most);
}
