package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TickerTest {
  private final Ticker ticker = new Ticker(TimeUnit.MILLISECONDS.toNanos(40));

  @AfterEach
  void close() {
    ticker.close();
  }

  @Test
  void nobody_wakes_too_early_and_everybody_wakes() throws Exception {
    AtomicInteger early = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int millis = i % 41;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int time = 0; time < 10; time++) {
                      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                      try {
                        ticker.sleepUntil(until);
                      } catch (InterruptedException e) {
                        early.incrementAndGet();
                      }
                      if (System.nanoTime() - until < 0) {
                        early.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(early).hasValue(0);
  }

  @Test
  void it_works_again_after_a_time_in_which_nobody_slept() throws Exception {
    for (int time = 0; time < 3; time++) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
      ticker.sleepUntil(until);
      assertThat(System.nanoTime()).isGreaterThanOrEqualTo(until);
      Thread.sleep(150); // longer than the wheel is round
    }
  }

  @Test
  void a_time_that_is_past_is_not_waited_for() throws Exception {
    ticker.sleepUntil(System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void an_interrupt_ends_the_sleep() throws Exception {
    Ticker slow = new Ticker(TimeUnit.HOURS.toNanos(1));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread sleeper =
        Thread.ofVirtual()
            .start(
                () -> {
                  begun.countDown();
                  long hour = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
                  thrown.set(catchThrowable(() -> slow.sleepUntil(hour)));
                });
    begun.await();
    sleeper.interrupt();
    assertThat(sleeper.join(Duration.ofSeconds(30))).isTrue();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    slow.close();
  }

  @Test
  void closing_wakes_all() throws Exception {
    Ticker slow = new Ticker(TimeUnit.HOURS.toNanos(1));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread sleeper =
        Thread.ofVirtual()
            .start(
                () -> {
                  begun.countDown();
                  long hour = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
                  thrown.set(catchThrowable(() -> slow.sleepUntil(hour)));
                });
    begun.await();
    slow.close();
    assertThat(sleeper.join(Duration.ofSeconds(30))).isTrue();
    assertThat(thrown.get()).isNull();
  }
}
