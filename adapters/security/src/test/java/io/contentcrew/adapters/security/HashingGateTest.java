package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HashingGateTest {
  private final CountDownLatch go = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    go.countDown();
    callers.close();
  }

  @Test
  void no_more_than_the_permits_work_at_a_time_and_all_who_wait_get_their_turn() throws Exception {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> results = new ArrayList<>();
    try (HashingGate gate = new HashingGate(3, 200)) {
      for (int i = 0; i < 200; i++) {
        int number = i;
        results.add(
            callers.submit(
                () ->
                    gate.run(
                        () -> {
                          most.accumulateAndGet(working.incrementAndGet(), Math::max);
                          Thread.yield();
                          working.decrementAndGet();
                          return number;
                        })));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(results.get(i).get()).isEqualTo(i);
      }
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void exactly_the_permits_and_the_queue_are_let_in() throws Exception {
    try (HashingGate gate = new HashingGate(2, 3)) {
      CountDownLatch working = new CountDownLatch(2);
      AtomicInteger turnedAway = new AtomicInteger();
      CountDownLatch answered = new CountDownLatch(20 - 5);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(
            callers.submit(
                () -> {
                  try {
                    gate.run(
                        () -> {
                          working.countDown();
                          return await(go);
                        });
                  } catch (PortUnavailableException e) {
                    assertThat(e.retryAfter()).isPresent();
                    turnedAway.incrementAndGet();
                    answered.countDown();
                  }
                }));
      }
      working.await();
      answered.await();
      go.countDown();
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(turnedAway.get()).isEqualTo(15);
    }
  }

  @Test
  void the_work_is_not_done_on_the_callers_virtual_thread() throws Exception {
    try (HashingGate gate = new HashingGate(1, 1)) {
      assertThat(callers.submit(() -> gate.run(() -> Thread.currentThread().isVirtual())).get())
          .isFalse();
    }
  }

  @Test
  void who_is_interrupted_while_waiting_leaves_and_gives_the_place_to_another() throws Exception {
    try (HashingGate gate = new HashingGate(1, 1)) {
      CountDownLatch working = new CountDownLatch(1);
      Future<Boolean> first =
          callers.submit(
              () ->
                  gate.run(
                      () -> {
                        working.countDown();
                        return await(go);
                      }));
      working.await();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      AtomicInteger ran = new AtomicInteger();
      Thread second =
          Thread.startVirtualThread(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  gate.run(ran::incrementAndGet);
                } catch (PortUnavailableException e) {
                  thrown.set(Thread.currentThread().isInterrupted() ? e : null);
                }
              });
      second.join();
      assertThat(thrown.get()).isInstanceOf(PortUnavailableException.class);

      Future<Integer> third = callers.submit(() -> gate.run(() -> 3));
      go.countDown();
      assertThat(third.get()).isEqualTo(3);
      assertThat(first.get()).isTrue();
      assertThat(ran.get()).isZero();
    }
  }

  @Test
  void what_the_work_throws_reaches_the_caller_and_the_gate_goes_on() {
    try (HashingGate gate = new HashingGate(1, 1)) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> gate.run(() -> Integer.parseInt("x")))
            .isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(
                () ->
                    gate.run(
                        () -> {
                          throw new AssertionError("an error");
                        }))
            .isInstanceOf(AssertionError.class)
            .hasMessage("an error");
      }
      assertThat(gate.run(() -> 1)).isEqualTo(1);
    }
  }

  @Test
  void after_close_nothing_is_taken_on_and_what_was_begun_ends() throws Exception {
    HashingGate gate = new HashingGate(1, 1);
    CountDownLatch working = new CountDownLatch(1);
    Future<Boolean> begun =
        callers.submit(
            () ->
                gate.run(
                    () -> {
                      working.countDown();
                      return await(go);
                    }));
    working.await();
    gate.close();
    gate.close();

    assertThatThrownBy(() -> gate.run(() -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    go.countDown();
    assertThat(begun.get()).isTrue();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
