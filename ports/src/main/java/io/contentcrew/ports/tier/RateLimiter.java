package io.contentcrew.ports.tier;

import java.time.Duration;

/** Counts requests against a rate. Safe for use by many threads. */
public interface RateLimiter {
  /**
   * Takes one request off what is left of {@code key}'s rate. Atomic: of requests that arrive
   * together, as many are let through as the rate allows, and not one more. A key that was not
   * asked about for a period begins anew.
   *
   * @param perMinute requests a minute; they come back evenly over the minute
   * @throws io.contentcrew.ports.PortUnavailableException if what is left cannot be found out,
   *     within a fraction of a second
   */
  Decision acquire(String key, int perMinute);

  /**
   * What became of a request.
   *
   * @param remaining how many more would be let through now
   * @param retryAfter when one would be let through; zero if it was
   * @param resetAfter when the whole rate is there again
   */
  record Decision(
      boolean allowed, int limit, int remaining, Duration retryAfter, Duration resetAfter) {}
}
