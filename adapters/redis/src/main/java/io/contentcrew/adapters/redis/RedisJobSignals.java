package io.contentcrew.adapters.redis;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.JobSignals;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals over one channel of Redis. It is listened to on a connection of its own, and each
 * instance sends itself a heartbeat there twice a second: a channel that is silent says nothing of
 * whether it is still connected.
 */
final class RedisJobSignals
    implements JobSignals,
        AutoCloseable,
        Keeper.Charge<StatefulRedisPubSubConnection<byte[], byte[]>> {
  private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(500);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.redis");

  /** Some seconds of signals of a busy cluster, and some megabytes. */
  private static final int ROOM = 32_768;

  private final Link link;
  private final Connector connector;
  private final Failures failures;
  private final Duration connectTimeout;
  private final byte[] channel;
  private final UUID instance = UUID.randomUUID();
  private final Listeners listeners = new Listeners(ROOM);
  private final Keeper<StatefulRedisPubSubConnection<byte[], byte[]>> keeper;
  private volatile @Nullable Ear ear;
  private volatile boolean closed;

  /** What was last told of why nothing is heard; only for the keeper's thread. */
  private @Nullable String told;

  /** Hears what comes over one connection. */
  private final class Ear extends RedisPubSubAdapter<byte[], byte[]> {
    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
    private final long since = System.nanoTime();
    private volatile @Nullable Long lastHeartbeat;

    /** Why the last heartbeat was not sent; only for the keeper's thread. */
    private @Nullable PortUnavailableException notSent;

    private Ear(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
      this.connection = connection;
    }

    @Override
    public void message(byte[] from, byte[] message) {
      SignalMessage.read(message, listeners::hear, this::heartbeat);
    }

    private void heartbeat(UUID sender) {
      if (sender.equals(instance)) {
        lastHeartbeat = System.nanoTime();
      }
    }

    private boolean hears() {
      Long last = lastHeartbeat;
      return last != null && recent(last) && connection.isOpen();
    }

    private boolean isDeaf() {
      Long last = lastHeartbeat;
      return !recent(last == null ? since : last);
    }

    private static boolean recent(long nanos) {
      return System.nanoTime() - nanos < LONGEST_SILENCE.toNanos();
    }
  }

  RedisJobSignals(RedisConfig config, Link link, Connector connector, Failures failures) {
    this.link = link;
    this.connector = connector;
    this.failures = failures;
    connectTimeout = config.connectTimeout();
    channel = new Keys(config.keyPrefix()).signals();
    keeper = new Keeper<>("contentcrew-redis-signals", this, BETWEEN_HEARTBEATS);
  }

  void start() {
    listeners.start();
    keeper.start();
  }

  /**
   * Also refuses while this instance does not hear its own channel: what keeps it from hearing most
   * likely keeps the others too, and a publish that nobody hears succeeds all the same. Whoever
   * sends takes his next way then. A channel that was opened just now counts as heard, until it has
   * been silent for too long.
   */
  @Override
  public void send(Collection<Signal> signals) {
    List<byte[]> messages = SignalMessage.of(List.copyOf(signals));
    if (messages.isEmpty()) {
      return;
    }
    Ear present = ear;
    if (present == null || !present.connection.isOpen() || present.isDeaf()) {
      throw closed ? failures.closed() : failures.notHeard();
    }
    link.ask(
        redis ->
            CompletableFuture.allOf(
                messages.stream()
                    .map(message -> redis.publish(channel, message).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new)));
  }

  @Override
  public Listening listen(Consumer<Signal> listener) {
    return new Registration(listeners.add(listener));
  }

  private final class Registration implements Listening {
    private final Runnable end;
    private volatile boolean ended;

    private Registration(Runnable end) {
      this.end = end;
    }

    @Override
    public boolean hears() {
      Ear present = ear;
      return !ended && present != null && present.hears();
    }

    @Override
    public void close() {
      ended = true;
      end.run();
    }
  }

  @Override
  public StatefulRedisPubSubConnection<byte[], byte[]> connect() {
    StatefulRedisPubSubConnection<byte[], byte[]> connection = connector.connectPubSub();
    Ear opened = new Ear(connection);
    connection.addListener(opened);
    try {
      connection
          .async()
          .subscribe(channel)
          .toCompletableFuture()
          .get(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CancellationException e) {
      Connector.letGo(connection);
      throw failures.noAnswer(e);
    } catch (TimeoutException e) {
      Connector.letGo(connection);
      throw failures.tooSlow(connectTimeout);
    } catch (InterruptedException e) {
      Connector.letGo(connection);
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
    ear = opened;
    return connection;
  }

  @Override
  public void tend(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    Ear present = ear;
    if (!connection.isOpen() || present == null) {
      throw failures.tooSlow(LONGEST_SILENCE);
    }
    if (present.isDeaf()) {
      throw present.notSent == null
          ? failures.tooSlow(LONGEST_SILENCE)
          : failures.again(present.notSent);
    }
    if (told != null && present.hears()) {
      LOG.log(System.Logger.Level.INFO, "signals are heard over Redis again");
      told = null;
    }
    try {
      byte[] heartbeat = SignalMessage.heartbeat(instance);
      link.ask(redis -> redis.publish(channel, heartbeat));
      present.notSent = null;
    } catch (PortUnavailableException e) {
      // the other connection is lost, or may not publish: if that lasts, it is told as the reason
      present.notSent = e;
    }
  }

  @Override
  public void lost(PortUnavailableException why) {
    ear = null;
    if (!closed && !why.getMessage().equals(told)) {
      told = why.getMessage();
      LOG.log(System.Logger.Level.WARNING, "no signals are heard over Redis: {0}", told);
    }
  }

  @Override
  public void close() {
    closed = true;
    keeper.close();
    listeners.close();
    ear = null;
  }
}
