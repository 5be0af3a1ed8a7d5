package io.contentcrew.adapters.memory;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.ports.generation.Artifacts;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryArtifacts implements Artifacts {
  private final JobRows jobs;
  private final Table<JobId, Map<Format, NavigableMap<Integer, StoredArtifact>>> pieces;

  MemoryArtifacts(Turn turn, JobRows jobs) {
    this.jobs = jobs;
    pieces = new Table<>(turn);
  }

  @Override
  public void add(JobId id, StoredArtifact artifact) {
    if (jobs.get(id).isEmpty()) {
      throw Turn.refused("there is no such job");
    }
    Format format = artifact.artifact().format();
    Map<Format, NavigableMap<Integer, StoredArtifact>> formats = new EnumMap<>(Format.class);
    formats.putAll(pieces.get(id, Map.of()));
    NavigableMap<Integer, StoredArtifact> versions =
        new TreeMap<>(formats.getOrDefault(format, new TreeMap<>()));
    if (versions.put(artifact.version(), artifact) != null) {
      throw Turn.refused("that version of the piece is there already");
    }
    formats.put(format, versions);
    pieces.put(id, formats);
  }

  @Override
  public List<StoredArtifact> list(JobId id) {
    return pieces.get(id, Map.of()).values().stream()
        .map(versions -> versions.lastEntry().getValue())
        .toList();
  }

  @Override
  public Optional<StoredArtifact> find(JobId id, Format format) {
    return pieces
        .get(id)
        .map(formats -> formats.get(format))
        .map(versions -> versions.lastEntry().getValue());
  }

  @Override
  public Optional<StoredArtifact> find(JobId id, Format format, int version) {
    return Optional.ofNullable(of(id, format).get(version));
  }

  private NavigableMap<Integer, StoredArtifact> of(JobId id, Format format) {
    return pieces.get(id, Map.of()).getOrDefault(format, Collections.emptyNavigableMap());
  }

  @Override
  public List<PieceVersion> versions(JobId id, Format format) {
    return of(id, format).descendingMap().values().stream().map(PieceVersion::of).toList();
  }

  @Override
  public List<StoredArtifact> history(JobId id) {
    return pieces.get(id, Map.of()).values().stream()
        .flatMap(versions -> versions.values().stream())
        .toList();
  }

  @Override
  public void trim(JobId id, Format format, int most) {
    NavigableMap<Integer, StoredArtifact> kept = new TreeMap<>(of(id, format));
    if (kept.size() <= most) {
      return;
    }
    int first = kept.firstKey();
    while (kept.size() > most) {
      kept.remove(kept.higherKey(first));
    }
    Map<Format, NavigableMap<Integer, StoredArtifact>> formats = new EnumMap<>(Format.class);
    formats.putAll(pieces.get(id, Map.of()));
    formats.put(format, kept);
    pieces.put(id, formats);
  }

  void delete(JobId id) {
    pieces.remove(id);
  }
}
