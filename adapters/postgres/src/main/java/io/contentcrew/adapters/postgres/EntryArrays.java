package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entries of logs as columns, so that any number of them goes over in one statement. */
final class EntryArrays {
  /** The kind of an entry with text. */
  static final String TEXT = "text";

  /** Writes what {@link #bind} binds; the rows are known as {@code e}. */
  static final String INSERT =
      """
        insert into job_events (
          job_id, first_seq, last_seq, at, kind, task, char_offset, text, ends, payload)
        select
          e.job_id, e.first_seq, e.last_seq, e.at, e.kind, e.task, e.char_offset, e.text,
          e.ends::int[], e.payload::jsonb
        from unnest(
            :jobs, :attempts, :firsts, :lasts, :ats, :kinds, :tasks, :offsets, :texts, :ends,
            :payloads)
          as e (
            job_id, attempt, first_seq, last_seq, at, kind, task, char_offset, text, ends,
            payload)
      """;

  private final List<UUID> jobs = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private final List<Long> firsts = new ArrayList<>();
  private final List<Long> lasts = new ArrayList<>();
  private final List<Instant> ats = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();
  private final List<@Nullable String> tasks = new ArrayList<>();
  private final List<@Nullable Integer> offsets = new ArrayList<>();
  private final List<@Nullable String> texts = new ArrayList<>();
  private final List<@Nullable String> ends = new ArrayList<>();
  private final List<@Nullable String> payloads = new ArrayList<>();

  void add(JobId id, int attempt, List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      jobs.add(id.value());
      attempts.add(attempt);
      firsts.add(entry.first());
      lasts.add(entry.last());
      ats.add(entry.at());
      switch (entry) {
        case LogEntry.TextRun run -> add(run);
        case LogEntry.Milestone milestone -> add(milestone);
      }
    }
  }

  private void add(LogEntry.TextRun run) {
    kinds.add(TEXT);
    tasks.add(run.task().wireName());
    offsets.add(run.offset());
    texts.add(run.text());
    ends.add(run.ends().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    payloads.add(null);
  }

  private void add(LogEntry.Milestone milestone) {
    EventJson.Kept kept = EventJson.kept(milestone.event());
    kinds.add(kept.kind());
    tasks.add(null);
    offsets.add(null);
    texts.add(null);
    ends.add(null);
    payloads.add(Json.write(kept.payload()));
  }

  Values bind(Values values) {
    return values
        .uuids("jobs", jobs)
        .numbers("attempts", attempts)
        .numbers("firsts", firsts)
        .numbers("lasts", lasts)
        .times("ats", ats)
        .texts("kinds", kinds)
        .texts("tasks", tasks)
        .numbers("offsets", offsets)
        .texts("texts", texts)
        .texts("ends", ends)
        .texts("payloads", payloads);
  }
}
