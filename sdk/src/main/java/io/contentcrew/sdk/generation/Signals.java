package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Listening;
import io.contentcrew.ports.generation.JobSignals.Signal;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Tells other instances what is new here, and hears from them. The first way that works is taken,
 * and all ways are listened to. What comes in quick succession goes together, so that the cost does
 * not grow with the number of jobs. Safe for use by many threads.
 */
final class Signals implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final long PAUSE_MILLIS = 20;

  private final List<JobSignals> ways;
  private final List<Listening> listenings = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Thread thread;
  private Set<Signal> waiting = new LinkedHashSet<>();
  private boolean urgent;
  private boolean closed;

  /**
   * Ways to other instances, the best first.
   *
   * @param onGrown is told which jobs' logs have grown in the store
   * @param onCancel is told which jobs somebody wants to stop
   */
  Signals(List<JobSignals> ways, Consumer<JobId> onGrown, Consumer<JobId> onCancel) {
    this.ways = List.copyOf(ways);
    for (JobSignals way : ways) {
      listenings.add(
          way.listen(
              signal -> {
                switch (signal.kind()) {
                  case GROWN -> onGrown.accept(signal.id());
                  case CANCEL -> onCancel.accept(signal.id());
                }
              }));
    }
    thread = Thread.ofVirtual().name("signals").unstarted(this::run);
    if (!ways.isEmpty()) {
      thread.start();
    }
  }

  /** Whether we would hear of what is new elsewhere; if not, it is time to look more often. */
  boolean hears() {
    return listenings.isEmpty() || listenings.getFirst().hears();
  }

  /** What these jobs have written is stored. */
  void grown(Collection<JobId> ids) {
    add(ids, Kind.GROWN);
  }

  /** Somebody wants the job to stop. */
  void cancel(JobId id) {
    add(List.of(id), Kind.CANCEL);
  }

  private void add(Collection<JobId> ids, Kind kind) {
    if (ways.isEmpty() || ids.isEmpty()) {
      return;
    }
    boolean late;
    lock.lock();
    try {
      late = closed;
      if (!late) {
        ids.forEach(id -> waiting.add(new Signal(kind, id)));
        urgent |= kind == Kind.CANCEL;
        something.signal();
      }
    } finally {
      lock.unlock();
    }
    if (late) { // a request that this process still serves while it stops
      send(ids.stream().map(id -> new Signal(kind, id)).toList());
    }
  }

  private void run() {
    try {
      Set<Signal> next = take();
      while (!next.isEmpty()) {
        send(next);
        next = take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; others look by themselves
    }
  }

  /** Waits for signals; nothing when there will be no more. */
  private Set<Signal> take() throws InterruptedException {
    lock.lock();
    try {
      long pause = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
      while (!closed && (waiting.isEmpty() || (pause > 0 && !urgent))) {
        if (pause > 0) {
          pause = something.awaitNanos(pause);
        } else {
          something.await();
        }
      }
      Set<Signal> taken = waiting;
      waiting = new LinkedHashSet<>();
      urgent = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void send(Collection<Signal> signals) {
    for (JobSignals way : ways) {
      try {
        way.send(signals);
        return;
      } catch (PortException e) {
        LOG.log(
            Level.DEBUG,
            "{0} signals did not go the usual way: {1}",
            signals.size(),
            e.getMessage());
      } catch (RuntimeException e) { // a bug must not end the thread
        LOG.log(Level.ERROR, "Signals could not be sent", e);
      }
    }
  }

  /** Sends what there is, and hears no more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (!ways.isEmpty()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listenings.forEach(Listening::close);
  }
}
