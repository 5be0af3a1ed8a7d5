package io.contentcrew.adapters.memory;

import io.contentcrew.ports.generation.JobDispatcher.Chore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls chores again and again, each on a virtual thread of its own. */
final class MemoryChores {
  private static final Logger LOG = System.getLogger("io.contentcrew.memory");

  /** How often it looks at the clock, which may go faster than its own waiting. */
  private static final Duration REGULAR_LOOK = Duration.ofMillis(500);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Planned> planned = new HashMap<>();
  private final Set<Thread> working = new HashSet<>();
  private boolean stopped;

  private record Planned(Duration period, Chore chore) {}

  MemoryChores(InstantSource clock) {
    this.clock = clock;
  }

  /** Plans a chore, before the start. */
  void plan(String name, Duration period, Chore chore) {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("the period of a chore is positive");
    }
    lock.lock();
    try {
      if (planned.putIfAbsent(name, new Planned(period, chore)) != null) {
        throw new IllegalStateException("there is a chore " + name + " already");
      }
    } finally {
      lock.unlock();
    }
  }

  void start() {
    lock.lock();
    try {
      planned.forEach(
          (name, what) ->
              Thread.ofVirtual().name("contentcrew-chore-" + name).start(() -> repeat(name, what)));
    } finally {
      lock.unlock();
    }
  }

  private void repeat(String name, Planned what) {
    while (enter()) {
      try {
        what.chore.run();
      } catch (RuntimeException | Error e) {
        LOG.log(
            Level.WARNING,
            "chore {0} failed with {1}; it is done again in {2}",
            name,
            e.getClass().getName(),
            what.period);
      } finally {
        leave();
      }
      awaitDue(clock.instant().plus(what.period));
    }
  }

  /** Returns whether there is anything to do any more. */
  private boolean enter() {
    lock.lock();
    try {
      return !stopped && working.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      working.remove(Thread.currentThread());
      // Whoever interrupts meant the chore.
      Thread.interrupted();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitDue(Instant due) {
    lock.lock();
    try {
      while (!stopped && clock.instant().isBefore(due)) {
        Duration left = Duration.between(clock.instant(), due);
        Duration look = left.compareTo(REGULAR_LOOK) < 0 ? left : REGULAR_LOOK;
        if (look.isPositive()) {
          changed.awaitNanos(look.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("nobody interrupts a chore that waits", e);
    } finally {
      lock.unlock();
    }
  }

  /** Lets no call begin any more. */
  void refuse() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no call is under way; returns whether that is so in time. */
  boolean await(Duration longest) {
    lock.lock();
    try {
      return Waiting.until(changed, longest, working::isEmpty);
    } finally {
      lock.unlock();
    }
  }

  void interrupt() {
    lock.lock();
    try {
      working.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }
}
