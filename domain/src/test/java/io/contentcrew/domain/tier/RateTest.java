package io.contentcrew.domain.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void a_rate_is_for_a_second_to_a_day() {
    for (Duration per : new Duration[] {Duration.ofSeconds(1), Duration.ofMinutes(15), DAY}) {
      assertThatCode(() -> new Rate(3, per)).doesNotThrowAnyException();
    }
    for (Duration per :
        new Duration[] {
          Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(999), DAY.plusNanos(1)
        }) {
      assertThatThrownBy(() -> new Rate(3, per))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a second to a day");
    }
  }

  @Test
  void a_rate_is_of_one_to_a_million_requests() {
    assertThatCode(() -> Rate.perMinute(1)).doesNotThrowAnyException();
    assertThatCode(() -> Rate.perMinute(1_000_000)).doesNotThrowAnyException();
    for (int limit : new int[] {0, -1, 1_000_001, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> new Rate(limit, DAY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 1,000,000");
    }
  }

  @Test
  void so_many_a_minute_is_a_rate() {
    assertThat(Rate.perMinute(7)).isEqualTo(new Rate(7, Duration.ofMinutes(1)));
  }

  @Test
  void instances_share_a_rate_and_each_lets_one_through_at_least() {
    assertThat(new Rate(10, DAY).dividedBy(1)).isEqualTo(new Rate(10, DAY));
    assertThat(new Rate(10, DAY).dividedBy(3)).isEqualTo(new Rate(3, DAY));
    assertThat(new Rate(2, DAY).dividedBy(3)).isEqualTo(new Rate(1, DAY));
  }
}
