package io.contentcrew.app;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends reads and writes of clients that are too slow: the server itself has no limit of time for
 * them. A thread says when it begins and ends; whoever takes too long is interrupted, which closes
 * its socket. Safe for use by many threads.
 */
final class Watchdog implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final ConcurrentHashMap<Watch, Boolean> watches = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofVirtual().name("watchdog").unstarted(this::run);
  private volatile boolean closed;

  Watchdog() {
    thread.start();
  }

  /** A thread under watch; for use by that thread only, but for the watchdog. */
  final class Watch implements AutoCloseable {
    private final Thread watched = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean bitten;

    private Watch() {}

    /** Something begins that must be over within {@code time}. */
    void begin(Duration time) {
      deadline = System.nanoTime() + time.toNanos();
    }

    /** It is over; after this nobody is interrupted who has not been. */
    void end() {
      lock.lock();
      try {
        deadline = Long.MAX_VALUE;
      } finally {
        lock.unlock();
      }
    }

    /** Whether the thread was interrupted for being too slow. */
    boolean bitten() {
      return bitten;
    }

    private void look(long now) {
      if (!isLate(now)) {
        return;
      }
      lock.lock();
      try {
        if (isLate(now)) { // still
          bitten = true;
          watched.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean isLate(long now) {
      long until = deadline;
      return until != Long.MAX_VALUE && now - until > 0 && !bitten;
    }

    @Override
    public void close() {
      end();
      watches.remove(this);
    }
  }

  /** Puts the calling thread under watch. */
  Watch watch() {
    Watch watch = new Watch();
    watches.put(watch, true);
    return watch;
  }

  private void run() {
    while (!closed) {
      long now = System.nanoTime();
      for (Watch watch : watches.keySet()) {
        watch.look(now);
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
