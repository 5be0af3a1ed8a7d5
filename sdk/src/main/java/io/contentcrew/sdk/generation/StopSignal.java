package io.contentcrew.sdk.generation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stops the work on a job. Threads are interrupted only while they are in {@link #interruptibly}:
 * never while they talk to a store, where an interrupt would break a connection, nor after. Safe
 * for use by many threads.
 */
final class StopSignal {
  /** Why the work stops. The first reason counts. */
  enum Reason {
    /** The owner wants it so. */
    CANCELLED,
    /** The job has taken too long. */
    DEADLINE,
    /** This process ends; another one is to go on. */
    SHUTDOWN,
    /** Another process has the job, or the store has not been reached for so long that one may. */
    LOST
  }

  /** The work stops. */
  static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super(null, null, false, false);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Thread> inside = new HashSet<>();
  private @Nullable Reason reason;

  /** Stops the work. Returns false if it had been stopped already. */
  boolean stop(Reason why) {
    lock.lock();
    try {
      if (reason != null) {
        return false;
      }
      reason = why;
      inside.forEach(Thread::interrupt);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Why the work stops; empty while it does not. */
  Optional<Reason> reason() {
    lock.lock();
    try {
      return Optional.ofNullable(reason);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls what blocks, and interrupts it when the work is stopped. An interrupt from elsewhere
   * counts as a shutdown.
   */
  <T> T interruptibly(Callable<T> call) throws Stopped, Exception {
    enter();
    try {
      return call.call();
    } catch (InterruptedException e) {
      stop(Reason.SHUTDOWN);
      throw new Stopped();
    } finally {
      leave();
    }
  }

  private void enter() throws Stopped {
    lock.lock();
    try {
      if (reason != null) {
        throw new Stopped();
      }
      inside.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      inside.remove(Thread.currentThread());
      if (reason != null) {
        // ours, and it may have come too late to be noticed: the thread goes on to tidy up
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
