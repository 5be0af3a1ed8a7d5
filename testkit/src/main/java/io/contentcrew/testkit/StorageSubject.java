package io.contentcrew.testkit;

import io.contentcrew.ports.Storage;
import java.time.Duration;

/**
 * The storage that contracts are tried on. An adapter's tests say once, as default methods of an
 * interface of their own, what it is, and then run each contract by a class with nothing in it:
 *
 * <pre>{@code
 * interface OnAcme extends StorageSubject {
 *   default Storage open(TestClock clock) {
 *     return AcmeStorage.create(clock);
 *   }
 * }
 *
 * class AcmeUsersTest extends UsersContract implements OnAcme {}
 * }</pre>
 */
public interface StorageSubject {
  /**
   * A new storage with nothing in it. It is closed after the test.
   *
   * @param clock what the tests pass as {@code now}, for storages without a clock of their own
   */
  Storage open(TestClock clock);

  /**
   * Makes the store believe, by its own clock, that {@code time} has passed: leases are older,
   * queued jobs nearer. Moves {@code clock} too, which is all that a storage has to do that takes
   * its time from there.
   */
  default void pass(TestClock clock, Duration time) {
    clock.advance(time);
  }
}
