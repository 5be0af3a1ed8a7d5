package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.PortUnavailableException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeeperTest {
  /** Without memory at first, and then without a Redis. */
  private static final class Charge
      implements Keeper.Charge<StatefulRedisConnection<byte[], byte[]>> {
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch triedAgain = new CountDownLatch(2);
    private final List<String> lost = new CopyOnWriteArrayList<>();

    @Override
    public StatefulRedisConnection<byte[], byte[]> connect() {
      triedAgain.countDown();
      if (tries.getAndIncrement() == 0) {
        throw new OutOfMemoryError("failed to allocate 16 bytes of direct memory");
      }
      throw new PortUnavailableException("no Redis", null);
    }

    @Override
    public void tend(StatefulRedisConnection<byte[], byte[]> connection) {
      throw new AssertionError("there is no connection");
    }

    @Override
    public void lost(PortUnavailableException why) {
      lost.add(why.getMessage());
    }
  }

  @Test
  void an_error_is_a_loss_and_not_the_end() throws InterruptedException {
    Charge charge = new Charge();
    try (Keeper<StatefulRedisConnection<byte[], byte[]>> keeper =
            new Keeper<>("keeper-test", charge, Duration.ofMillis(10));
        LogLines log = LogLines.of("io.contentcrew.adapters.redis")) {
      keeper.start();
      assertThat(charge.triedAgain.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(charge.lost.getFirst()).isEqualTo("the connection to Redis could not be kept");
      assertThat(log.count("could not be kept")).isEqualTo(1);
    }
  }
}
