package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.JobSignals.Listening;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come, and not for ever. */
final class Patience {
  private Patience() {}

  /** How long it took. */
  static Duration until(String what, Duration most, BooleanSupplier come) {
    long begin = System.nanoTime();
    while (!come.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(most);
      LockSupport.parkNanos(5_000_000);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  static boolean answers(RedisAdapter adapter) {
    return answers(adapter::ping);
  }

  static boolean answers(Runnable question) {
    try {
      question.run();
      return true;
    } catch (PortUnavailableException e) {
      return false;
    }
  }

  /** Waits until it hears signals. */
  static void hears(RedisAdapter adapter) {
    try (Listening listening = adapter.signals().listen(signal -> {})) {
      until("hearing", TestRedis.PATIENT, listening::hears);
    }
  }

  /** An adapter that is connected. */
  static RedisAdapter connected(RedisConfig config) {
    RedisAdapter adapter = RedisAdapter.open(config);
    try {
      until("a connection", TestRedis.PATIENT, () -> answers(adapter));
      return adapter;
    } catch (AssertionError e) {
      adapter.close();
      throw e;
    }
  }
}
