package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs jobs in this process, each on a thread of its own that nobody interrupts, at most so many at
 * a time. A job whose submit found a place free starts at once; the others come through the queue.
 * Safe for use by many threads.
 */
final class Workers implements JobDispatcher.Handler {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final Duration WAIT_FOR_PLACE = Duration.ofSeconds(2);
  private static final Duration COME_AGAIN = Duration.ofMillis(500);

  private final RunGeneration runGeneration;
  private final RunningJobs running;
  private final Semaphore places;
  private final int concurrency;
  private volatile boolean closed;

  Workers(RunGeneration runGeneration, RunningJobs running, int concurrency) {
    this.runGeneration = runGeneration;
    this.running = running;
    this.concurrency = concurrency;
    this.places = new Semaphore(concurrency, true);
  }

  /**
   * Keeps a place for a job that is about to be submitted, unless others wait for one: to be used
   * with {@link #start} or given back.
   */
  boolean reserve() {
    return !closed && !places.hasQueuedThreads() && places.tryAcquire();
  }

  /** Gives a reserved place back. */
  void giveBack() {
    places.release();
  }

  /** Starts a job in a reserved place. If that fails, the queue has the job still. */
  void start(JobId id) {
    Thread.ofVirtual()
        .name("job-" + id)
        .start(
            () -> {
              try {
                runGeneration.run(id);
              } catch (RuntimeException e) {
                LOG.log(
                    Level.WARNING,
                    "Job " + id + " could not be run; the queue will try it again",
                    e);
              } finally {
                places.release();
              }
            });
  }

  @Override
  public Next handle(JobId id) throws InterruptedException {
    if (closed || !places.tryAcquire(WAIT_FOR_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Next.Again(COME_AGAIN);
    }
    CompletableFuture<Next> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("job-" + id)
        .start(
            () -> {
              try {
                end.complete(runGeneration.run(id));
              } catch (RuntimeException e) {
                end.completeExceptionally(e);
              } finally {
                places.release();
              }
            });
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Starts no more jobs. */
  void drain() {
    closed = true;
  }

  /** Starts no more jobs, stops those that run, and waits for them to be given back. */
  void close(Duration patience) {
    closed = true;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      do {
        running.stopAll(StopSignal.Reason.SHUTDOWN); // again and again: one may just be starting
      } while (!places.tryAcquire(concurrency, 50, TimeUnit.MILLISECONDS)
          && System.nanoTime() < deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (running.count() > 0) {
      LOG.log(
          Level.WARNING,
          "{0} jobs did not stop in time; another instance will take them over",
          running.count());
    }
  }
}
