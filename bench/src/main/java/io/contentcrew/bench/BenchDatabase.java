package io.contentcrew.bench;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.adapters.postgres.PostgresConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server for one run, durable like a real one. */
final class BenchDatabase implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final int CONNECTIONS = 200;

  private final Path folder;
  private final EmbeddedPostgres server;

  private BenchDatabase(Path folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts it, with all of its files below {@code folder}. */
  static BenchDatabase start(Path folder) {
    EmbeddedPostgresConfig config =
        EmbeddedPostgresConfig.of(folder.resolve("postgres"), folder.resolve("programs"))
            .withMaxConnections(CONNECTIONS)
            .withSharedBuffersMegabytes(256);
    return new BenchDatabase(folder, EmbeddedPostgres.start(config));
  }

  EmbeddedPostgres.Address address() {
    return server.address();
  }

  /** For an adapter with so many connections. */
  PostgresConfig config(int connections) {
    EmbeddedPostgres.Address at = server.address();
    return PostgresConfig.of(at.host(), at.port(), at.database(), at.user(), at.password())
        .withPoolSize(connections);
  }

  /** For a process of its own. */
  String url() {
    EmbeddedPostgres.Address at = server.address();
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(at.user(), at.password().reveal(), at.host(), at.port(), at.database());
  }

  /** As the role that owns the tables. */
  Connection owner() throws SQLException {
    return connection(server.user());
  }

  /** As the one who may do and see all. */
  Connection superuser() throws SQLException {
    return connection(SUPERUSER);
  }

  private Connection connection(String user) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(), user, server.address().password().reveal());
  }

  /** Runs statements as the one who may do all. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Whether connections that are opened from now on have their statements logged. */
  void logStatements(boolean on) throws SQLException {
    String role = "alter role " + server.user();
    execute(
        role + " set log_statement = '" + (on ? "all" : "none") + "'",
        role + " set log_error_verbosity = 'terse'");
  }

  StatementLog log() {
    return new StatementLog(folder.resolve("postgres").resolve("server.log"));
  }

  /** The time that the processes which live now have spent on processors. */
  Duration cpu() throws IOException {
    Path pidFile = folder.resolve("postgres").resolve("cluster").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    return server
        .children()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    server.close();
  }
}
