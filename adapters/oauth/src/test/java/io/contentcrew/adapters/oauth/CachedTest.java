package io.contentcrew.adapters.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachedTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final AtomicInteger fetches = new AtomicInteger();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile boolean away;
  private final Cached<Integer> cached =
      new Cached<>("things", clock, Duration.ofHours(1), this::fetch);

  private int fetch() {
    int number = fetches.incrementAndGet();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (away) {
      throw new PortUnavailableException("away", null);
    }
    return number;
  }

  /** What becomes of eight who ask together: the answer is held back until all wait for it. */
  private List<Object> together() throws InterruptedException {
    List<Object> outcomes = new CopyOnWriteArrayList<>();
    List<Thread> threads =
        Stream.generate(
                () ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              Throwable thrown = catchThrowable(() -> outcomes.add(cached.get()));
                              if (thrown != null) {
                                outcomes.add(thrown);
                              }
                            }))
            .limit(8)
            .toList();
    while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return outcomes;
  }

  @Test
  void those_who_need_it_at_the_same_time_fetch_it_once() throws Exception {
    assertThat(together()).hasSize(8).containsOnly(1);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void those_who_wait_for_one_who_is_silent_wait_no_longer_than_the_first() throws Exception {
    away = true;

    assertThat(together()).hasSize(8).hasOnlyElementsOfType(PortUnavailableException.class);
    assertThat(fetches).hasValue(1);

    away = false;
    assertThat(cached.get()).isEqualTo(2);
  }
}
