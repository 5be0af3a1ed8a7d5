package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.ports.CrewObserver;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** What all running jobs share. Safe for use by many threads. */
record RunContext(
    Commits commits,
    LogFlusher flusher,
    UserSlots slots,
    TierCatalog catalog,
    CrewObserver observer,
    InstantSource clock,
    Duration jobTimeout,
    Semaphore judging) {
  static final Failure FAULT_OF_OURS =
      new Failure(
          Failure.Code.INTERNAL_ERROR, "Something went wrong on our side; it has been noted.");

  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");

  /** Sees to it that what was written is stored soon. */
  void wrote(JobLog log, boolean becameDirty) {
    if (becameDirty) {
      flusher.dirty(log);
    }
  }

  /** How many agents of a user on that tier may work at the same time. */
  int parallelTasks(TierId tier) {
    return catalog.findOrFree(tier).limits().parallelTasks();
  }

  /** Now, as exactly as every store can keep it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Why a job ends that takes too long. */
  Failure deadline() {
    return new Failure(
        Failure.Code.DEADLINE_EXCEEDED,
        "The job took longer than the "
            + jobTimeout.toMinutes()
            + " minutes a job may take. What was finished is kept.");
  }

  /** Notes a fault of ours. */
  void bug(String what, Throwable e) {
    LOG.log(Level.ERROR, what, e);
  }

  /** Tells observers that a job has ended. */
  void ended(
      Job job,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    if (status == JobStatus.FAILED || status == JobStatus.PARTIAL) {
      LOG.log(Level.INFO, "Job {0} ended {1}: {2}", job.id(), status.wireName(), codes(results));
    }
    observer.jobEnded(job.ended(status, results, failure, now));
  }

  /** Why formats failed, without what the messages say of their text. */
  private static String codes(Map<Format, FormatResult> results) {
    return results.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof FormatResult.Failed)
        .map(
            entry ->
                entry.getKey().wireName()
                    + " "
                    + ((FormatResult.Failed) entry.getValue()).failure().code())
        .collect(Collectors.joining(", "));
  }
}
