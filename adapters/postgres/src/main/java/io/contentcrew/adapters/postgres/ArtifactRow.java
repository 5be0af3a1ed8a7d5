package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.StoredArtifact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Between pieces and their rows. */
final class ArtifactRow {
  /** What {@link #artifact} reads, of the table under the name {@code a}. */
  static final String COLUMNS =
      """
      a.format, a.version, a.body, a.notes, a.engine, a.model, a.demo, a.cached,
      a.created_at as added_at
      """;

  private ArtifactRow() {}

  /** A note as it is kept. */
  private record NoteJson(String severity, String check, String message) {}

  static String body(Artifact artifact) {
    return Json.write(artifact);
  }

  static String notes(List<Finding> notes) {
    return Json.write(
        notes.stream()
            .map(note -> new NoteJson(note.severity().wireName(), note.check(), note.message()))
            .toList());
  }

  static StoredArtifact artifact(ResultSet row) throws SQLException {
    Class<? extends Artifact> type =
        switch (format(row)) {
          case BLOG -> Artifact.BlogPost.class;
          case SOCIAL -> Artifact.SocialPosts.class;
          case AUDIO -> Artifact.AudioScript.class;
          case VIDEO -> Artifact.VideoScript.class;
        };
    List<Finding> notes =
        Json.readList(row.getString("notes"), NoteJson.class).stream()
            .map(note -> new Finding(Names.severity(note.severity), note.check, note.message))
            .toList();
    return new StoredArtifact(
        Json.read(row.getString("body"), type),
        row.getInt("version"),
        notes,
        JobRow.engine(row),
        row.getBoolean("cached"),
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
