package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.ports.generation.Artifacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

final class PostgresArtifacts implements Artifacts {
  private static final String ADD =
      """
      insert into artifacts (
        job_id, format, version, origin, note, body, notes, engine, model, demo, cached, created_at)
      values (
        :job_id, :format, :version, :origin, :note, :body::jsonb, :notes::jsonb, :engine, :model,
        :demo, :cached, :created_at)
      """;
  private static final String LIST =
      "select distinct on (a.format) "
          + ArtifactRow.COLUMNS
          + " from artifacts a where a.job_id = :job_id order by a.format, a.version desc";
  private static final String FIND =
      "select "
          + ArtifactRow.COLUMNS
          + " from artifacts a where a.job_id = :job_id and a.format = :format"
          + " order by a.version desc limit 1";

  private static final String FIND_VERSION =
      "select "
          + ArtifactRow.COLUMNS
          + " from artifacts a where a.job_id = :job_id and a.format = :format"
          + " and a.version = :version";
  private static final String VERSIONS =
      """
      select version, origin, note, engine, model, demo, created_at as added_at from artifacts
      where job_id = :job_id and format = :format
      order by version desc
      """;
  private static final String HISTORY =
      "select " + ArtifactRow.COLUMNS + " from artifacts a where a.job_id = :job_id";

  /** Keeps the first one and so many of the newest. */
  private static final String TRIM =
      """
      delete from artifacts
      where job_id = :job_id and format = :format
        and version in (
          select version from artifacts
          where job_id = :job_id and format = :format
          order by version desc offset :newest)
        and version > (
          select min(version) from artifacts where job_id = :job_id and format = :format)
      """;

  private final Tx tx;

  PostgresArtifacts(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(JobId id, StoredArtifact artifact) {
    tx.update(
        ADD,
        values ->
            values
                .uuid("job_id", id.value())
                .text("format", artifact.artifact().format().wireName())
                .number("version", artifact.version())
                .text("origin", artifact.origin().wireName())
                .text("note", artifact.note())
                .text("body", ArtifactRow.body(artifact.artifact()))
                .text("notes", ArtifactRow.notes(artifact.notes()))
                .text("engine", artifact.engine().name().value())
                .text("model", artifact.engine().model().value())
                .flag("demo", artifact.engine().demo())
                .flag("cached", artifact.cached())
                .time("created_at", artifact.createdAt()));
  }

  @Override
  public List<StoredArtifact> list(JobId id) {
    return tx
        .list(LIST, values -> values.uuid("job_id", id.value()), ArtifactRow::artifact)
        .stream()
        .sorted(Comparator.comparing(stored -> stored.artifact().format()))
        .toList();
  }

  @Override
  public Optional<StoredArtifact> find(JobId id, Format format) {
    return tx.first(
        FIND,
        values -> values.uuid("job_id", id.value()).text("format", format.wireName()),
        ArtifactRow::artifact);
  }

  @Override
  public Optional<StoredArtifact> find(JobId id, Format format, int version) {
    return tx.first(
        FIND_VERSION,
        values ->
            values
                .uuid("job_id", id.value())
                .text("format", format.wireName())
                .number("version", version),
        ArtifactRow::artifact);
  }

  @Override
  public List<PieceVersion> versions(JobId id, Format format) {
    return tx.list(
        VERSIONS,
        values -> values.uuid("job_id", id.value()).text("format", format.wireName()),
        ArtifactRow::version);
  }

  @Override
  public List<StoredArtifact> history(JobId id) {
    return tx
        .list(HISTORY, values -> values.uuid("job_id", id.value()), ArtifactRow::artifact)
        .stream()
        .sorted(
            Comparator.comparing((StoredArtifact stored) -> stored.artifact().format())
                .thenComparingInt(StoredArtifact::version))
        .toList();
  }

  @Override
  public void trim(JobId id, Format format, int most) {
    tx.update(
        TRIM,
        values ->
            values
                .uuid("job_id", id.value())
                .text("format", format.wireName())
                .number("newest", most - 1));
  }
}
