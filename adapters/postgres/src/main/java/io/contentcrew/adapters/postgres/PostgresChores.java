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
 * Calls chores, each on a thread of its own. Not by db-scheduler: there they would take the room of
 * jobs, or wait for it, and instances of an earlier version would pick what they do not know.
 */
final class PostgresChores {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Map<String, Planned> planned = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Call, Thread> working = new HashMap<>();
  private boolean refusing;
  private boolean over;

  private record Planned(Duration period, Chore chore) {}

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
    }
  }

  private void look(ChoreRows rows) {
    long kept = System.nanoTime();
    while (!isOver()) {
      try {
        keep(rows);
        kept = System.nanoTime();
        take(rows);
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "chores could not be looked for", Failures.of(e));
        if (System.nanoTime() - kept > ChoreRows.LEASE.minus(LOOK).toNanos()) {
          interrupt(Set.of()); // others take us for dead
        }
      }
      awaitNextLook();
    }
  }

  private void keep(ChoreRows rows) throws SQLException {
    Set<Call> calls = underWay();
    if (!calls.isEmpty()) {
      Set<Call> ours = rows.keep(calls);
      // What has ended meanwhile is not ours either, and has no thread any more.
      interrupt(ours);
    }
  }

  private void take(ChoreRows rows) throws SQLException {
    Set<String> names = idle();
    if (!names.isEmpty()) {
      for (Call call : rows.take(names)) {
        begin(rows, call);
      }
    }
  }

  private void begin(ChoreRows rows, Call call) {
    Planned what = planned.get(call.name());
    if (what == null) {
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name("contentcrew-chore-" + call.name())
            .unstarted(
                () -> {
                  try {
                    call(call.name(), what);
                  } finally {
                    end(rows, call, what.period);
                  }
                });
    lock.lock();
    try {
      working.put(call, thread);
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  private void call(String name, Planned what) {
    if (isRefusing()) {
      return;
    }
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
  private void end(ChoreRows rows, Call call, Duration period) {
    Thread.interrupted(); // whoever interrupts meant the chore; what follows needs the database
    try {
      rows.end(call, period);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the end of a chore could not be written", Failures.of(e));
    } finally {
      leave(call);
    }
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

  private void interrupt(Set<Call> allBut) {
    lock.lock();
    try {
      working.forEach(
          (call, thread) -> {
            if (!allBut.contains(call)) {
              thread.interrupt();
            }
          });
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
      interrupt(Set.of());
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
    long nanos = longest.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      while (!working.isEmpty() && nanos > 0) {
        try {
          nanos = changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
          interrupted = true; // whoever stops in a hurry does not wait
          nanos = 0;
        }
      }
      return working.isEmpty();
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
