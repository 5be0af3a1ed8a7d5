package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptRuleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void free_tries_need_no_pause() {
    for (int count = 0; count < 5; count++) {
      assertThat(AttemptRule.SIGN_IN.pauseAfter(count)).isZero();
    }
    assertThat(AttemptRule.SIGN_IN.pauseAfter(5)).isEqualTo(SECOND);
  }

  @Test
  void the_pause_doubles_up_to_the_longest() {
    long[] seconds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900};
    for (int i = 0; i < seconds.length; i++) {
      assertThat(AttemptRule.SIGN_IN.pauseAfter(5 + i)).isEqualTo(Duration.ofSeconds(seconds[i]));
    }
    assertThat(AttemptRule.LETTER.pauseAfter(2)).isZero();
    assertThat(AttemptRule.LETTER.pauseAfter(3)).isEqualTo(Duration.ofMinutes(5));
    assertThat(AttemptRule.LETTER.pauseAfter(4)).isEqualTo(Duration.ofMinutes(10));
    assertThat(AttemptRule.LETTER.pauseAfter(10)).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void however_many_there_were_the_pause_is_no_longer_than_the_longest() {
    assertThat(AttemptRule.SIGN_IN.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(15));
    AttemptRule patient = new AttemptRule(1, Duration.ofNanos(1), DAY, DAY);
    assertThat(patient.pauseAfter(Integer.MAX_VALUE)).isEqualTo(DAY);
  }

  @Test
  void a_pause_may_be_the_same_each_time() {
    AttemptRule steady = new AttemptRule(1, SECOND, SECOND, SECOND);
    assertThat(steady.pauseAfter(1)).isEqualTo(SECOND);
    assertThat(steady.pauseAfter(9)).isEqualTo(SECOND);
  }

  @Test
  void a_rule_without_a_free_try_or_whose_times_shrink_is_refused() {
    refused(0, SECOND, DAY, DAY);
    refused(-1, SECOND, DAY, DAY);
    refused(1, Duration.ZERO, DAY, DAY);
    refused(1, SECOND.negated(), DAY, DAY);
    refused(1, SECOND, SECOND.minusNanos(1), DAY);
    refused(1, SECOND, DAY, DAY.minusNanos(1));
  }

  private static void refused(int free, Duration first, Duration longest, Duration forgotten) {
    assertThatThrownBy(() -> new AttemptRule(free, first, longest, forgotten))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its times grow");
  }
}
