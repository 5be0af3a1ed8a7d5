package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.LogEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class MemoryJobEvents implements JobEvents {
  private final Turn turn;
  private final JobRows jobs;
  private final Table<JobId, Log> logs;

  MemoryJobEvents(Turn turn, JobRows jobs) {
    this.turn = turn;
    this.jobs = jobs;
    logs = new Table<>(turn);
  }

  @Override
  public Set<JobId> append(List<Batch> batches) {
    Set<JobId> leftOut = new HashSet<>();
    for (Batch batch : batches) {
      boolean runs = jobs.get(batch.id()).filter(row -> row.runsIn(batch.attempt())).isPresent();
      if (runs && follows(batch)) {
        batch.entries().forEach(log(batch.id())::append);
      } else {
        leftOut.add(batch.id());
      }
    }
    return leftOut;
  }

  private boolean follows(Batch batch) {
    return batch.entries().isEmpty()
        || batch.entries().getFirst().first() <= lastSeq(batch.id()) + 1;
  }

  @Override
  public void appendIdle(JobId id, List<LogEntry> entries) {
    if (jobs.get(id).isEmpty()) {
      throw Turn.refused("there is no such job");
    }
    entries.forEach(log(id)::append);
  }

  private Log log(JobId id) {
    return logs.get(id)
        .orElseGet(
            () -> {
              Log log = new Log(turn);
              logs.put(id, log);
              return log;
            });
  }

  @Override
  public long lastSeq(JobId id) {
    return logs.get(id).map(Log::lastSeq).orElse(0L);
  }

  @Override
  public List<LogEntry> readAfter(JobId id, long after, int limit) {
    return logs.get(id).map(log -> log.after(after, limit)).orElse(List.of());
  }

  @Override
  public Map<Place, List<LogEntry>> readAfter(Set<Place> places, int limit) {
    Map<Place, List<LogEntry>> found = new HashMap<>();
    for (Place place : places) {
      found.put(place, readAfter(place.id(), place.after(), limit));
    }
    return found;
  }

  @Override
  public int fold(Instant endedBefore, int limit) {
    List<JobRows.Ended> ended =
        jobs.unfolded().stream()
            .takeWhile(job -> job.at().isBefore(endedBefore))
            .limit(limit)
            .toList();
    for (JobRows.Ended job : ended) {
      logs.get(job.id()).ifPresent(log -> logs.put(job.id(), log.withoutText()));
      jobs.folded(job);
    }
    return ended.size();
  }

  void delete(JobId id) {
    logs.remove(id);
  }
}
