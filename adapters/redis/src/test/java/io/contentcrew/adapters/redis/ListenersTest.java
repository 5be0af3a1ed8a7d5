package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.testkit.Fixtures;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();

  private static List<Signal> signals(int count) {
    return Stream.generate(() -> new Signal(Kind.GROWN, Fixtures.aJobId())).limit(count).toList();
  }

  private Signal next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void a_listener_that_throws_keeps_nothing_from_the_others() throws InterruptedException {
    try (Listeners listeners = new Listeners(10)) {
      listeners.start();
      listeners.add(
          signal -> {
            throw new AssertionError("a listener's own fault");
          });
      listeners.add(heard::add);
      List<Signal> sent = signals(2);
      sent.forEach(listeners::hear);
      assertThat(List.of(next(), next())).isEqualTo(sent);
    }
  }

  @Test
  void what_a_slow_listener_has_no_room_for_is_dropped_oldest_first_and_counted()
      throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    try (Listeners listeners = new Listeners(10)) {
      listeners.start();
      listeners.add(
          signal -> {
            heard.add(signal);
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      List<Signal> sent = signals(31);
      listeners.hear(sent.getFirst());
      assertThat(next()).isEqualTo(sent.getFirst());
      sent.subList(1, 31).forEach(listeners::hear);
      assertThat(listeners.dropped()).isEqualTo(20);
      go.countDown();
      for (Signal kept : sent.subList(21, 31)) {
        assertThat(next()).isEqualTo(kept);
      }
    }
  }

  @Test
  void nobody_is_called_after_the_close() {
    Listeners listeners = new Listeners(10);
    listeners.start();
    listeners.add(heard::add);
    listeners.close();
    listeners.hear(signals(1).getFirst());
    assertThat(heard).isEmpty();
  }
}
