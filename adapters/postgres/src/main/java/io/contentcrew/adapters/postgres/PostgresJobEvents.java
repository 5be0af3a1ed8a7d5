package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.LogEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class PostgresJobEvents implements JobEvents {
  /**
   * All batches in one statement. The locks, taken in the order of the ids, keep the jobs in their
   * attempts until the commit: a worker that takes a job over waits, and then finds all that its
   * predecessor wrote.
   */
  private static final String APPEND =
      """
      with wanted as (
        select distinct job_id, attempt
        from unnest(:batch_jobs, :batch_attempts) as w (job_id, attempt)),
      live as (
        select j.id, j.attempt
        from jobs j join wanted w on w.job_id = j.id and w.attempt = j.attempt
        where j.status = 'running'
        order by j.id for no key update of j),
      written as (
      %s
        join live on live.id = e.job_id and live.attempt = e.attempt
        on conflict (job_id, last_seq) do nothing)
      select w.job_id from wanted w
      where not exists (select from live where live.id = w.job_id and live.attempt = w.attempt)
      """
          .formatted(EntryArrays.INSERT);

  private static final String APPEND_IDLE =
      EntryArrays.INSERT + " on conflict (job_id, last_seq) do nothing";

  private static final String LAST_SEQ =
      "select coalesce(max(last_seq), 0) as last_seq from job_events where job_id = :job_id";

  /** To be completed with which job and after what. */
  private static final String ENTRIES =
      """
      select e.first_seq, e.last_seq, e.at, e.kind, e.task, e.char_offset, e.text, e.ends,
             e.payload, %s
      from job_events e
      left join artifacts a
        on e.kind = 'artifact_ready' and a.job_id = e.job_id and a.format = e.payload->>'format'
        and a.version = (e.payload->>'version')::int
      where e.job_id = %%s and e.last_seq > %%s
      order by e.last_seq
      limit :limit
      """
          .formatted(ArtifactRow.COLUMNS);

  private static final String READ_AFTER = ENTRIES.formatted(":job_id", ":after");

  private static final String READ_MANY =
      """
      select p.place, e.*
      from unnest(:jobs, :afters) with ordinality as p (job_id, after, place)
      cross join lateral (
      %s) e
      order by p.place, e.last_seq
      """
          .formatted(ENTRIES.formatted("p.job_id", "p.after"));

  /** Passes over what another instance is folding. */
  private static final String FOLD =
      """
      with old as (
        select id from jobs
        where finished_at < :ended_before and not folded
        order by finished_at
        limit :limit
        for update skip locked),
      gone as (delete from job_events e using old where e.job_id = old.id and e.kind = 'text')
      update jobs set folded = true from old where jobs.id = old.id
      """;

  private final Tx tx;

  PostgresJobEvents(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Set<JobId> append(List<Batch> batches) {
    if (batches.isEmpty()) {
      return Set.of();
    }
    EntryArrays entries = new EntryArrays();
    batches.forEach(batch -> entries.add(batch.id(), batch.attempt(), batch.entries()));
    List<JobId> leftOut =
        tx.list(
            APPEND,
            values ->
                entries
                    .bind(values)
                    .uuids("batch_jobs", batches.stream().map(b -> b.id().value()).toList())
                    .numbers("batch_attempts", batches.stream().map(Batch::attempt).toList()),
            row -> new JobId(Values.uuid(row, "job_id")));
    return new HashSet<>(leftOut);
  }

  @Override
  public void appendIdle(JobId id, List<LogEntry> entries) {
    EntryArrays arrays = new EntryArrays();
    arrays.add(id, 0, entries);
    tx.update(APPEND_IDLE, arrays::bind);
  }

  @Override
  public long lastSeq(JobId id) {
    return tx.one(
        LAST_SEQ, values -> values.uuid("job_id", id.value()), row -> row.getLong("last_seq"));
  }

  @Override
  public List<LogEntry> readAfter(JobId id, long after, int limit) {
    return tx.list(
        READ_AFTER,
        values -> values.uuid("job_id", id.value()).number("after", after).number("limit", limit),
        PostgresJobEvents::entry);
  }

  private record Placed(int place, LogEntry entry) {}

  @Override
  public Map<Place, List<LogEntry>> readAfter(Set<Place> places, int limit) {
    List<Place> wanted = List.copyOf(places);
    if (wanted.isEmpty()) {
      return Map.of();
    }
    List<List<LogEntry>> read = new ArrayList<>();
    wanted.forEach(place -> read.add(new ArrayList<>()));
    tx.list(
            READ_MANY,
            values ->
                values
                    .uuids("jobs", wanted.stream().map(place -> place.id().value()).toList())
                    .numbers("afters", wanted.stream().map(Place::after).toList())
                    .number("limit", limit),
            row -> new Placed(row.getInt("place"), entry(row)))
        .forEach(placed -> read.get(placed.place - 1).add(placed.entry));
    Map<Place, List<LogEntry>> found = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      found.put(wanted.get(i), read.get(i));
    }
    return found;
  }

  private static LogEntry entry(ResultSet row) throws SQLException {
    long first = row.getLong("first_seq");
    Instant at = Values.time(row, "at");
    if (!row.getString("kind").equals(EntryArrays.TEXT)) {
      return new LogEntry.Milestone(first, row.getLong("last_seq"), at, EventJson.read(row));
    }
    return new LogEntry.TextRun(
        first,
        at,
        Names.task(row.getString("task")),
        row.getInt("char_offset"),
        row.getString("text"),
        List.of((Integer[]) row.getArray("ends").getArray()));
  }

  @Override
  public int fold(Instant endedBefore, int limit) {
    return tx.update(
        FOLD, values -> values.time("ended_before", endedBefore).number("limit", limit));
  }
}
