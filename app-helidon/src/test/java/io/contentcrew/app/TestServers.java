package io.contentcrew.app;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import redis.embedded.RedisServer;

/** A real PostgreSQL and a real Redis for services of this JVM. */
final class TestServers implements AutoCloseable {
  static final String REDIS_PASSWORD = "only-for-tests-of-redis";

  private final EmbeddedPostgres postgres =
      EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(Path.of("target", "postgres")));
  private final int redisPort = freePort();
  private RedisServer redis = startedRedis();

  EmbeddedPostgres postgres() {
    return postgres;
  }

  int redisPort() {
    return redisPort;
  }

  private RedisServer startedRedis() {
    try {
      RedisServer server =
          RedisServer.newRedisServer()
              .port(redisPort)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("appendonly no")
              .setting("requirepass " + REDIS_PASSWORD)
              .build();
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stopRedis() {
    try {
      redis.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, empty, on the same port. */
  void startRedis() {
    redis = startedRedis();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a service that uses PostgreSQL on that port. */
  Map<String, String> onPostgres(int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORT", "0");
    settings.put("BCRYPT_COST", "4");
    settings.put("SECRET_KEY", ServiceHarness.SECRET_KEY);
    settings.put("LLM_RETRIES", "0");
    settings.put("LLM_PARALLEL", "16");
    settings.put(
        "DATABASE_URL",
        "postgresql://%s:%s@127.0.0.1:%d/%s"
            .formatted(
                postgres.user(),
                postgres.address().password().reveal(),
                port,
                postgres.address().database()));
    return settings;
  }

  /** The same, with Redis on that port. */
  Map<String, String> onBoth(int postgresPort, int portOfRedis) {
    Map<String, String> settings = onPostgres(postgresPort);
    settings.put("REDIS_URL", "redis://127.0.0.1:" + portOfRedis);
    settings.put("REDIS_PASSWORD", REDIS_PASSWORD);
    return settings;
  }

  @Override
  public void close() {
    stopRedis();
    postgres.close();
  }
}
