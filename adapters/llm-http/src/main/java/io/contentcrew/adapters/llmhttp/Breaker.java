package io.contentcrew.adapters.llmhttp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a server alone that fails: after 5 failures among its last 10 calls, or one refused
 * connection. When the pause is over it may be probed; if the probe goes well it is used again, and
 * the next failure is enough to leave it alone once more.
 */
final class Breaker {
  private static final int WINDOW = 10;
  private static final int TOO_MANY = 5;

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final Duration pause;
  private final BitSet failures = new BitSet(WINDOW);
  private int next;
  private boolean onProbation;
  private @Nullable Instant openUntil;

  Breaker(InstantSource clock, Duration pause) {
    this.clock = clock;
    this.pause = pause;
  }

  boolean isOpen() {
    lock.lock();
    try {
      return openUntil != null;
    } finally {
      lock.unlock();
    }
  }

  /** How long until it may be probed; zero when it may be now. */
  Duration untilProbe() {
    lock.lock();
    try {
      if (openUntil == null) {
        return Duration.ZERO;
      }
      Duration left = Duration.between(clock.instant(), openUntil);
      return left.isNegative() ? Duration.ZERO : left;
    } finally {
      lock.unlock();
    }
  }

  /** The server did what it should, or said at least something sensible. */
  void succeeded() {
    lock.lock();
    try {
      openUntil = null;
      onProbation = false;
      record(false);
    } finally {
      lock.unlock();
    }
  }

  /** The server failed. */
  void failed() {
    lock.lock();
    try {
      if (openUntil != null) {
        return; // of a call that had begun before
      }
      record(true);
      if (onProbation || failures.cardinality() >= TOO_MANY) {
        open();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody listens there. */
  void refused() {
    lock.lock();
    try {
      if (openUntil == null) {
        open();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A probe was made after the pause. */
  void probed(boolean alive) {
    lock.lock();
    try {
      if (openUntil == null) {
        return;
      }
      if (alive) {
        openUntil = null;
        onProbation = true;
      } else {
        open();
      }
    } finally {
      lock.unlock();
    }
  }

  private void record(boolean failed) {
    failures.set(next, failed);
    next = (next + 1) % WINDOW;
  }

  private void open() {
    openUntil = clock.instant().plus(pause);
    failures.clear();
  }
}
