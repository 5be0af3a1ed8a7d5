package io.contentcrew.app.faults;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL that can be killed, and started again with its data on the same port. */
final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgresConfig config;
  private EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgresConfig config) {
    this.server = EmbeddedPostgres.start(config);
    this.config = config.withPort(server.port());
  }

  /** Starts one that keeps its data in that folder. */
  static PostgresServer start(Path folder) {
    Path programs = Path.of(System.getProperty("java.io.tmpdir"), "contentcrew-test-postgres");
    return new PostgresServer(EmbeddedPostgresConfig.of(folder, programs).withMaxConnections(120));
  }

  int port() {
    return config.port();
  }

  String password() {
    return server.address().password().reveal();
  }

  /** The address for an instance that reaches it at another port. */
  String urlAt(int port) {
    EmbeddedPostgres.Address address = server.address();
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(address.user(), password(), address.host(), port, address.database());
  }

  /** A connection of the test's own, past all proxies. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), password());
  }

  /**
   * Lets deliveries be stored and none be applied, until that was done: as soon as so many wait to
   * be applied, or after a while if there are not.
   *
   * @throws SQLException if the server cannot be had, or something else holds it up
   */
  void whileNothingIsApplied(Runnable first, int waiting, Runnable then)
      throws SQLException, InterruptedException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local lock_timeout = '2s'");
      statement.execute("lock table user_subscriptions in exclusive mode");
      first.run();
      for (int i = 0; i < 60 && waiting(statement) < waiting; i++) {
        Thread.sleep(50);
      }
      then.run();
    }
  }

  /** How many wait for the lock. */
  private static int waiting(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select count(*) from pg_locks"
                + " where not granted and relation = 'user_subscriptions'::regclass")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Kills all its processes at once, as the loss of its machine would. */
  void kill() {
    Processes.killTree(postmaster());
  }

  /** Makes it drop everything and end without a checkpoint. */
  void stopAtOnce() {
    ProcessHandle postmaster = postmaster();
    Processes.signal("QUIT", postmaster.pid());
    Processes.awaitEnd(postmaster);
  }

  private ProcessHandle postmaster() {
    Path file = server.dataFolder().resolve("cluster/postmaster.pid");
    try {
      long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(pid)
          .orElseThrow(() -> new IllegalStateException("there is no server with pid " + pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after it was killed or stopped. */
  void restart() {
    server.close();
    server = EmbeddedPostgres.start(config);
  }

  @Override
  public void close() {
    server.close();
  }
}
