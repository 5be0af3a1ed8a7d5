package io.contentcrew.adapters.llmhttp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/** Lets so many in at once; the others wait in the order in which they came. */
final class Gate {
  /** The first in line hear at once that they have moved up; those behind, now and then. */
  private static final int PROMPT = 16;

  private static final long NOW_AND_THEN = TimeUnit.SECONDS.toNanos(2);

  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    final AtomicInteger ahead = new AtomicInteger();
    volatile boolean admitted;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private final int places;
  private int inside;

  Gate(int places) {
    this.places = places;
  }

  /**
   * Takes a place, and waits for one if need be.
   *
   * @param told how many wait before this one, as soon as it has to wait and again as they become
   *     fewer; 0 means that it is the next
   * @return whether it had to wait
   */
  boolean enter(IntConsumer told) throws InterruptedException {
    Waiter waiter;
    lock.lockInterruptibly();
    try {
      if (inside < places) { // then nobody waits, for places are handed on
        inside++;
        return false;
      }
      waiter = new Waiter();
      waiter.ahead.set(waiters.size());
      waiters.add(waiter);
    } finally {
      lock.unlock();
    }
    boolean admitted = false;
    try {
      await(waiter, told);
      admitted = true;
      return true;
    } finally {
      if (!admitted) {
        giveUp(waiter);
      }
    }
  }

  private void await(Waiter waiter, IntConsumer told) throws InterruptedException {
    int last = -1;
    while (!waiter.admitted) {
      int ahead = waiter.ahead.get();
      if (ahead != last) {
        last = ahead;
        told.accept(ahead);
      } else {
        LockSupport.parkNanos(this, NOW_AND_THEN);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void giveUp(Waiter waiter) {
    boolean admitted;
    lock.lock();
    try {
      admitted = waiter.admitted;
      if (!admitted) {
        remove(waiter);
      }
    } finally {
      lock.unlock();
    }
    if (admitted) {
      leave(); // the place came at the moment when nobody wanted it any more
    }
  }

  private void remove(Waiter gone) {
    boolean behind = false;
    for (Waiter waiter : waiters) {
      if (behind) {
        waiter.ahead.decrementAndGet();
      }
      behind |= waiter == gone;
    }
    waiters.remove(gone);
    waiters.stream().limit(PROMPT).forEach(waiter -> LockSupport.unpark(waiter.thread));
  }

  /** Gives the place to the next in line. */
  void leave() {
    List<Thread> wake = new ArrayList<>();
    lock.lock();
    try {
      Waiter next = waiters.poll();
      if (next == null) {
        inside--;
        return;
      }
      next.admitted = true;
      wake.add(next.thread);
      for (Waiter waiter : waiters) {
        waiter.ahead.decrementAndGet();
        if (wake.size() <= PROMPT) {
          wake.add(waiter.thread);
        }
      }
    } finally {
      lock.unlock();
    }
    wake.forEach(LockSupport::unpark);
  }

  /** How many are in or want to be. */
  int load() {
    lock.lock();
    try {
      return inside + waiters.size();
    } finally {
      lock.unlock();
    }
  }

  boolean hasRoom() {
    return load() < places;
  }
}
