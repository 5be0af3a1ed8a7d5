package io.contentcrew.adapters.redis;

import io.contentcrew.ports.tier.RateLimiter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Limits of rate that all instances count together, by the clock of Redis. */
final class RedisRateLimiter implements RateLimiter {
  private static final Script TAKE = Script.named("take-request");
  private static final int HIGHEST_RATE = 1_000_000;

  private final Link link;
  private final Keys keys;

  RedisRateLimiter(Link link, Keys keys) {
    this.link = link;
    this.keys = keys;
  }

  @Override
  public Decision acquire(String key, int perMinute) {
    if (perMinute < 1 || perMinute > HIGHEST_RATE) {
      throw new IllegalArgumentException("a rate is 1 to 1,000,000 requests a minute");
    }
    List<Long> answer = TAKE.run(link, keys.rate(key), perMinute);
    return new Decision(
        answer.get(0) == 1,
        perMinute,
        Math.toIntExact(answer.get(1)),
        Duration.of(answer.get(2), ChronoUnit.MICROS),
        Duration.of(answer.get(3), ChronoUnit.MICROS));
  }
}
