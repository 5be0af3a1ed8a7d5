package io.contentcrew.adapters.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.testkit.Race;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final Breaker breaker = new Breaker(clock, PAUSE);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(breaker.enter()).isZero();
      assertThat(breaker.failed()).isEqualTo(i == 4);
    }
  }

  @Test
  void the_fifth_failure_among_ten_calls_opens_it() {
    fail(4);
    breaker.succeeded();
    assertThat(breaker.enter()).isZero();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.enter()).isEqualTo(PAUSE);
  }

  @Test
  void failures_long_ago_are_forgotten() {
    fail(4);
    for (int i = 0; i < 10; i++) {
      breaker.succeeded();
    }
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.enter()).isZero();
  }

  @Test
  void after_the_pause_one_of_many_may_try() {
    fail(5);
    clock.advance(PAUSE);

    List<Duration> pauses = Race.of(16, i -> breaker.enter());

    assertThat(pauses).containsOnlyOnce(Duration.ZERO);
    assertThat(pauses).filteredOn(pause -> !pause.isZero()).containsOnly(PAUSE);
  }

  @Test
  void who_tries_and_never_comes_back_keeps_the_others_waiting_for_one_pause_only() {
    fail(5);
    clock.advance(PAUSE);
    assertThat(breaker.enter()).isZero();
    clock.advance(PAUSE);

    assertThat(breaker.enter()).isZero();
  }

  @Test
  void a_try_that_goes_well_closes_it() {
    fail(5);
    clock.advance(PAUSE);
    assertThat(breaker.enter()).isZero();
    assertThat(breaker.succeeded()).isTrue();

    fail(4);
    assertThat(breaker.enter()).isZero();
  }
}
