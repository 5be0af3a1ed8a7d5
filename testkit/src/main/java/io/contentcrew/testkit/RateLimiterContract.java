package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.RateLimiter.Decision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RateLimiter} keeps to. Rates are low, so that the time the test itself takes
 * does not count.
 */
public abstract class RateLimiterContract {
  private static final int RATE = 3;
  private static final Duration ONE_MORE = Duration.ofSeconds(20);

  private RateLimiter limiter;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the limiter up before each test
  protected RateLimiterContract() {}

  /** A limiter that nobody has asked yet. */
  protected abstract RateLimiter open();

  /** Makes the limiter believe that {@code time} has passed. */
  protected abstract void pass(Duration time);

  @BeforeEach
  final void openLimiter() {
    limiter = open();
  }

  private boolean allowed(String key) {
    return limiter.acquire(key, RATE).allowed();
  }

  private void exhaust(String key) {
    for (int i = 0; i < RATE; i++) {
      assertThat(allowed(key)).isTrue();
    }
    assertThat(allowed(key)).isFalse();
  }

  @Test
  void as_many_are_let_through_as_the_rate_allows() {
    exhaust("key");
  }

  @Test
  void an_answer_tells_what_is_left() {
    for (int left = RATE - 1; left >= 0; left--) {
      Decision decision = limiter.acquire("key", RATE);
      assertThat(decision.limit()).isEqualTo(RATE);
      assertThat(decision.remaining()).isEqualTo(left);
      assertThat(decision.retryAfter()).isZero();
      assertThat(decision.resetAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
    }
    Decision refused = limiter.acquire("key", RATE);
    assertThat(refused.limit()).isEqualTo(RATE);
    assertThat(refused.remaining()).isZero();
    assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(ONE_MORE);
  }

  @Test
  void requests_come_back_evenly_over_the_minute() {
    exhaust("key");
    pass(ONE_MORE.dividedBy(2));
    assertThat(allowed("key")).isFalse();
    pass(ONE_MORE.dividedBy(2));
    assertThat(allowed("key")).isTrue();
    assertThat(allowed("key")).isFalse();
    pass(ONE_MORE.multipliedBy(2));
    assertThat(allowed("key")).isTrue();
    assertThat(allowed("key")).isTrue();
    assertThat(allowed("key")).isFalse();
  }

  @Test
  void who_waits_as_long_as_told_is_let_through() {
    exhaust("key");
    pass(Duration.ofSeconds(7));
    Decision refused = limiter.acquire("key", RATE);
    assertThat(refused.allowed()).isFalse();
    pass(refused.retryAfter());
    assertThat(allowed("key")).isTrue();
  }

  @Test
  void who_waits_for_the_reset_has_the_whole_rate_again() {
    exhaust("key");
    pass(limiter.acquire("key", RATE).resetAfter());
    exhaust("key");
  }

  @Test
  void a_key_that_was_not_asked_about_for_a_period_begins_anew() {
    exhaust("key");
    pass(Duration.ofMinutes(1));
    exhaust("key");
    pass(Duration.ofDays(30));
    exhaust("key");
  }

  @Test
  void keys_count_for_themselves() {
    exhaust("key");
    exhaust("Key");
    exhaust("");
  }

  @Test
  void a_key_may_change_its_rate() {
    exhaust("key");
    pass(Duration.ofMinutes(1));
    for (int i = 0; i < 2 * RATE; i++) {
      Decision decision = limiter.acquire("key", 2 * RATE);
      assertThat(decision.limit()).isEqualTo(2 * RATE);
      if (i < RATE) {
        assertThat(decision.allowed()).isTrue();
      }
    }
    assertThat(limiter.acquire("key", 1).allowed()).isFalse();
  }

  @Test
  void of_requests_that_arrive_together_not_one_too_many_is_let_through() {
    for (int round = 0; round < 5; round++) {
      String key = "key " + round;
      List<Boolean> allowed = Race.of(64, number -> allowed(key));
      assertThat(allowed).filteredOn(Boolean::booleanValue).hasSize(RATE);
    }
  }
}
