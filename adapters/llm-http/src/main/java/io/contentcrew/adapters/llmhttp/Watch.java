package io.contentcrew.adapters.llmhttp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;

/**
 * Looks at all calls several times a second. The timers of the HTTP client would cost a place in a
 * global queue for every read, and would not notice that a platform thread is interrupted, which
 * does not wake from a read by itself.
 */
final class Watch implements AutoCloseable {
  private static final long SLOWEST = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FASTEST = TimeUnit.MILLISECONDS.toNanos(5);

  private final Set<Watched> calls = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private final long tick;
  private volatile boolean idle;
  private volatile boolean closed;

  /** Watches calls whose shortest time limit is {@code shortest}. */
  Watch(Duration shortest) {
    this.tick = Math.max(FASTEST, Math.min(SLOWEST, shortest.toNanos() / 8));
    this.thread = Thread.ofPlatform().name("contentcrew-llm-watch").daemon().unstarted(this::look);
    thread.start();
  }

  /**
   * Watches a call of the current thread.
   *
   * @param endAt when it must be over, by {@link System#nanoTime()}
   */
  Watched begin(Call call, long endAt) {
    Watched watched = new Watched(this, call, endAt);
    calls.add(watched);
    if (closed) {
      watched.cut(Watched.Cut.CLOSED);
    }
    if (idle) {
      LockSupport.unpark(thread);
    }
    return watched;
  }

  void end(Watched watched) {
    calls.remove(watched);
  }

  boolean isClosed() {
    return closed;
  }

  private void look() {
    while (!closed) {
      idle = true;
      if (calls.isEmpty()) {
        LockSupport.park(this);
      }
      idle = false;
      LockSupport.parkNanos(this, tick);
      long now = System.nanoTime();
      for (Watched call : calls) {
        call.check(now);
      }
    }
  }

  /** Cuts off all calls, those that begin later included. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    for (Watched call : calls) {
      call.cut(Watched.Cut.CLOSED);
    }
  }
}
