package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Pacing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPacingTest {
  private final ReadPacing pacing =
      new ReadPacing(new Pacing(Duration.ofNanos(40_000), Duration.ofMillis(40)));

  @AfterEach
  void close() {
    pacing.close();
  }

  private void begin(int streams) {
    for (int i = 0; i < streams; i++) {
      pacing.begin();
    }
  }

  @Test
  void few_streams_are_not_held_up() throws Exception {
    begin(24);
    assertThat(pacing.pause()).isZero();
    long now = System.nanoTime();
    assertThat(pacing.pause(now, now)).isEqualTo(now);
  }

  @Test
  void many_streams_are_read_the_further_apart_the_more_there_are() {
    begin(100);
    assertThat(pacing.pause()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(4));
    begin(400);
    assertThat(pacing.pause()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    begin(4_500);
    assertThat(pacing.pause()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
    for (int i = 0; i < 4_990; i++) {
      pacing.end();
    }
    assertThat(pacing.pause()).isZero();
  }

  @Test
  void who_was_read_a_while_ago_does_not_wait() throws Exception {
    begin(1_000);
    long now = System.nanoTime();
    assertThat(pacing.pause(now - TimeUnit.MILLISECONDS.toNanos(40), now)).isEqualTo(now);
  }

  @Test
  void who_was_read_just_now_waits() throws Exception {
    begin(1_000);
    long now = System.nanoTime();
    long then = pacing.pause(now, now);
    assertThat(then - now).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
  }

  @Test
  void it_can_be_switched_off() {
    try (ReadPacing off = new ReadPacing(Pacing.OFF)) {
      for (int i = 0; i < 10_000; i++) {
        off.begin();
      }
      assertThat(off.pause()).isZero();
    }
  }
}
