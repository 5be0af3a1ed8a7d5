package io.contentcrew.adapters.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a provider alone after 5 failures among its last 10 calls. When the pause is over one call
 * may try; the others wait for another pause, unless that call goes well.
 */
final class Breaker {
  private static final int WINDOW = 10;
  private static final int TOO_MANY = 5;

  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final Duration pause;
  private final BitSet failures = new BitSet(WINDOW);
  private int next;
  private @Nullable Instant openUntil;

  Breaker(InstantSource clock, Duration pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** How long there must be no call; zero lets one through, which must say how it went. */
  Duration enter() {
    lock.lock();
    try {
      if (openUntil == null) {
        return Duration.ZERO;
      }
      Instant now = clock.instant();
      if (now.isBefore(openUntil)) {
        return Duration.between(now, openUntil);
      }
      openUntil = now.plus(pause); // for the others; also if this call never comes back
      return Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /** The provider answered. Returns whether it had been left alone. */
  boolean succeeded() {
    lock.lock();
    try {
      boolean wasOpen = openUntil != null;
      openUntil = null;
      record(false);
      return wasOpen;
    } finally {
      lock.unlock();
    }
  }

  /** The provider failed. Returns whether it is left alone from now on. */
  boolean failed() {
    lock.lock();
    try {
      if (openUntil != null) {
        return false;
      }
      record(true);
      if (failures.cardinality() < TOO_MANY) {
        return false;
      }
      failures.clear();
      openUntil = clock.instant().plus(pause);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void record(boolean failed) {
    failures.set(next, failed);
    next = (next + 1) % WINDOW;
  }
}
