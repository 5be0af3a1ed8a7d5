package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobSignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Keeps everything in a PostgreSQL database. Safe for use by many threads. */
public final class PostgresAdapter implements Storage {
  private static final Duration LONGEST_PING = Duration.ofMillis(900);

  private final PostgresConfig config;
  private final Connections connections;
  private final PostgresTransactions transactions;
  private final PostgresDispatcher dispatcher;
  private final PostgresJobSignals signals;

  /**
   * How the connections are used now.
   *
   * @param size how many there are at most
   * @param inUse how many are in use
   * @param waiting how many transactions wait for one
   */
  public record PoolUse(int size, int inUse, int waiting) {}

  private PostgresAdapter(PostgresConfig config) {
    this.config = config;
    connections = Connections.open(config, "contentcrew", config.pool().size());
    transactions = new PostgresTransactions(connections);
    dispatcher = new PostgresDispatcher(config);
    signals = new PostgresJobSignals(config, connections);
  }

  /**
   * Connects, and brings the tables up to date if the configuration says so.
   *
   * @throws PortUnavailableException if no server answers
   * @throws PortFailureException if it lets us not in, or the tables are older than this version
   */
  public static PostgresAdapter open(PostgresConfig config) {
    requireEntry(config);
    if (config.migrateOnStart()) {
      Migrations.migrate(config);
    } else {
      Migrations.requireAll(config);
    }
    return unchecked(config);
  }

  /** Connects when it is first used, and trusts the tables to be there. */
  static PostgresAdapter unchecked(PostgresConfig config) {
    return new PostgresAdapter(config);
  }

  /**
   * Brings the tables up to date, and no more. Several may do so at the same time.
   *
   * @return how many migrations were applied
   */
  public static int migrate(PostgresConfig config) {
    requireEntry(config);
    return Migrations.migrate(config);
  }

  /** Connects once without a pool, which would only say that it has no connection. */
  private static void requireEntry(PostgresConfig config) {
    PostgresConfig.Server server = config.server();
    String where = "%s:%d".formatted(server.host(), server.port());
    try (Connection connection =
        Connections.dataSource(config, config.pool().socketTimeout()).getConnection()) {
      connection.isValid(0);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      throw switch (state) {
        case "28P01", "28000" ->
            new PortFailureException(
                "PostgreSQL at %s does not let user %s in: check user, password and TLS"
                    .formatted(where, server.user()),
                e);
        case "3D000" ->
            new PortFailureException(
                "PostgreSQL at %s has no database %s: create it, or name another one"
                    .formatted(where, server.database()),
                e);
        case "08001", "08004", "08006" ->
            Failures.unavailable(
                "no PostgreSQL answers at %s: is it running, and are host, port and TLS right?"
                    .formatted(where),
                e);
        default -> Failures.of(e);
      };
    }
  }

  @Override
  public Transactions transactions() {
    return transactions;
  }

  @Override
  public JobDispatcher dispatcher() {
    return dispatcher;
  }

  @Override
  public JobSignals signals() {
    return signals;
  }

  /** How the connections are used, for metrics. */
  public PoolUse poolUse() {
    return new PoolUse(config.pool().size(), connections.inUse(), connections.waiting());
  }

  @Override
  public void ping() {
    Patience.within(LONGEST_PING, "the database gives no sign of life", transactions::ping);
  }

  @Override
  public void close() {
    dispatcher.stop(Duration.ZERO);
    signals.close();
    connections.close();
  }
}
