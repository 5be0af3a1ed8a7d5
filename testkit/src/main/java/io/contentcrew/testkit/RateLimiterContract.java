package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.tier.Rate;
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
  private static final int LIMIT = 3;
  private static final Rate RATE = Rate.perMinute(LIMIT);
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
    for (int i = 0; i < LIMIT; i++) {
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
    for (int left = LIMIT - 1; left >= 0; left--) {
      Decision decision = limiter.acquire("key", RATE);
      assertThat(decision.rate()).isEqualTo(RATE);
      assertThat(decision.remaining()).isEqualTo(left);
      assertThat(decision.retryAfter()).isZero();
      assertThat(decision.resetAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
    }
    Decision refused = limiter.acquire("key", RATE);
    assertThat(refused.rate()).isEqualTo(RATE);
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
    Rate doubled = Rate.perMinute(2 * LIMIT);
    for (int i = 0; i < doubled.limit(); i++) {
      Decision decision = limiter.acquire("key", doubled);
      assertThat(decision.rate()).isEqualTo(doubled);
      if (i < LIMIT) {
        assertThat(decision.allowed()).isTrue();
      }
    }
    assertThat(limiter.acquire("key", Rate.perMinute(1)).allowed()).isFalse();
  }

  @Test
  void of_requests_that_arrive_together_not_one_too_many_is_let_through() {
    for (int round = 0; round < 5; round++) {
      String key = "key " + round;
      List<Boolean> allowed = Race.of(64, number -> allowed(key));
      assertThat(allowed).filteredOn(Boolean::booleanValue).hasSize(LIMIT);
    }
  }

  @Test
  void rates_may_be_for_other_times_than_a_minute() {
    for (Duration per :
        new Duration[] {
          Duration.ofSeconds(100),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(5),
          Duration.ofDays(1)
        }) {
      Rate rate = new Rate(LIMIT, per);
      String key = "for " + per;
      assertThat(taken(key, rate, LIMIT + 2)).as(key).isEqualTo(LIMIT);
      Decision refused = limiter.acquire(key, rate);
      assertThat(refused.rate()).isEqualTo(rate);
      assertThat(refused.retryAfter())
          .isPositive()
          .isLessThanOrEqualTo(per.dividedBy(LIMIT).plusMillis(1));
      assertThat(refused.resetAfter())
          .isGreaterThan(per.dividedBy(2))
          .isLessThanOrEqualTo(per.plusMillis(1));
      pass(per.dividedBy(2 * LIMIT));
      Decision tooEarly = limiter.acquire(key, rate);
      assertThat(tooEarly.allowed()).as("half of a share %s", key).isFalse();
      pass(tooEarly.retryAfter());
      assertThat(taken(key, rate, 2)).as("one came back %s", key).isEqualTo(1);
      pass(per);
      assertThat(taken(key, rate, LIMIT + 2)).as("begins anew %s", key).isEqualTo(LIMIT);
    }
  }

  private int taken(String key, Rate rate, int asked) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += limiter.acquire(key, rate).allowed() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void the_highest_rates_are_counted_exactly() {
    Rate rate = new Rate(1_000_000, Duration.ofDays(1));
    for (int left = rate.limit() - 1; left > rate.limit() - 4; left--) {
      assertThat(limiter.acquire("key", rate).remaining()).isEqualTo(left);
    }
  }

  @Test
  void a_request_that_is_given_back_can_be_taken_again() {
    for (Rate rate : new Rate[] {RATE, new Rate(LIMIT, Duration.ofDays(1))}) {
      String key = "of " + rate;
      assertThat(taken(key, rate, LIMIT + 1)).isEqualTo(LIMIT);
      limiter.giveBack(key, rate);
      assertThat(taken(key, rate, 2)).isEqualTo(1);
      limiter.giveBack(key, rate);
      limiter.giveBack(key, rate);
      assertThat(limiter.acquire(key, rate).remaining()).isEqualTo(1);
    }
  }

  @Test
  void there_is_never_more_left_than_the_whole_rate() {
    limiter.giveBack("unseen", RATE);
    assertThat(taken("unseen", RATE, LIMIT + 2)).isEqualTo(LIMIT);
    limiter.acquire("key", RATE);
    for (int i = 0; i < 2 * LIMIT; i++) {
      limiter.giveBack("key", RATE);
    }
    assertThat(taken("key", RATE, LIMIT + 2)).isEqualTo(LIMIT);
  }

  @Test
  void what_is_given_back_for_one_key_is_not_for_another() {
    exhaust("key");
    exhaust("other");
    limiter.giveBack("other", RATE);
    assertThat(allowed("key")).isFalse();
    assertThat(allowed("other")).isTrue();
  }

  @Test
  void of_requests_that_are_taken_and_given_back_together_not_one_too_many_is_let_through() {
    Rate rate = new Rate(LIMIT, Duration.ofDays(1));
    Race.of(
        32,
        number -> {
          if (limiter.acquire("key", rate).allowed()) {
            limiter.giveBack("key", rate);
          }
          return true;
        });
    assertThat(taken("key", rate, LIMIT + 5)).isEqualTo(LIMIT);
  }
}
