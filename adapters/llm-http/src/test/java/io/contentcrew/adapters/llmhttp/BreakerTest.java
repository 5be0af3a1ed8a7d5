package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final Breaker breaker = new Breaker(() -> now, PAUSE);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  @Test
  void the_fifth_failure_among_ten_calls_opens_it() {
    fail(4);
    assertThat(breaker.isOpen()).isFalse();
    breaker.succeeded();
    assertThat(breaker.isOpen()).isFalse();
    breaker.failed();
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.untilProbe()).isEqualTo(PAUSE);
  }

  @Test
  void failures_that_lie_more_than_ten_calls_back_do_not_count() {
    fail(4);
    for (int i = 0; i < 7; i++) {
      breaker.succeeded();
    }
    fail(1); // the window holds three of the old ones at most, and this one
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void a_refused_connection_opens_it_at_once() {
    breaker.refused();
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void it_may_be_probed_when_the_pause_is_over() {
    breaker.refused();
    now = now.plus(PAUSE).minusMillis(1);
    assertThat(breaker.untilProbe()).isEqualTo(Duration.ofMillis(1));
    now = now.plusMillis(1);
    assertThat(breaker.untilProbe()).isZero();
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void a_probe_that_goes_well_closes_it() {
    breaker.refused();
    now = now.plus(PAUSE);
    breaker.probed(true);
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void a_probe_that_fails_makes_for_another_pause() {
    breaker.refused();
    now = now.plus(PAUSE);
    breaker.probed(false);
    assertThat(breaker.untilProbe()).isEqualTo(PAUSE);
  }

  @Test
  void after_a_probe_one_failure_is_enough() {
    breaker.refused();
    now = now.plus(PAUSE);
    breaker.probed(true);
    breaker.failed();
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void after_a_probe_and_a_success_all_is_as_at_first() {
    breaker.refused();
    now = now.plus(PAUSE);
    breaker.probed(true);
    breaker.succeeded();
    fail(4);
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void failures_of_calls_that_had_begun_before_do_not_prolong_the_pause() {
    breaker.refused();
    now = now.plusSeconds(1);
    fail(3);
    breaker.refused();
    assertThat(breaker.untilProbe()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_success_of_such_a_call_closes_it() {
    breaker.refused();
    breaker.succeeded();
    assertThat(breaker.isOpen()).isFalse();
  }
}
