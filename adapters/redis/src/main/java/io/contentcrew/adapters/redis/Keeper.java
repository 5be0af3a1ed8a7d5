package io.contentcrew.adapters.redis;

import io.contentcrew.ports.PortUnavailableException;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection: opens it, looks after it now and then, and opens another one when it is lost,
 * all on one thread. What Redis' absence means for callers is the charge's to say.
 */
final class Keeper<C extends StatefulConnection<byte[], byte[]>> implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.redis");
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final Charge<C> charge;
  private final Duration interval;
  private final Thread thread;
  private volatile boolean closed;

  /** What is kept. */
  interface Charge<C> {
    /** Opens a connection that can be used. */
    C connect();

    /** Looks after the connection; an exception means that it is of no use any more. */
    void tend(C connection);

    /** There is no connection, or none any more. */
    void lost(PortUnavailableException why);
  }

  private final class Waker implements RedisConnectionStateListener {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      wake();
    }
  }

  Keeper(String name, Charge<C> charge, Duration interval) {
    this.charge = charge;
    this.interval = interval;
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::keep);
  }

  void start() {
    thread.start();
  }

  /** Looks after the connection now. */
  void wake() {
    LockSupport.unpark(thread);
  }

  private void keep() {
    int failures = 0;
    while (!closed) {
      C connection = null;
      try {
        connection = charge.connect();
        connection.addListener(new Waker());
        while (!closed) {
          charge.tend(connection);
          failures = 0;
          LockSupport.parkNanos(interval.toNanos());
        }
      } catch (PortUnavailableException e) {
        charge.lost(e);
      } catch (RuntimeException | Error e) {
        // a keeper that dies leaves the instance without Redis for ever; netty throws an Error
        // where
        // there is no memory left for its buffers, and that passes
        LOG.log(System.Logger.Level.ERROR, "a connection to Redis could not be kept", e);
        charge.lost(
            new PortUnavailableException("the connection to Redis could not be kept", null));
      } finally {
        close(connection);
      }
      pause(failures);
      failures++;
    }
  }

  private static void close(@Nullable StatefulConnection<byte[], byte[]> connection) {
    if (connection != null) {
      Thread.interrupted(); // what interrupts this thread is close(), and that was heard
      try {
        // waits, as lettuce complains when its client is shut down meanwhile
        connection.closeAsync().get(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
        // it is of no use any more, whatever becomes of it, and the thread must go on
        LOG.log(System.Logger.Level.DEBUG, "a connection to Redis was not closed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void pause(int failures) {
    Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    Duration most = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toNanos(); !closed && left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt(); // it may be waiting for a connection
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalThreadStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "closed before it was started");
    }
  }
}
