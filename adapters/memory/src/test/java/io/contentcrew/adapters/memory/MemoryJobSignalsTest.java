package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.JobSignalsContract;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryJobSignalsTest extends JobSignalsContract {
  private final MemoryJobSignals signals = new MemoryJobSignals();

  @Override
  protected JobSignals open() {
    return signals;
  }

  private static Signal aSignal() {
    return new Signal(Kind.GROWN, Fixtures.aJobId());
  }

  @Test
  void a_listener_that_throws_keeps_nothing_from_the_others() throws InterruptedException {
    BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    signals.listen(
        signal -> {
          throw new IllegalStateException("a listener's own fault");
        });
    signals.listen(heard::add);
    List<Signal> sent = List.of(aSignal(), aSignal());
    signals.send(sent);
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(sent.getFirst());
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(sent.getLast());
  }

  @Test
  void a_slow_listener_loses_the_oldest_signals_and_not_the_memory() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    signals.listen(
        signal -> {
          heard.add(signal);
          await(go);
        });
    List<Signal> sent = Stream.generate(MemoryJobSignalsTest::aSignal).limit(40_000).toList();
    signals.send(sent.subList(0, 1));
    Signal first = heard.poll(10, TimeUnit.SECONDS);
    signals.send(sent.subList(1, sent.size()));
    go.countDown();
    Signal last = first;
    int count = 1;
    while (!sent.getLast().equals(last)) {
      last = heard.poll(10, TimeUnit.SECONDS);
      assertThat(last).isNotNull();
      count++;
    }
    assertThat(count).isEqualTo(1 + MemoryJobSignals.ROOM);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
