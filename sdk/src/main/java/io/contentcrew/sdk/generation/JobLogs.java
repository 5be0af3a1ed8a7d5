package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The logs of the jobs that run here, for readers to find. Safe for use by many threads. */
final class JobLogs {
  private final ConcurrentHashMap<JobId, JobLog> open = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<JobId, CountDownLatch> awaited = new ConcurrentHashMap<>();

  void add(JobLog log) {
    open.put(log.id(), log);
    CountDownLatch latch = awaited.remove(log.id());
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Closes the log; readers that hold it read on to its end. */
  void close(JobLog log) {
    open.remove(log.id(), log);
    log.close();
  }

  Optional<JobLog> find(JobId id) {
    return Optional.ofNullable(open.get(id));
  }

  /** Waits until the job runs here, or the time is over. */
  void await(JobId id, long nanos) throws InterruptedException {
    CountDownLatch latch = awaited.computeIfAbsent(id, any -> new CountDownLatch(1));
    try {
      if (!open.containsKey(id)) { // it may have been added before the latch was
        latch.await(nanos, TimeUnit.NANOSECONDS);
      }
    } finally {
      awaited.remove(id, latch); // others who wait at it come round by the clock
    }
  }

  /** Lets all who wait go. */
  void wakeAll() {
    awaited.values().forEach(CountDownLatch::countDown);
  }
}
