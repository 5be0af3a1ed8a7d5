package io.contentcrew.adapters.memory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** Waiting for others at a stop. */
final class Waiting {
  private Waiting() {}

  /**
   * Waits for {@code longest} at most; to be called under the lock of {@code changed}. Whoever is
   * interrupted stops in a hurry, and does not wait; the interrupt is kept.
   *
   * @return whether it is done
   */
  static boolean until(Condition changed, Duration longest, BooleanSupplier done) {
    long nanos = TimeUnit.NANOSECONDS.convert(longest);
    while (!done.getAsBoolean() && nanos > 0) {
      try {
        nanos = changed.awaitNanos(nanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return done.getAsBoolean();
      }
    }
    return done.getAsBoolean();
  }
}
