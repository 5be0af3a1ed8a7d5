package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
  private static final IntConsumer NOBODY = ahead -> {};

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static Thread waiting(Gate gate, IntConsumer told, Runnable inside) {
    int before = gate.load();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    gate.enter(told);
                    inside.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    await(() -> gate.load() > before);
    return thread;
  }

  @Test
  void as_many_as_there_are_places_go_in_without_waiting() throws Exception {
    Gate gate = new Gate(2);
    assertThat(gate.enter(NOBODY)).isFalse();
    assertThat(gate.hasRoom()).isTrue();
    assertThat(gate.enter(NOBODY)).isFalse();
    assertThat(gate.hasRoom()).isFalse();
    gate.leave();
    assertThat(gate.enter(NOBODY)).isFalse();
    assertThat(gate.load()).isEqualTo(2);
  }

  @Test
  void the_others_go_in_in_the_order_in_which_they_came() throws Exception {
    Gate gate = new Gate(1);
    gate.enter(NOBODY);
    List<Integer> order = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      threads.add(
          waiting(
              gate,
              NOBODY,
              () -> {
                order.add(number);
                gate.leave();
              }));
    }
    gate.leave();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).hasSize(20).isSorted();
    assertThat(gate.load()).isZero();
  }

  @Test
  void who_waits_is_told_how_many_wait_before_it_and_when_they_become_fewer() throws Exception {
    Gate gate = new Gate(1);
    gate.enter(NOBODY);
    CountDownLatch inside = new CountDownLatch(1);
    List<Integer> told = new CopyOnWriteArrayList<>();
    waiting(gate, NOBODY, () -> {});
    waiting(gate, NOBODY, () -> {});
    waiting(gate, told::add, inside::countDown);
    await(() -> told.equals(List.of(2)));
    gate.leave();
    await(() -> told.equals(List.of(2, 1)));
    gate.leave();
    await(() -> told.equals(List.of(2, 1, 0)));
    gate.leave();
    inside.await();
    assertThat(told).containsExactly(2, 1, 0);
  }

  @Test
  void who_is_interrupted_leaves_the_line_and_those_behind_move_up() throws Exception {
    Gate gate = new Gate(1);
    gate.enter(NOBODY);
    List<Integer> told = new CopyOnWriteArrayList<>();
    CountDownLatch inside = new CountDownLatch(1);
    Thread first = waiting(gate, NOBODY, () -> {});
    waiting(gate, told::add, inside::countDown);
    await(() -> told.equals(List.of(1)));
    first.interrupt();
    first.join();
    await(() -> told.equals(List.of(1, 0)));
    gate.leave();
    inside.await();
    assertThat(gate.load()).isOne();
  }

  @Test
  void who_is_interrupted_before_does_not_go_in() {
    Gate gate = new Gate(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> gate.enter(NOBODY)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(gate.load()).isZero();
  }

  @Test
  void who_fails_when_it_is_told_leaves_the_line() throws Exception {
    Gate gate = new Gate(1);
    gate.enter(NOBODY);
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                gate.enter(
                    ahead -> {
                      throw enough;
                    }))
        .isSameAs(enough);
    assertThat(gate.load()).isOne();
    gate.leave();
    assertThat(gate.load()).isZero();
  }

  @Test
  void a_place_that_comes_to_one_who_no_longer_wants_it_is_not_lost() throws Exception {
    for (int round = 0; round < 200; round++) {
      Gate gate = new Gate(1);
      gate.enter(NOBODY);
      Thread impatient = waiting(gate, NOBODY, gate::leave);
      Thread other = Thread.ofPlatform().start(impatient::interrupt);
      gate.leave();
      impatient.join();
      other.join();
      assertThat(gate.load()).isZero();
    }
  }

  @Test
  void there_are_never_more_inside_than_places() throws Exception {
    Gate gate = new Gate(3);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int time = 0; time < 20; time++) {
                      try {
                        gate.enter(NOBODY);
                      } catch (InterruptedException e) {
                        return;
                      }
                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                      Thread.yield();
                      inside.decrementAndGet();
                      gate.leave();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(gate.load()).isZero();
  }
}
