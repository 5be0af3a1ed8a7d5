package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.testkit.Fixtures;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SignalEarTest {
  private final PostgresConfig database = TestServer.database();
  private final BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
  private final Signal signal = new Signal(Kind.GROWN, Fixtures.aJobId());

  private void tell(String text) {
    TestServer.execute(database, "notify " + SignalEar.CHANNEL + ", '" + text + "'");
  }

  private String text(Signal one) {
    return SignalText.of(List.of(one)).getFirst();
  }

  private static void awaitHearing(SignalEar ear) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!ear.hears()) {
      assertThat(System.nanoTime()).as("hears within a minute").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void goes_on_after_a_text_that_is_none_of_ours() throws Exception {
    try (SignalEar ear = new SignalEar(database, heard::add)) {
      ear.start();
      awaitHearing(ear);
      tell("1gAAAAAAAAAAAAAAAAAAAA==");
      tell(text(signal));
      assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo(signal);
    }
  }

  @Test
  void listens_again_after_any_failure() throws Exception {
    Signal bad = new Signal(Kind.CANCEL, Fixtures.aJobId());
    BlockingQueue<Signal> failed = new LinkedBlockingQueue<>();
    Consumer<Signal> listener =
        one -> {
          if (one.equals(bad)) {
            failed.add(one);
            throw new AssertionError("of the listener");
          }
          heard.add(one);
        };
    try (SignalEar ear = new SignalEar(database, listener)) {
      ear.start();
      awaitHearing(ear);
      tell(text(bad));
      assertThat(failed.poll(1, TimeUnit.MINUTES)).isEqualTo(bad);
      Signal next = null;
      for (int i = 0; i < 60 && next == null; i++) { // what is told before it listens is not heard
        tell(text(signal));
        next = heard.poll(1, TimeUnit.SECONDS);
      }
      assertThat(next).isEqualTo(signal);
    }
  }
}
