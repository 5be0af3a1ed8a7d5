package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTimesTest {
  @ParameterizedTest
  @ValueSource(strings = {"busy-thread-0", "busy-threads-with-a-long-name-123"})
  @Timeout(60)
  void a_thread_that_works_is_found_by_its_name_however_long_and_its_time_grows(String name)
      throws Exception {
    String prefix = name.replaceFirst("\\d+$", "");
    long own = ProcessHandle.current().pid();
    AtomicBoolean over = new AtomicBoolean();
    Thread.Builder.OfPlatform builder = Thread.ofPlatform().daemon().name(name);
    Thread thread =
        builder.start(
            () -> {
              while (!over.get()) {
                Thread.onSpinWait();
              }
            });
    try {
      ThreadTimes before = ThreadTimes.of(own, prefix).orElseThrow();
      Duration spent = Duration.ZERO;
      while (spent.isZero()) { // the system counts hundredths of a second
        spent = ThreadTimes.of(own, prefix).orElseThrow().since(before);
      }
      assertThat(spent).isPositive();
      assertThat(ThreadTimes.of(own, "another-thread-").orElseThrow().threads()).isEmpty();
    } finally {
      over.set(true);
      thread.join();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "password-hash-0, true",
    "password-hash-1, true",
    "passwor..ash-12, true",
    "passwor..set-12, false",
    "passwor..ash-xy, false",
    "password-reset, false",
    "main, false"
  })
  void names_are_known_in_both_ways_of_cutting_them(String shown, boolean known) {
    assertThat(ThreadTimes.isNamed(shown, "password-hash-")).isEqualTo(known);
  }

  @Test
  void a_thread_that_began_since_counts_whole_and_one_that_ended_not_at_all() {
    ThreadTimes before =
        new ThreadTimes(Map.of("1", Duration.ofSeconds(3), "2", Duration.ofSeconds(50)));
    ThreadTimes now =
        new ThreadTimes(Map.of("1", Duration.ofSeconds(5), "3", Duration.ofSeconds(4)));

    assertThat(now.since(before)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void where_the_system_does_not_tell_there_is_nothing() throws Exception {
    assertThat(ThreadTimes.of(Long.MAX_VALUE, "any-")).isEmpty();
  }
}
