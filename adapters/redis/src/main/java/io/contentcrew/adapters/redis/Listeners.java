package io.contentcrew.adapters.redis;

import io.contentcrew.ports.generation.JobSignals.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen to signals, and the one thread that calls them. What they are too slow for is
 * dropped, the oldest first: a signal is a hint, and the newest is worth most. Safe for use by many
 * threads.
 */
final class Listeners implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.redis");
  private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final int room;
  private final List<Registered> all = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Signal> queue = new ArrayDeque<>();
  private final Thread thread;
  private long dropped;
  private long told;
  private long toldAt = System.nanoTime() - BETWEEN_WARNINGS.toNanos();
  private boolean closed;

  /** One who listens; a class, as the same consumer may listen twice. */
  private final class Registered implements Runnable {
    private final Consumer<Signal> listener;

    private Registered(Consumer<Signal> listener) {
      this.listener = listener;
    }

    /** Listens no more. */
    @Override
    public void run() {
      all.remove(this);
    }
  }

  Listeners(int room) {
    this.room = room;
    thread = Thread.ofPlatform().daemon().name("contentcrew-redis-listeners").unstarted(this::call);
  }

  void start() {
    thread.start();
  }

  /** Adds one who listens; what is returned takes it away again. */
  Runnable add(Consumer<Signal> listener) {
    Registered registered = new Registered(listener);
    all.add(registered);
    return registered;
  }

  /** Has the listeners called with {@code signal}, soon. */
  void hear(Signal signal) {
    lock.lock();
    try {
      if (closed || all.isEmpty()) {
        return;
      }
      if (queue.size() == room) {
        queue.remove();
        dropped++;
      }
      queue.add(signal);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** How many signals were dropped so far. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  private void call() {
    for (Signal next = next(); next != null; next = next()) {
      for (Registered registered : all) {
        call(registered.listener, next);
      }
      tellOfDropped();
    }
  }

  private void tellOfDropped() {
    long count = dropped();
    long now = System.nanoTime();
    if (count > told && now - toldAt > BETWEEN_WARNINGS.toNanos()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "listeners are too slow: {0} signals were dropped since the start",
          count);
      told = count;
      toldAt = now;
    }
  }

  private static void call(Consumer<Signal> listener, Signal signal) {
    try {
      listener.accept(signal);
    } catch (RuntimeException | Error e) { // whatever it is, the others go on hearing
      LOG.log(System.Logger.Level.ERROR, "a listener to signals threw", e);
    }
  }

  private @Nullable Signal next() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return closed ? null : queue.remove();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
