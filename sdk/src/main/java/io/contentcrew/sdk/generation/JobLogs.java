package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The logs of the jobs that run here, for readers to find. Safe for use by many threads. */
final class JobLogs {
  private final ConcurrentHashMap<JobId, JobLog> open = new ConcurrentHashMap<>();
  private final Bells bells;

  /** No logs yet; {@code bells} ring for those that come. */
  JobLogs(Bells bells) {
    this.bells = bells;
  }

  void add(JobLog log) {
    open.put(log.id(), log);
    bells.ring(log.id());
  }

  /** Closes the log; readers that hold it read on to its end. */
  void close(JobLog log) {
    open.remove(log.id(), log);
    log.close();
  }

  Optional<JobLog> find(JobId id) {
    return Optional.ofNullable(open.get(id));
  }
}
