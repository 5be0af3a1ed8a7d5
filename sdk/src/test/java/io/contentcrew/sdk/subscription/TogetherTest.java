package io.contentcrew.sdk.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {
  private final ConcurrentLinkedQueue<List<Integer>> groups = new ConcurrentLinkedQueue<>();
  private final CountDownLatch free = new CountDownLatch(1);

  /** Doubles; the first who comes is held until all are to go on. */
  private Together<Integer, Integer> held(int most, Function<List<Integer>, List<Integer>> work) {
    return new Together<>(
        most,
        100,
        Integer::longValue,
        group -> {
          groups.add(group);
          if (groups.size() == 1) {
            await();
          }
          return work.apply(group);
        });
  }

  private void await() {
    try {
      free.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Integer> doubled(List<Integer> group) {
    return group.stream().map(number -> 2 * number).toList();
  }

  /** Begins one after the other, each when the one before waits; then lets them go on. */
  private List<FutureTask<Integer>> brought(Together<Integer, Integer> together, int... numbers) {
    List<FutureTask<Integer>> tasks = new ArrayList<>();
    for (int number : numbers) {
      FutureTask<Integer> task = new FutureTask<>(() -> together.done(number));
      Thread thread = new Thread(task);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        LockSupport.parkNanos(1_000_000);
      }
      tasks.add(task);
    }
    free.countDown();
    return tasks;
  }

  @Test
  void who_comes_alone_is_served_alone() {
    Together<Integer, Integer> together =
        new Together<>(10, 100, Integer::longValue, TogetherTest::doubled);

    assertThat(together.done(4)).isEqualTo(8);
    assertThat(together.done(5)).isEqualTo(10);
  }

  @Test
  void those_who_come_meanwhile_are_served_together_and_each_gets_what_is_theirs()
      throws Exception {
    List<FutureTask<Integer>> tasks = brought(held(3, TogetherTest::doubled), 1, 2, 3, 4, 5);

    for (int i = 0; i < 5; i++) {
      assertThat(tasks.get(i).get()).isEqualTo(2 * (i + 1));
    }
    assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
  }

  @Test
  void what_is_heavy_is_not_done_with_much_else() throws Exception {
    for (FutureTask<Integer> task : brought(held(9, TogetherTest::doubled), 1, 60, 50, 500, 2)) {
      task.get();
    }

    assertThat(groups)
        .containsExactly(List.of(1), List.of(60), List.of(50), List.of(500), List.of(2));
  }

  @Test
  void a_failure_is_of_all_who_were_served_together_and_of_nobody_else() throws Exception {
    Together<Integer, Integer> together =
        held(
            2,
            group -> {
              if (group.contains(3)) {
                throw new IllegalArgumentException("three");
              }
              return doubled(group);
            });

    List<FutureTask<Integer>> tasks = brought(together, 1, 2, 3, 4, 5);

    assertThat(tasks.get(0).get()).isEqualTo(2);
    assertThatThrownBy(tasks.get(1)::get).hasRootCauseMessage("three");
    assertThatThrownBy(tasks.get(2)::get).hasRootCauseMessage("three");
    assertThat(tasks.get(3).get()).isEqualTo(8);
    assertThat(tasks.get(4).get()).isEqualTo(10);
  }

  @Test
  void who_is_interrupted_gets_the_result_and_stays_interrupted() {
    Together<Integer, Integer> together =
        new Together<>(10, 100, Integer::longValue, TogetherTest::doubled);

    Thread.currentThread().interrupt();

    assertThat(together.done(4)).isEqualTo(8);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nobody_is_forgotten_in_a_crowd() {
    Together<Integer, Integer> together =
        new Together<>(7, 1_000_000, Integer::longValue, TogetherTest::doubled);

    List<Boolean> right =
        Race.of(
            16,
            thread -> {
              boolean all = true;
              for (int i = 0; i < 2_000; i++) {
                all &= together.done(thread * 2_000 + i) == 2 * (thread * 2_000 + i);
              }
              return all;
            });

    assertThat(right).containsOnly(true);
  }
}
