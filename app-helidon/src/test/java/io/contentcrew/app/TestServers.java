package io.contentcrew.app;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.app.faults.RedisServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A real PostgreSQL and a real Redis for services of this JVM. */
final class TestServers implements AutoCloseable {
  private final EmbeddedPostgres postgres =
      EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(Path.of("target", "postgres")));
  private final RedisServer redis = RedisServer.start(Path.of("target", "redis"));

  EmbeddedPostgres postgres() {
    return postgres;
  }

  int redisPort() {
    return redis.port();
  }

  /** The settings of a service that uses PostgreSQL on that port. */
  Map<String, String> onPostgres(int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORT", "0");
    settings.put("BCRYPT_COST", "4");
    settings.put("SECRET_KEY", ServiceHarness.SECRET_KEY);
    settings.putAll(ServiceHarness.MANY_FROM_HERE);
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
    settings.put("REDIS_PASSWORD", RedisServer.PASSWORD);
    return settings;
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
  }
}
