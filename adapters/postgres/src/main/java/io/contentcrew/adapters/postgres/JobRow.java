package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Between jobs and their rows. */
final class JobRow {
  /** What {@link #job} reads. */
  static final String COLUMNS =
      """
      id, owner, topic, formats, tone, length, language, audience, brand_voice, title, revises,
      revised_version, revision_note, tier,
      period_start, period_end, engine, model, demo, status, attempt, results, failure_code,
      failure_message, cancel_requested, created_at, started_at, finished_at
      """;

  private JobRow() {}

  static Job job(ResultSet row) throws SQLException {
    return new Job(
        new JobId(Values.uuid(row, "id")),
        new UserId(Values.uuid(row, "owner")),
        brief(row),
        Values.maybeText(row, "title").map(Title::new),
        revision(row),
        new TierId(row.getString("tier")),
        new UsagePeriod(Values.time(row, "period_start"), Values.time(row, "period_end")),
        engine(row),
        Names.status(row.getString("status")),
        row.getInt("attempt"),
        JobJson.results(row.getString("results")),
        failure(row),
        row.getBoolean("cancel_requested"),
        Values.time(row, "created_at"),
        Values.maybeTime(row, "started_at"),
        Values.maybeTime(row, "finished_at"));
  }

  private static Optional<Revision> revision(ResultSet row) throws SQLException {
    Optional<UUID> of = Values.maybeUuid(row, "revises");
    return of.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Revision(
                new JobId(of.get()),
                formats(row).iterator().next(),
                row.getInt("revised_version"),
                Values.maybeText(row, "revision_note")));
  }

  private static Set<Format> formats(ResultSet row) throws SQLException {
    Set<Format> formats = EnumSet.noneOf(Format.class);
    for (String name : (String[]) row.getArray("formats").getArray()) {
      formats.add(Names.format(name));
    }
    return formats;
  }

  private static Brief brief(ResultSet row) throws SQLException {
    return new Brief(
        row.getString("topic"),
        formats(row),
        Names.tone(row.getString("tone")),
        Names.length(row.getString("length")),
        new Language(row.getString("language")),
        Values.maybeText(row, "audience"),
        Values.maybeText(row, "brand_voice"));
  }

  static Engine engine(ResultSet row) throws SQLException {
    return new Engine(
        new EngineName(row.getString("engine")),
        new ModelName(row.getString("model")),
        row.getBoolean("demo"));
  }

  private static Optional<Failure> failure(ResultSet row) throws SQLException {
    String code = row.getString("failure_code");
    return code == null
        ? Optional.empty()
        : Optional.of(JobJson.failure(code, row.getString("failure_message")));
  }

  static Values failure(Values values, Optional<Failure> failure) {
    return values
        .text("failure_code", failure.map(why -> why.code().name()))
        .text("failure_message", failure.map(Failure::message));
  }

  static JobTask task(ResultSet row) throws SQLException {
    return new JobTask(
        Names.task(row.getString("task")),
        Names.taskState(row.getString("state")),
        Values.maybeText(row, "output"),
        Values.maybeText(row, "prompt_version"),
        new TokenUsage(row.getInt("input_tokens"), row.getInt("output_tokens")),
        Values.maybeTime(row, "started_at"),
        Values.maybeTime(row, "finished_at"));
  }
}
