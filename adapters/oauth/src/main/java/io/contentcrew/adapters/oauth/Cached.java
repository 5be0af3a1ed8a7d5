package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.PortException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something a provider published. It is fetched again at half the age up to which it is believed;
 * should that fail, it still serves until it is too old.
 */
final class Cached<T> {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.oauth");

  private final ReentrantLock lock = new ReentrantLock();
  private final String what;
  private final InstantSource clock;
  private final Duration maxAge;
  private final Supplier<T> fetch;
  private volatile @Nullable Copy<T> copy;
  private volatile @Nullable PortException lastFailure;

  private record Copy<T>(T value, Instant fetched) {}

  Cached(String what, InstantSource clock, Duration maxAge, Supplier<T> fetch) {
    this.what = what;
    this.clock = clock;
    this.maxAge = maxAge;
    this.fetch = fetch;
  }

  /** The thing, fetched by the one caller if need be; the others wait for him only if they must. */
  T get() {
    Copy<T> known = copy;
    if (known == null || isOlder(known, maxAge)) {
      return refreshed(maxAge);
    }
    if (isOlder(known, maxAge.dividedBy(2)) && lock.tryLock()) {
      try {
        return refreshed(maxAge.dividedBy(2));
      } catch (PortException e) {
        LOG.log(Level.WARNING, "the known {0} serve for now: {1}", what, e.getMessage());
      } finally {
        lock.unlock();
      }
    }
    return known.value;
  }

  /**
   * The thing, fetched again unless it is younger than that. Those who wait while another fetches
   * share what becomes of it: one after the other they would wait for ever for one who is silent.
   */
  T refreshed(Duration young) {
    PortException before = lastFailure;
    lock.lock();
    try {
      Copy<T> known = copy;
      if (known != null && !isOlder(known, young)) {
        return known.value;
      }
      PortException failure = lastFailure;
      if (failure != null && !failure.equals(before)) {
        throw failure;
      }
      return fetched();
    } finally {
      lock.unlock();
    }
  }

  private T fetched() {
    try {
      T value = fetch.get();
      copy = new Copy<>(value, clock.instant());
      return value;
    } catch (PortException e) {
      if (!Thread.currentThread().isInterrupted()) { // else it is no fault of the provider's
        lastFailure = e;
      }
      throw e;
    }
  }

  /** Of two readings of the clock the second may be earlier; then the thing is young. */
  private boolean isOlder(Copy<T> copy, Duration age) {
    return Duration.between(copy.fetched, clock.instant()).compareTo(age) >= 0;
  }
}
