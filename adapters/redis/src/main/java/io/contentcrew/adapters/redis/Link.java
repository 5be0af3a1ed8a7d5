package io.contentcrew.adapters.redis;

import io.contentcrew.ports.PortUnavailableException;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The connection on which commands go. A gate stands before it: it shuts as soon as Redis does not
 * answer in time, so that one request or a few have waited for nothing and all others are turned
 * away at once, and it opens when Redis answers a ping. Safe for use by many threads.
 */
final class Link implements AutoCloseable, Keeper.Charge<StatefulRedisConnection<byte[], byte[]>> {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.redis");
  private static final Duration BETWEEN_PINGS = Duration.ofMillis(250);
  private static final Duration SILENCE_OF_THE_DEAD = Duration.ofSeconds(1);
  private static final Duration PING_KEPT = Duration.ofSeconds(1);
  private static final Duration LONGEST_FIRST_TRY = Duration.ofMillis(900);

  private final RedisConfig config;
  private final byte[] pingKey;
  private final Connector connector;
  private final Failures failures;
  private final AtomicReference<Gate> gate;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final Keeper<StatefulRedisConnection<byte[], byte[]>> keeper;

  /** A command, given to lettuce. */
  interface Command<T> extends Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> {}

  /** What stands between a caller and Redis. */
  private sealed interface Gate {
    /** A class and not a record: two openings are not the same. */
    final class Open implements Gate {
      private final StatefulRedisConnection<byte[], byte[]> connection;

      private Open(StatefulRedisConnection<byte[], byte[]> connection) {
        this.connection = connection;
      }
    }

    /** Nobody goes through, and this is why. */
    record Shut(PortUnavailableException why) implements Gate {}

    /** Nobody will go through any more. */
    record Closed() implements Gate {}
  }

  Link(RedisConfig config, Connector connector, Failures failures) {
    this.config = config;
    pingKey = new Keys(config.keyPrefix()).ping();
    this.connector = connector;
    this.failures = failures;
    gate = new AtomicReference<>(new Gate.Shut(failures.notYet()));
    keeper = new Keeper<>("contentcrew-redis", this, BETWEEN_PINGS);
  }

  void start() {
    keeper.start();
  }

  /**
   * Sends a command and waits for its answer, as long as the configuration says and no longer.
   *
   * @throws PortUnavailableException if there is none, or if it is an error
   */
  <T> T ask(Command<T> command) {
    return switch (gate.get()) {
      case Gate.Open open -> ask(open, command);
      case Gate.Shut shut -> throw failures.again(shut.why);
      case Gate.Closed closed -> throw failures.closed();
    };
  }

  private <T> T ask(Gate.Open open, Command<T> command) {
    try {
      return within(config.commandTimeout(), command.apply(open.connection.async()));
    } catch (TimeoutException e) {
      PortUnavailableException why = failures.tooSlow(config.commandTimeout());
      shut(open, why);
      throw why;
    } catch (ExecutionException | CancellationException | RedisException e) {
      PortUnavailableException why = failures.noAnswer(e);
      if (Failures.refusal(e).equals("READONLY")) {
        // after a change of masters its name leads to another server, for those who connect anew
        Connector.letGo(open.connection);
      }
      if (!open.connection.isOpen()) {
        shut(open, why);
      }
      throw why;
    }
  }

  private <T> T within(Duration limit, CompletionStage<T> answer)
      throws TimeoutException, ExecutionException {
    CompletableFuture<T> coming = answer.toCompletableFuture();
    try {
      return coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      coming.cancel(false);
      throw e;
    } catch (InterruptedException e) {
      coming.cancel(false);
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
  }

  private void shut(Gate.Open open, PortUnavailableException why) {
    if (gate.compareAndSet(open, new Gate.Shut(why))) {
      warn(why);
      keeper.wake();
    }
  }

  private static void warn(PortUnavailableException why) {
    LOG.log(System.Logger.Level.WARNING, "{0}; going on without it", why.getMessage());
  }

  /**
   * Asks for a sign of life, by a small write: a Redis that is full, a replica or forbidden to us
   * answers a bare PING as well. Soon after the start it waits for the first connection, up to a
   * second altogether.
   *
   * @throws PortUnavailableException saying why there is none
   */
  void ping() {
    try {
      if (!tried.await(LONGEST_FIRST_TRY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failures.notYet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
    ask(redis -> redis.set(pingKey, new byte[0], SetArgs.Builder.px(PING_KEPT)));
  }

  @Override
  public StatefulRedisConnection<byte[], byte[]> connect() {
    return connector.connect();
  }

  /** Pings, so that a connection that only looks alive is noticed, also while nobody asks. */
  @Override
  public void tend(StatefulRedisConnection<byte[], byte[]> connection) {
    CompletableFuture<String> pong = connection.async().ping().toCompletableFuture();
    try {
      if (answered(pong, config.commandTimeout())) {
        open(connection);
        tried.countDown();
        return;
      }
      if (gate.get() instanceof Gate.Open open) {
        shut(open, failures.tooSlow(config.commandTimeout()));
      }
      if (!answered(pong, SILENCE_OF_THE_DEAD)) {
        throw failures.tooSlow(SILENCE_OF_THE_DEAD);
      }
    } catch (ExecutionException | CancellationException | RedisException e) {
      throw failures.noAnswer(e);
    }
  }

  private boolean answered(CompletableFuture<String> pong, Duration limit)
      throws ExecutionException {
    try {
      pong.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
  }

  private void open(StatefulRedisConnection<byte[], byte[]> connection) {
    Gate present = gate.get();
    if (present instanceof Gate.Shut && gate.compareAndSet(present, new Gate.Open(connection))) {
      LOG.log(System.Logger.Level.INFO, "Redis at {0} answers", config.server().address());
    }
  }

  @Override
  public void lost(PortUnavailableException why) {
    Gate present = gate.get();
    boolean news =
        present instanceof Gate.Open
            || (present instanceof Gate.Shut shut
                && !shut.why.getMessage().equals(why.getMessage()));
    if (!(present instanceof Gate.Closed)
        && gate.compareAndSet(present, new Gate.Shut(why))
        && news) {
      warn(why);
    }
    tried.countDown();
  }

  @Override
  public void close() {
    gate.set(new Gate.Closed());
    keeper.close();
  }
}
