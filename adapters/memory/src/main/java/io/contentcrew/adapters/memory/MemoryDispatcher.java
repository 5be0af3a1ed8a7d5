package io.contentcrew.adapters.memory;

import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.JobDispatcher;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls the handler on virtual threads. */
final class MemoryDispatcher implements JobDispatcher {
  private static final Logger LOG = System.getLogger("io.contentcrew.memory");

  /** How often it looks when nobody wakes it: the clock may go faster than its own waiting. */
  private static final Duration REGULAR_LOOK = Duration.ofMillis(500);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  /** How long interrupted handlers have to notice. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final MemoryTransactions transactions;
  private final MemoryJobQueue queue;
  private final MemoryChores chores;

  // Never held while the data is used, so that the two locks cannot wait for each other.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Thread> handlers = new HashSet<>();
  private boolean begun;
  private boolean paused;
  private boolean woken;

  MemoryDispatcher(MemoryTransactions transactions, MemoryJobQueue queue, InstantSource clock) {
    this.transactions = transactions;
    this.queue = queue;
    chores = new MemoryChores(clock);
  }

  @Override
  public void repeat(String name, Duration period, Chore chore) {
    lock.lock();
    try {
      requireNotBegun();
      chores.plan(name, period, chore);
    } finally {
      lock.unlock();
    }
  }

  private void requireNotBegun() {
    if (begun) {
      throw new IllegalStateException("the dispatcher has begun already");
    }
  }

  @Override
  public void start(int concurrency, Handler handler) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("a dispatcher needs room for one call at least");
    }
    lock.lock();
    try {
      requireNotBegun();
      begun = true;
      chores.start();
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("contentcrew-dispatcher").start(() -> dispatch(concurrency, handler));
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void dispatch(int concurrency, Handler handler) {
    try {
      while (awaitRoom(concurrency)) {
        Optional<MemoryJobQueue.Entry> due = transactions.alone(queue::takeDue);
        if (due.isPresent()) {
          call(handler, due.get());
        } else {
          awaitNextLook(transactions.alone(queue::untilNext));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("nobody interrupts the dispatcher", e);
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "the storage was closed while the dispatcher looked", e);
    }
  }

  /** Returns whether to go on. */
  private boolean awaitRoom(int concurrency) throws InterruptedException {
    lock.lock();
    try {
      while (!paused && handlers.size() >= concurrency) {
        changed.await();
      }
      return !paused;
    } finally {
      lock.unlock();
    }
  }

  private void awaitNextLook(Optional<Duration> untilNext) throws InterruptedException {
    Duration wait = untilNext.filter(due -> due.compareTo(REGULAR_LOOK) < 0).orElse(REGULAR_LOOK);
    long nanos = wait.toNanos();
    lock.lock();
    try {
      while (!woken && !paused && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  private void call(Handler handler, MemoryJobQueue.Entry entry) {
    Thread thread =
        Thread.ofVirtual()
            .name("contentcrew-job-" + entry.id())
            .unstarted(
                () -> {
                  try {
                    handle(handler, entry);
                  } finally {
                    left(Thread.currentThread());
                  }
                });
    lock.lock();
    try {
      if (paused) {
        return; // the entry is lost with the process anyway
      }
      handlers.add(thread);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private void left(Thread thread) {
    lock.lock();
    try {
      handlers.remove(thread);
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void handle(Handler handler, MemoryJobQueue.Entry entry) {
    Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(entry.failures(), MOST_DOUBLINGS));
    Runnable outcome = () -> queue.failed(entry, retry);
    try {
      outcome =
          switch (handler.handle(entry.id())) {
            case Next.Done done -> () -> queue.done(entry);
            case Next.Again again -> () -> queue.again(entry, again.in());
          };
    } catch (InterruptedException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "handling job {0} failed with {1}; it is tried again in {2}",
          entry.id(),
          e.getClass().getName(),
          retry);
    } finally {
      keep(outcome);
    }
  }

  private void keep(Runnable outcome) {
    try {
      transactions.alone(
          () -> {
            outcome.run();
            return true;
          });
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "the storage was closed before a handler returned", e);
    }
  }

  @Override
  public void pause() {
    lock.lock();
    try {
      paused = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    chores.refuse();
  }

  @Override
  public void stop(Duration grace) {
    pause();
    long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(grace);
    stopHandlers(grace);
    if (!chores.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
      chores.interrupt();
      if (!chores.await(AFTER_INTERRUPT)) {
        LOG.log(Level.WARNING, "a chore goes on although it was interrupted");
      }
    }
  }

  private void stopHandlers(Duration grace) {
    lock.lock();
    try {
      begun = true;
      if (awaitHandlers(grace)) {
        return;
      }
      handlers.forEach(Thread::interrupt);
      if (!awaitHandlers(AFTER_INTERRUPT)) {
        LOG.log(
            Level.WARNING, "{0} handlers go on although they were interrupted", handlers.size());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether all handlers have returned. */
  private boolean awaitHandlers(Duration longest) {
    return Waiting.until(changed, longest, handlers::isEmpty);
  }
}
