package io.contentcrew.adapters.redis;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.tier.RateLimiter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Limits of rate that all instances count together, by the clock of Redis. Rates for different
 * times count for themselves.
 */
final class RedisRateLimiter implements RateLimiter {
  private static final Script TAKE = Script.named("take-request");
  private static final Script GIVE_BACK = Script.named("give-back-request");

  /** Up to which twice the period is less than 2^53 picoseconds. */
  private static final Duration LONGEST_IN_PICOSECONDS = Duration.ofHours(1);

  private static final int PICOSECONDS = 1_000_000;
  private static final int NANOSECONDS = 1_000;

  private final Link link;
  private final Keys keys;

  RedisRateLimiter(Link link, Keys keys) {
    this.link = link;
    this.keys = keys;
  }

  @Override
  public Decision acquire(String key, Rate rate) {
    List<Long> answer = run(TAKE, key, rate);
    return new Decision(
        answer.get(0) == 1,
        rate,
        Math.toIntExact(answer.get(1)),
        Duration.of(answer.get(2), ChronoUnit.MICROS),
        Duration.of(answer.get(3), ChronoUnit.MICROS));
  }

  @Override
  public void giveBack(String key, Rate rate) {
    run(GIVE_BACK, key, rate);
  }

  private List<Long> run(Script script, String key, Rate rate) {
    boolean isShort = rate.per().compareTo(LONGEST_IN_PICOSECONDS) <= 0;
    return script.run(
        link,
        keys.rate(key, rate.per()),
        rate.limit(),
        rate.per().toNanos() / 1_000,
        isShort ? PICOSECONDS : NANOSECONDS);
  }
}
