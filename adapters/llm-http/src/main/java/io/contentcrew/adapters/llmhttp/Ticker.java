package io.contentcrew.adapters.llmhttp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads sleep for short times and wakes them in batches. A timer for each of them would
 * cost more than the reads that the sleep saves.
 */
final class Ticker implements AutoCloseable {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(2);

  private static final class Sleeper {
    final Thread thread = Thread.currentThread();
    final long tick;
    volatile boolean awake;
    @Nullable Sleeper next;

    Sleeper(long tick) {
      this.tick = tick;
    }
  }

  private final long origin = System.nanoTime();
  private final AtomicReferenceArray<Sleeper> slots;
  private final AtomicInteger sleepers = new AtomicInteger();
  private final Thread thread;
  private volatile long done; // the last tick whose sleepers were woken
  private volatile boolean idle;
  private volatile boolean closed;

  /** For sleeps of up to {@code longest} nanoseconds. */
  Ticker(long longest) {
    this.slots = new AtomicReferenceArray<>((int) (longest / TICK) + 2);
    this.thread = Thread.ofPlatform().name("contentcrew-llm-ticker").daemon().unstarted(this::tick);
    thread.start();
  }

  /** Sleeps until {@code time} by {@link System#nanoTime()}, or at most a tick longer. */
  void sleepUntil(long time) throws InterruptedException {
    long tick = (time - origin + TICK - 1) / TICK;
    if (tick <= done) {
      return;
    }
    Sleeper sleeper = new Sleeper(tick);
    sleepers.incrementAndGet();
    push(sleeper);
    if (idle) {
      LockSupport.unpark(thread);
    }
    while (!sleeper.awake && done < tick && !closed) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void push(Sleeper sleeper) {
    int slot = (int) (sleeper.tick % slots.length());
    Sleeper head;
    do {
      head = slots.get(slot);
      sleeper.next = head;
    } while (!slots.compareAndSet(slot, head, sleeper));
  }

  private void tick() {
    while (!closed) {
      if (sleepers.get() == 0) {
        idle = true;
        if (sleepers.get() == 0 && !closed) {
          LockSupport.park(this);
        }
        idle = false;
      }
      LockSupport.parkNanos(this, origin + (done + 1) * TICK - System.nanoTime());
      long now = (System.nanoTime() - origin) / TICK;
      for (long tick = Math.max(done + 1, now - slots.length() + 1); tick <= now; tick++) {
        wake((int) (tick % slots.length()), now);
      }
      done = now;
    }
  }

  private void wake(int slot, long now) {
    Sleeper sleeper = slots.getAndSet(slot, null);
    while (sleeper != null) {
      Sleeper next = sleeper.next;
      if (sleeper.tick <= now) {
        sleepers.decrementAndGet();
        sleeper.awake = true;
        LockSupport.unpark(sleeper.thread);
      } else {
        push(sleeper);
      }
      sleeper = next;
    }
  }

  /** Wakes all, and lets nobody sleep any more. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    for (int slot = 0; slot < slots.length(); slot++) {
      wake(slot, Long.MAX_VALUE);
    }
  }
}
