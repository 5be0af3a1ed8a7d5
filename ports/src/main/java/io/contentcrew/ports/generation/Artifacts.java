package io.contentcrew.ports.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
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
}
