package io.contentcrew.adapters.postgres;

import io.contentcrew.adapters.postgres.ChoreRows.Call;
import io.contentcrew.ports.generation.JobDispatcher.Chore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Calls chores, each on a thread of its own, for as long as this instance holds their lease. Why
 * not by db-scheduler is in docs/adr/2026-11-23-chores.md.
 */
final class PostgresChores {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Counted from when the last good sign of life was begun; leaves a chore time to end. */
  private static final Duration GIVE_UP = ChoreRows.LEASE.minusSeconds(5);

  private final Map<String, Planned> planned = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Call, Work> working = new HashMap<>();
  private final Duration giveUp;
  private boolean refusing;
  private boolean over;

  private record Planned(Duration period, Chore chore) {}

  /** A call under way; guarded by the lock. */
  private static final class Work {
    private final Thread thread;
    private long keptAt;
    private boolean mayInterrupt = true;

    Work(Thread thread, long keptAt) {
      this.thread = thread;
      this.keptAt = keptAt;
    }

    /** Once: whoever clears up after it is not to be interrupted again. */
    void interrupt() {
      if (mayInterrupt) {
        mayInterrupt = false;
        thread.interrupt();
      }
    }
  }

  PostgresChores() {
    this(GIVE_UP);
  }

  PostgresChores(Duration giveUp) {
    this.giveUp = giveUp;
  }

  /** Plans a chore, before the start. */
  void plan(String name, Duration period, Chore chore) {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("the period of a chore is positive");
    }
    if (planned.putIfAbsent(name, new Planned(period, chore)) != null) {
      throw new IllegalStateException("there is a chore " + name + " already");
    }
  }

  void start(ChoreRows rows) throws SQLException {
    if (!planned.isEmpty()) {
      rows.add(planned.keySet());
      Thread.ofPlatform().name("contentcrew-chores").daemon().start(() -> look(rows));
      Thread.ofPlatform().name("contentcrew-chores-leases").daemon().start(this::watchLeases);
    }
  }

  private void look(ChoreRows rows) {
    while (!isOver()) {
      try {
        keep(rows);
        take(rows);
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "chores could not be looked for", Failures.of(e));
      }
      awaitNextLook();
    }
  }

  /** On a thread of its own: the one that looks may be waiting for the database. */
  private void watchLeases() {
    while (!isOver()) {
      interruptUnkept();
      awaitNextLook();
    }
  }

  private void interruptUnkept() {
    long now = System.nanoTime();
    lock.lock();
    try {
      for (Work work : working.values()) {
        if (now - work.keptAt >= giveUp.toNanos()) {
          work.interrupt(); // others are about to take us for dead
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void keep(ChoreRows rows) throws SQLException {
    Set<Call> calls = underWay();
    if (!calls.isEmpty()) {
      long begun = System.nanoTime();
      Set<Call> ours = rows.keep(calls);
      kept(calls, ours, begun);
    }
  }

  private void kept(Set<Call> calls, Set<Call> ours, long begun) {
    lock.lock();
    try {
      for (Call call : calls) {
        Work work = working.get(call);
        if (work != null && ours.contains(call)) {
          work.keptAt = begun;
        } else if (work != null) {
          work.interrupt(); // another's now
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(ChoreRows rows) throws SQLException {
    Set<String> names = idle();
    if (!names.isEmpty()) {
      long begun = System.nanoTime();
      for (Call call : rows.take(names)) {
        begin(rows, call, begun);
      }
    }
  }

  private void begin(ChoreRows rows, Call call, long keptAt) {
    Planned what = planned.get(call.name());
    if (what == null) {
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name("contentcrew-chore-" + call.name())
            .unstarted(
                () -> {
                  // What was not begun is due at once, for another instance.
                  Duration next = isRefusing() ? Duration.ZERO : what.period;
                  try {
                    if (next.isPositive()) {
                      call(call.name(), what);
                    }
                  } finally {
                    end(rows, call, next);
                  }
                });
    lock.lock();
    try {
      working.put(call, new Work(thread, keptAt));
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private void call(String name, Planned what) {
    try {
      what.chore.run();
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "chore {0} failed with {1}; it is done again in {2}",
          name,
          e.getClass().getName(),
          what.period);
    }
  }

  /** Where its end cannot be written the lease ends, and it is done again then. */
  private void end(ChoreRows rows, Call call, Duration next) {
    leaveInPeace(call);
    try {
      rows.end(call, next);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the end of a chore could not be written", Failures.of(e));
    } finally {
      leave(call);
    }
  }

  /** Whoever interrupts means the chore; what follows needs the database. */
  private void leaveInPeace(Call call) {
    lock.lock();
    try {
      Work work = working.get(call);
      if (work != null) {
        work.mayInterrupt = false;
      }
    } finally {
      lock.unlock();
    }
    Thread.interrupted();
  }

  private void leave(Call call) {
    lock.lock();
    try {
      working.remove(call);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitNextLook() {
    lock.lock();
    try {
      long nanos = LOOK.toNanos();
      while (!over && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts who looks for chores", e);
    } finally {
      lock.unlock();
    }
  }

  private Set<Call> underWay() {
    lock.lock();
    try {
      return Set.copyOf(working.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Those of which no call is under way here; none if no more are to begin. */
  private Set<String> idle() {
    lock.lock();
    try {
      Set<String> names = working.keySet().stream().map(Call::name).collect(Collectors.toSet());
      return refusing
          ? Set.of()
          : planned.keySet().stream()
              .filter(name -> !names.contains(name))
              .collect(Collectors.toSet());
    } finally {
      lock.unlock();
    }
  }

  private void interruptAll() {
    lock.lock();
    try {
      working.values().forEach(Work::interrupt);
    } finally {
      lock.unlock();
    }
  }

  private boolean isRefusing() {
    lock.lock();
    try {
      return refusing;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  /** Lets no call begin any more. */
  void refuse() {
    lock.lock();
    try {
      refusing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for calls under way, interrupts those that take longer, and looks no more. */
  void drain(Duration grace) {
    if (!awaitNone(grace)) {
      interruptAll();
      if (!awaitNone(HandledJobs.AFTER_INTERRUPT)) {
        LOG.log(Level.WARNING, "a chore goes on although it was interrupted");
      }
    }
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitNone(Duration longest) {
    lock.lock();
    try {
      return Waiting.until(changed, longest, working::isEmpty);
    } finally {
      lock.unlock();
    }
  }
}
