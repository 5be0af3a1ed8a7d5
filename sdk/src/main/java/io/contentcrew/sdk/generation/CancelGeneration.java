package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.LogEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stops a job for its owner. What was finished by then is kept, and paid for; the rest is given
 * back. Safe for use by many threads.
 */
public final class CancelGeneration {
  static final Failure CANCELLED = new Failure(Failure.Code.CANCELLED, "You stopped the job.");

  private final Transactions transactions;
  private final RunningJobs running;
  private final Signals signals;
  private final CrewObserver observer;
  private final InstantSource clock;

  CancelGeneration(
      Transactions transactions,
      RunningJobs running,
      Signals signals,
      CrewObserver observer,
      InstantSource clock) {
    this.transactions = transactions;
    this.running = running;
    this.signals = signals;
    this.observer = observer;
    this.clock = clock;
  }

  /** What became of the wish. */
  public sealed interface Outcome {
    /** The job has been stopped, or is about to be. */
    record Stopping(Job job) implements Outcome {}

    /** There is nothing to stop: the job was over. */
    record AlreadyOver(Job job) implements Outcome {}

    /** The user has no such job. */
    record NotFound() implements Outcome {}
  }

  /**
   * Cancels. A job that waits is over when this returns; of one that runs the model is let go
   * within half a second. Idempotent.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public Outcome cancel(JobId id, UserId owner) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Outcome outcome =
        transactions.inTransaction(
            stores ->
                stores
                    .jobs()
                    .lock(id)
                    .filter(job -> job.owner().equals(owner))
                    .map(job -> cancel(stores, job, now))
                    .orElseGet(Outcome.NotFound::new));
    if (outcome instanceof Outcome.Stopping(Job job)) {
      if (job.status() == JobStatus.CANCELLED) {
        signals.grown(List.of(id));
        observer.jobEnded(job);
      } else {
        running.cancel(id);
        signals.cancel(id);
      }
    }
    return outcome;
  }

  private static Outcome cancel(Stores stores, Job job, Instant now) {
    return switch (job.status()) {
      case PENDING -> new Outcome.Stopping(cancelPending(stores, job, now));
      case RUNNING -> {
        stores.jobs().requestCancel(job.id());
        yield new Outcome.Stopping(job);
      }
      case COMPLETED, PARTIAL, FAILED, CANCELLED -> new Outcome.AlreadyOver(job);
    };
  }

  private static Job cancelPending(Stores stores, Job job, Instant now) {
    Map<Format, FormatResult> results = new EnumMap<>(job.results());
    results.replaceAll(
        (format, result) ->
            result instanceof FormatResult.Open ? new FormatResult.Failed(CANCELLED) : result);
    long next = stores.events().lastSeq(job.id()) + 1;
    stores
        .events()
        .appendIdle(
            job.id(), List.of(LogEntry.Milestone.of(next, now, new JobEvent.Cancelled(results))));
    stores.usage().release(job.id());
    stores.queue().remove(job.id());
    Optional<Failure> why = Optional.of(CANCELLED);
    if (!stores.jobs().finishPending(job.id(), JobStatus.CANCELLED, results, why, now)) {
      throw new IllegalStateException("job " + job.id() + " changed under its lock");
    }
    return job.ended(JobStatus.CANCELLED, results, why, now);
  }
}
