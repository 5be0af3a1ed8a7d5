package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.RateLimiterContract;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryRateLimiterTest extends RateLimiterContract {
  private static final Rate ONE = Rate.perMinute(1);

  private final TestClock clock = new TestClock(Fixtures.NOW);

  @Override
  protected RateLimiter open() {
    return MemoryRateLimiter.create(clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @Test
  void counts_by_its_own_clock_where_none_is_given() {
    RateLimiter limiter = MemoryRateLimiter.create();
    assertThat(limiter.acquire("key", ONE).allowed()).isTrue();
    assertThat(limiter.acquire("key", ONE).allowed()).isFalse();
  }
}
