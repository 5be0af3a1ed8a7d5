package io.contentcrew.app;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.adapters.postgres.PostgresConfig;
import java.nio.file.Path;
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

  /** The database, with a server of one's own where it is the embedded one. */
  static Database open(AppConfig.Stores stores) {
    return given(stores).orElseGet(() -> started(stores));
  }

  /** The database, also when another process runs the embedded server. */
  static Database share(AppConfig.Stores stores) {
    return given(stores)
        .or(() -> EmbeddedPostgres.running(folder(stores)).map(Database::running))
        .orElseGet(() -> started(stores));
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
    return PostgresConfig.of(
        address.host(), address.port(), address.database(), address.user(), address.password());
  }

  private static Path folder(AppConfig.Stores stores) {
    return stores.dataDir().resolve("postgres");
  }

  @Override
  public void close() {
    server.ifPresent(EmbeddedPostgres::close);
  }
}
