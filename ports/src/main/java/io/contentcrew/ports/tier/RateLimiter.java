package io.contentcrew.ports.tier;

import io.contentcrew.domain.tier.Rate;
import java.time.Duration;

/** Counts requests against a rate. Safe for use by many threads. */
public interface RateLimiter {
  /**
   * Takes one request off what is left of {@code key}'s rate. Atomic: of requests that arrive
   * together, as many are let through as the rate allows, and not one more. A key that was not
   * asked about for the rate's time begins anew.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if what is left cannot be found out,
   *     within a fraction of a second
   */
  Decision acquire(String key, Rate rate);

  /**
   * Puts back a request that {@link #acquire} has taken off that rate, because it does not count.
   * There is never more left than the whole rate.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if it cannot be put back
   */
  void giveBack(String key, Rate rate);

  /**
   * What became of a request.
   *
   * @param remaining how many more would be let through now
   * @param retryAfter when one would be let through; zero if it was
   * @param resetAfter when the whole rate is there again
   */
  record Decision(
      boolean allowed, Rate rate, int remaining, Duration retryAfter, Duration resetAfter) {}
}
