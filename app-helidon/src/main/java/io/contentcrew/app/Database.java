package io.contentcrew.app;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.adapters.postgres.PostgresConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The database that the configuration names: the given one, or the embedded one in the data folder.
 *
 * @param detail what it is and where, for people
 * @param server that was started for it and must be stopped with it; empty if there is nothing to
 *     stop
 */
record Database(PostgresConfig config, String detail, Optional<EmbeddedPostgres> server)
    implements AutoCloseable {
  /**
   * Connections of the embedded server besides those of the pool: the queue's, and some for whoever
   * wants to look.
   */
  private static final int MORE_CONNECTIONS = 15;

  /** A server on this machine that is slow to answer is busy, and not away. */
  private static final PostgresConfig.Pool PATIENT =
      new PostgresConfig.Pool(
          10, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));

  /** The database, with a server of one's own where it is the embedded one. */
  static Database open(AppConfig.Stores stores) {
    return given(stores).orElseGet(() -> started(stores));
  }

  /**
   * The database that is there, also when another process runs the embedded server.
   *
   * @throws IllegalStateException if there is none: whoever only looks makes none
   */
  static Database share(AppConfig.Stores stores) {
    return given(stores)
        .or(() -> EmbeddedPostgres.running(folder(stores)).map(Database::running))
        .orElseGet(() -> startedAgain(stores));
  }

  private static Database startedAgain(AppConfig.Stores stores) {
    if (!Files.isDirectory(folder(stores))) {
      throw new IllegalStateException(
          "there is no data in "
              + stores.dataDir()
              + "; give DATA_DIR or DATABASE_URL as they are given to the service");
    }
    return started(stores);
  }

  private static Optional<Database> given(AppConfig.Stores stores) {
    return stores
        .databaseUrl()
        .map(
            url -> {
              PostgresConfig config =
                  PostgresConfig.parse(url.reveal()).withPoolSize(stores.poolSize());
              PostgresConfig.Server server = config.server();
              String detail =
                  "PostgreSQL database "
                      + server.database()
                      + " at "
                      + server.host()
                      + ":"
                      + server.port();
              return new Database(config, detail, Optional.empty());
            });
  }

  private static Database running(EmbeddedPostgres.Address address) {
    return new Database(
        config(address),
        "embedded PostgreSQL that runs on port " + address.port(),
        Optional.empty());
  }

  private static Database started(AppConfig.Stores stores) {
    EmbeddedPostgresConfig wanted =
        EmbeddedPostgresConfig.of(folder(stores), stores.dataDir().resolve("postgres-programs"))
            .withMaxConnections(stores.poolSize() + MORE_CONNECTIONS);
    EmbeddedPostgres server = EmbeddedPostgres.start(wanted);
    String detail =
        "embedded PostgreSQL 16 on port " + server.port() + ", kept in " + folder(stores);
    return new Database(
        config(server.address()).withPoolSize(stores.poolSize()), detail, Optional.of(server));
  }

  private static PostgresConfig config(EmbeddedPostgres.Address address) {
    PostgresConfig config =
        PostgresConfig.of(
            address.host(), address.port(), address.database(), address.user(), address.password());
    return config.withPool(PATIENT);
  }

  private static Path folder(AppConfig.Stores stores) {
    return stores.dataDir().resolve("postgres");
  }

  @Override
  public void close() {
    server.ifPresent(EmbeddedPostgres::close);
  }
}
