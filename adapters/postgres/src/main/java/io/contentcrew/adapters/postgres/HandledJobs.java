package io.contentcrew.adapters.postgres;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher.Handler;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The calls of the handler that are under way, and what becomes of their entries. */
final class HandledJobs {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  /** How long interrupted handlers have to notice. */
  static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final Handler handler;
  private final QueueRows rows;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Set<Thread> threads = new HashSet<>();
  private boolean draining;

  HandledJobs(Handler handler, QueueRows rows) {
    this.handler = handler;
    this.rows = rows;
  }

  /** What is written down when a handler has returned. */
  private interface Outcome {
    void write(Execution entry) throws SQLException;
  }

  /** Called by db-scheduler, on a thread for this entry alone. */
  CompletionHandler<Void> handle(TaskInstance<Void> instance, ExecutionContext context) {
    Execution entry = context.getExecution();
    if (!enter()) {
      return completion(this::untouched);
    }
    Outcome outcome;
    try {
      outcome = outcome(handler.handle(new JobId(UUID.fromString(instance.getId()))));
    } catch (InterruptedException | RuntimeException e) {
      outcome = isDraining() ? this::untouched : failure(entry, e);
    } finally {
      leave();
    }
    return completion(outcome);
  }

  private Outcome outcome(Next next) {
    return switch (next) {
      case Next.Done done -> rows::remove;
      case Next.Again again -> entry -> rows.putBack(entry, again.in(), 0);
    };
  }

  private Outcome failure(Execution entry, Throwable thrown) {
    Duration retry =
        FIRST_RETRY.multipliedBy(1L << Math.min(entry.consecutiveFailures, MOST_DOUBLINGS));
    LOG.log(
        Level.WARNING,
        "handling job {0} failed with {1}; it is tried again in {2}",
        entry.getId(),
        thrown.getClass().getName(),
        retry);
    return failed -> rows.putBack(failed, retry, failed.consecutiveFailures + 1);
  }

  /** Leaves the entry to others, as this process stops. */
  private void untouched(Execution entry) throws SQLException {
    rows.putBack(entry, Duration.ZERO, entry.consecutiveFailures);
  }

  /** An error, of which the handler catches none. */
  void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    Throwable thrown = complete.getCause().orElseGet(() -> new AssertionError("unknown"));
    write(failure(complete.getExecution(), thrown), complete.getExecution());
  }

  /** The instance that handled the entry is dead. */
  void revive(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    Execution entry = complete.getExecution();
    LOG.log(Level.INFO, "the instance that handled job {0} is lost", entry.getId());
    write(this::untouched, entry);
  }

  private static CompletionHandler<Void> completion(Outcome outcome) {
    return (complete, operations) -> write(outcome, complete.getExecution());
  }

  /**
   * Where the database is away the entry stays as it is, and is revived like that of a dead
   * instance; the job itself knows how far it was.
   */
  private static void write(Outcome outcome, Execution entry) {
    try {
      outcome.write(entry);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  private boolean enter() {
    lock.lock();
    try {
      return !draining && threads.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      left.signalAll();
      // Whoever interrupts meant the handler; what follows has to reach the database.
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDraining() {
    lock.lock();
    try {
      return draining;
    } finally {
      lock.unlock();
    }
  }

  /** Lets no call begin, waits for those under way, and interrupts those that take longer. */
  void drain(Duration grace) {
    lock.lock();
    try {
      draining = true;
      if (!awaitEmpty(grace)) {
        threads.forEach(Thread::interrupt);
        if (!awaitEmpty(AFTER_INTERRUPT)) {
          LOG.log(
              Level.WARNING, "{0} handlers go on although they were interrupted", threads.size());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitEmpty(Duration longest) {
    return Waiting.until(left, longest, threads::isEmpty);
  }
}
