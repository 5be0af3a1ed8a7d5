package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.sdk.generation.JobLog.Unstored;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Changes of a job's state by the worker that runs it, each together with the events that tell of
 * it, in one transaction under the fencing token. While the store cannot be reached they are tried
 * again, for as long as the job is surely still ours.
 *
 * <p>Only a few are under way at a time, in the order in which they came, and the others wait here,
 * however long it takes: when hundreds of jobs end a task together, neither do requests have to
 * wait behind them for a connection to the store, nor do they give up because it is busy.
 */
final class Commits {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final long IN_A_HURRY = Duration.ofSeconds(5).toNanos();
  private static final int MOST_AT_ONCE = 4;

  private final Transactions transactions;
  private final Signals signals;
  private final Duration patience;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private volatile boolean closing;

  /**
   * Commits to those stores.
   *
   * @param patience how long a commit is tried while the store cannot be reached
   */
  Commits(Transactions transactions, Signals signals, Duration patience) {
    this.transactions = transactions;
    this.signals = signals;
    this.patience = patience;
  }

  /** The job is not ours any more, or the store was away for too long to know. */
  static final class Abandoned extends Exception {
    private static final long serialVersionUID = 1L;

    Abandoned(String message) {
      super(message, null, false, false);
    }
  }

  /** Somebody else has the job: rolls the transaction back. */
  private static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fenced() {
      super(null, null, false, false);
    }
  }

  /**
   * Tries no commit for longer than a few seconds any more: the process is about to end, and what
   * it cannot store another one does again.
   */
  void hurry() {
    closing = true;
  }

  /** Does other work at the store in turn with the commits. */
  <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  /**
   * Commits a change and appends its events.
   *
   * @param durable whether to wait until it can survive a crash of the store
   * @param change returns false if the job is not ours; where the answer of the store was lost it
   *     is made again
   */
  void commit(
      JobLog log, List<? extends JobEvent> events, boolean durable, Predicate<Stores> change)
      throws Abandoned {
    turns.acquireUninterruptibly(); // before the log stands still
    try {
      Unstored unstored = log.beginCommit(events);
      boolean committed = false;
      try {
        storeInTurn(log, unstored, durable, change);
        committed = true;
        signals.grown(List.of(log.id()));
      } finally {
        log.endCommit(unstored, events, committed);
      }
    } finally {
      turns.release();
    }
  }

  /**
   * The same entries at each try, and nothing is appended in between: where the answer to a try was
   * lost, the store knows them again. Others have the turn during a pause.
   */
  private void storeInTurn(JobLog log, Unstored unstored, boolean durable, Predicate<Stores> change)
      throws Abandoned {
    long begun = System.nanoTime();
    long deadline = begun + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        store(unstored, durable, change);
        return;
      } catch (Fenced e) {
        throw new Abandoned("job " + log.id() + " was taken over by another worker");
      } catch (PortUnavailableException e) {
        if (System.nanoTime() > (closing ? Math.min(deadline, begun + IN_A_HURRY) : deadline)) {
          throw new Abandoned("the store has been away for too long to go on with job " + log.id());
        }
        LOG.log(
            pause.equals(FIRST_PAUSE) ? Level.WARNING : Level.DEBUG,
            "Cannot store what became of job {0}; trying again: {1}",
            log.id(),
            e.getMessage());
      }
      turns.release();
      try {
        pause = sleep(pause);
      } finally {
        turns.acquireUninterruptibly();
      }
    }
  }

  private void store(Unstored unstored, boolean durable, Predicate<Stores> change) {
    Transactions.Work<Boolean> work =
        stores -> {
          if (!unstored.starts().isEmpty()) {
            stores.jobs().startTasks(unstored.starts());
          }
          boolean ours =
              stores.events().append(List.of(unstored.batch())).isEmpty() && change.test(stores);
          if (!ours) {
            throw new Fenced();
          }
          return true;
        };
    if (durable) {
      transactions.inTransaction(work);
    } else {
      transactions.inRelaxedTransaction(work);
    }
  }

  /** Stores what there is and leaves the job to another worker. */
  void giveBack(JobLog log, Job job) throws Abandoned {
    commit(
        log,
        List.of(),
        true,
        stores -> {
          stores.queue().postpone(List.of(job.id()), Duration.ZERO);
          return stores.jobs().giveBack(job.id(), job.attempt());
        });
  }

  /**
   * Sleeps, more or less for the pause, and returns the next one. An interrupt ends the sleep and
   * is kept: the caller tries at once, and its patience counts.
   */
  private static Duration sleep(Duration pause) {
    try {
      Thread.sleep(
          pause.dividedBy(2).plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }
}
