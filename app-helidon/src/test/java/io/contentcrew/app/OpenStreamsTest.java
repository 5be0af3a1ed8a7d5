package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenStreamsTest {
  private static UserId user(int number) {
    return new UserId(new UUID(0, number));
  }

  @Test
  void a_user_has_as_many_as_are_allowed_and_another_one_has_them_too() {
    OpenStreams streams = new OpenStreams(2, 100);
    OpenStreams.Place first = streams.enter(user(1));
    streams.enter(user(1));
    assertThatThrownBy(() -> streams.enter(user(1))).isInstanceOf(Problem.Thrown.class);
    streams.enter(user(2));
    assertThat(streams.count()).isEqualTo(3);
    first.close();
    first.close(); // counts once
    assertThat(streams.count()).isEqualTo(2);
    streams.enter(user(1));
    assertThatThrownBy(() -> streams.enter(user(1))).isInstanceOf(Problem.Thrown.class);
  }

  @Test
  void all_together_have_as_many_as_are_allowed_and_who_is_refused_holds_nothing() {
    OpenStreams streams = new OpenStreams(2, 2);
    streams.enter(user(1));
    OpenStreams.Place second = streams.enter(user(2));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> streams.enter(user(3))).isInstanceOf(Problem.Thrown.class);
    }
    second.close();
    streams.enter(user(3));
    assertThat(streams.count()).isEqualTo(2);
  }

  @Test
  void of_those_who_come_together_exactly_as_many_enter_as_may() throws Exception {
    for (int round = 0; round < 200; round++) {
      OpenStreams streams = new OpenStreams(5, 12);
      CountDownLatch together = new CountDownLatch(1);
      AtomicInteger entered = new AtomicInteger();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
          UserId user = user(i % 2);
          all.add(
              threads.submit(
                  () -> {
                    together.await();
                    try {
                      streams.enter(user);
                      entered.incrementAndGet();
                    } catch (Problem.Thrown e) {
                      assertThat(e.problem().code()).isEqualTo(Problem.Code.RATE_LIMITED);
                    }
                    return null;
                  }));
        }
        together.countDown();
        for (Future<?> one : all) {
          one.get();
        }
      }
      assertThat(entered).hasValue(10);
      assertThat(streams.count()).isEqualTo(10);
    }
  }

  @Test
  void however_they_come_and_go_nobody_has_too_many_and_none_is_left_over() throws Exception {
    OpenStreams streams = new OpenStreams(3, 7);
    AtomicInteger[] open = new AtomicInteger[4];
    java.util.Arrays.setAll(open, i -> new AtomicInteger());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        int seed = t;
        all.add(
            threads.submit(
                () -> {
                  Random random = new Random(seed);
                  for (int i = 0; i < 2_000; i++) {
                    int who = random.nextInt(open.length);
                    try {
                      OpenStreams.Place place = streams.enter(user(who));
                      assertThat(open[who].incrementAndGet()).isBetween(1, 3);
                      assertThat(streams.count()).isBetween(1, 7);
                      Thread.yield();
                      open[who].decrementAndGet();
                      place.close();
                    } catch (Problem.Thrown e) {
                      assertThat(e.problem().retryAfter()).isPresent();
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(streams.count()).isZero();
  }
}
