package io.contentcrew.adapters.redis;

import io.contentcrew.adapters.redis.RedisConfig.Server;
import io.contentcrew.ports.PortUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.SocketAddressResolver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Opens connections to one Redis. They do not reopen themselves: whoever holds one keeps watch over
 * it and asks for another, so that nothing is buffered, nothing is sent twice, and a connection
 * that only looks alive can be thrown away. Safe for use by many threads.
 */
final class Connector implements AutoCloseable {
  private static final int MOST_UNANSWERED = 10_000;
  private static final int MOST_TRIES = 3;
  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(2);

  private final RedisConfig config;
  private final Failures failures;
  private final RedisURI uri;
  private final ClientResources resources;
  private final RedisClient client;

  Connector(RedisConfig config, Failures failures) {
    this.config = config;
    this.failures = failures;
    uri = uri(config);
    resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            // the JVM's resolver, as everything else in the process uses it, on our own thread
            .socketAddressResolver(SocketAddressResolver.create(InetAddress::getAllByName))
            .build();
    client = RedisClient.create(resources);
    client.setOptions(options(config));
  }

  private static RedisURI uri(RedisConfig config) {
    Server server = config.server();
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(server.host())
            .withPort(server.port())
            .withDatabase(server.database())
            .withSsl(server.tls().isPresent())
            .withTimeout(config.connectTimeout())
            .withClientName("contentcrew");
    server
        .password()
        .map(secret -> secret.reveal().toCharArray())
        .ifPresent(
            password ->
                server
                    .user()
                    .ifPresentOrElse(
                        user -> uri.withAuthentication(user, password),
                        () -> uri.withPassword(password)));
    return uri.build();
  }

  private static ClientOptions options(RedisConfig config) {
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_UNANSWERED)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(config.connectTimeout())
                    .keepAlive(true)
                    .build());
    config
        .server()
        .tls()
        .ifPresent(
            tls -> {
              SslOptions.Builder ssl =
                  SslOptions.builder().jdkSslProvider().handshakeTimeout(config.connectTimeout());
              tls.rootCertificate().ifPresent(path -> ssl.trustManager(path.toFile()));
              options.sslOptions(ssl.build());
            });
    return options.build();
  }

  /**
   * Opens a connection for commands.
   *
   * @throws PortUnavailableException saying why there is none
   */
  StatefulRedisConnection<byte[], byte[]> connect() {
    return await(() -> client.connectAsync(ByteArrayCodec.INSTANCE, uri));
  }

  /**
   * Opens a connection for messages.
   *
   * @throws PortUnavailableException saying why there is none
   */
  StatefulRedisPubSubConnection<byte[], byte[]> connectPubSub() {
    return await(() -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri));
  }

  private <C extends StatefulConnection<byte[], byte[]>> C await(
      Supplier<ConnectionFuture<C>> begin) {
    try {
      for (int tries = 1; true; tries++) {
        try {
          return once(begin.get());
        } catch (ExecutionException e) {
          if (tries == MOST_TRIES || !Failures.hidesWhy(e)) {
            throw failures.noEntry(e);
          }
        }
      }
    } catch (CancellationException | TimeoutException | RedisException e) {
      throw failures.noEntry(e);
    }
  }

  private <C extends StatefulConnection<byte[], byte[]>> C once(ConnectionFuture<C> coming)
      throws ExecutionException, TimeoutException {
    try {
      // to connect, to agree on TLS and to greet have each their own limit
      return coming.get(3 * config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      letGo(coming);
      throw e;
    } catch (InterruptedException e) {
      letGo(coming);
      Thread.currentThread().interrupt();
      throw failures.interrupted();
    }
  }

  /** Closes a connection that is still to come, when it comes. */
  private static <C extends StatefulConnection<byte[], byte[]>> void letGo(
      ConnectionFuture<C> coming) {
    ConnectionFuture<Void> unused = coming.thenCompose(StatefulConnection::closeAsync);
  }

  /** Closes a connection and does not wait for it. */
  static void letGo(StatefulConnection<byte[], byte[]> connection) {
    CompletableFuture<Void> unused = connection.closeAsync();
  }

  @Override
  public void close() {
    long most = LONGEST_SHUTDOWN.toMillis();
    client.shutdown(0, most, TimeUnit.MILLISECONDS);
    resources.shutdown(0, most, TimeUnit.MILLISECONDS).awaitUninterruptibly(most);
  }
}
