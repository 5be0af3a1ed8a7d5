package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between pieces and their rows. */
final class ArtifactRow {
  /** What {@link #artifact} reads, of the table under the name {@code a}. */
  static final String COLUMNS =
      """
      a.format, a.version, a.origin, a.note, a.body, a.notes, a.engine, a.model,
      a.demo, a.cached, a.created_at as added_at
      """;

  private ArtifactRow() {}

  /** A note as it is kept. */
  record NoteJson(String severity, String check, String message) {}

  static String body(Artifact artifact) {
    return Json.write(artifact);
  }

  static String notes(List<Finding> notes) {
    return Json.write(kept(notes));
  }

  /** A piece as it is kept where it may not lie in the table. */
  record PieceJson(
      String format,
      int version,
      String origin,
      @Nullable String note,
      String body,
      List<NoteJson> notes,
      String engine,
      String model,
      boolean demo,
      boolean cached,
      String createdAt) {
    static PieceJson of(StoredArtifact piece) {
      return new PieceJson(
          piece.artifact().format().wireName(),
          piece.version(),
          piece.origin().wireName(),
          piece.note().orElse(null),
          ArtifactRow.body(piece.artifact()),
          kept(piece.notes()),
          piece.engine().name().value(),
          piece.engine().model().value(),
          piece.engine().demo(),
          piece.cached(),
          piece.createdAt().toString());
    }

    StoredArtifact toPiece() {
      return new StoredArtifact(
          Json.read(body, type(Names.format(format))),
          version,
          Names.origin(origin),
          Optional.ofNullable(note),
          findings(notes),
          new Engine(new EngineName(engine), new ModelName(model), demo),
          cached,
          Instant.parse(createdAt));
    }
  }

  private static List<NoteJson> kept(List<Finding> notes) {
    return notes.stream()
        .map(note -> new NoteJson(note.severity().wireName(), note.check(), note.message()))
        .toList();
  }

  private static List<Finding> findings(List<NoteJson> notes) {
    return notes.stream()
        .map(note -> new Finding(Names.severity(note.severity), note.check, note.message))
        .toList();
  }

  private static Class<? extends Artifact> type(Format format) {
    return switch (format) {
      case BLOG -> Artifact.BlogPost.class;
      case SOCIAL -> Artifact.SocialPosts.class;
      case AUDIO -> Artifact.AudioScript.class;
      case VIDEO -> Artifact.VideoScript.class;
    };
  }

  static StoredArtifact artifact(ResultSet row) throws SQLException {
    return new StoredArtifact(
        Json.read(row.getString("body"), type(format(row))),
        row.getInt("version"),
        Names.origin(row.getString("origin")),
        Values.maybeText(row, "note"),
        findings(Json.readList(row.getString("notes"), NoteJson.class)),
        JobRow.engine(row),
        row.getBoolean("cached"),
        Values.time(row, "added_at"));
  }

  static PieceVersion version(ResultSet row) throws SQLException {
    return new PieceVersion(
        row.getInt("version"),
        Names.origin(row.getString("origin")),
        Values.maybeText(row, "note"),
        JobRow.engine(row),
        Values.time(row, "added_at"));
  }

  private static Format format(ResultSet row) throws SQLException {
    String name = row.getString("format");
    if (name == null) {
      throw Json.unreadable("event without its piece");
    }
    return Names.format(name);
  }
}
