package io.contentcrew.domain.tier;

import java.time.Duration;

/**
 * So many requests in so much time; they come back evenly.
 *
 * @param limit 1 to 1,000,000
 * @param per a second to a day
 */
public record Rate(int limit, Duration per) {
  /** The highest limit that is counted exactly. */
  public static final int MOST = 1_000_000;

  public Rate {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a rate is 1 to 1,000,000 requests");
    }
    if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a rate is for a second to a day");
    }
  }

  /** So many a minute. */
  public static Rate perMinute(int limit) {
    return new Rate(limit, Duration.ofMinutes(1));
  }

  /** The share that each of so many instances lets through by itself: at least one. */
  public Rate dividedBy(int instances) {
    return new Rate(Math.max(1, limit / instances), per);
  }
}
