package io.contentcrew.adapters.postgres;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server that all tests of this JVM share, and databases of their own on it. */
final class TestServer {
  static final Path BINARIES = Path.of("target", "postgres");

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String MIGRATED = "migrated";

  /** Races of hundreds of threads take their time on a busy machine. */
  private static final PostgresConfig.Pool PATIENT =
      new PostgresConfig.Pool(
          10, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(60));

  private TestServer() {}

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      EmbeddedPostgres server = EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(BINARIES));
      create(server, MIGRATED, "template1");
      PostgresAdapter.migrate(config(server, MIGRATED));
      return server;
    }
  }

  /** A new database with the tables and nothing in them. */
  static PostgresConfig database() {
    return database(MIGRATED);
  }

  /** A new database without tables. */
  static PostgresConfig emptyDatabase() {
    return database("template1");
  }

  private static PostgresConfig database(String template) {
    String name = "test" + COUNTER.incrementAndGet();
    create(Holder.SERVER, name, template);
    return config(Holder.SERVER, name);
  }

  static PostgresConfig config(EmbeddedPostgres server, String database) {
    return PostgresConfig.of(
            server.host(), server.port(), database, server.user(), server.address().password())
        .withMigrateOnStart(false)
        .withPool(PATIENT);
  }

  private static void create(EmbeddedPostgres server, String name, String template) {
    String url = "jdbc:postgresql://%s:%d/postgres".formatted(server.host(), server.port());
    try (Connection connection =
            DriverManager.getConnection(url, "postgres", server.address().password().reveal());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create database %s template %s owner %s".formatted(name, template, server.user()));
    } catch (SQLException e) {
      throw new AssertionError("the tests' database could not be made", e);
    }
  }

  static void execute(PostgresConfig config, String sql) {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError("the tests' own statement failed: " + e.getMessage(), e);
    }
  }

  /** The first column of the first row, as text. */
  static String ask(PostgresConfig config, String sql) {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    } catch (SQLException e) {
      throw new AssertionError("the tests' own question failed: " + e.getMessage(), e);
    }
  }

  /** A statement of ours with literals in the place of its names. */
  static String with(String sql, Map<String, String> literals) {
    return Pattern.compile("(?<!:):([a-z_]+)")
        .matcher(sql)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    Objects.requireNonNull(literals.get(name.group(1)), name.group(1))));
  }

  /** The first column of all rows, as lines of text. */
  static String all(PostgresConfig config, String sql) {
    StringBuilder lines = new StringBuilder();
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      while (answer.next()) {
        lines.append(answer.getString(1)).append('\n');
      }
    } catch (SQLException e) {
      throw new AssertionError("the tests' own question failed: " + e.getMessage(), e);
    }
    return lines.toString();
  }

  static Connection connect(PostgresConfig config) throws SQLException {
    return Connections.dataSource(config, config.pool().socketTimeout()).getConnection();
  }

  /** Makes leases older, queued jobs nearer and as if added earlier, and chores nearer. */
  static void pass(PostgresConfig config, Duration time) {
    String interval = "interval '" + time.toMillis() + " milliseconds'";
    execute(
        config,
        "update jobs set heartbeat_at = heartbeat_at - %s where heartbeat_at is not null"
            .formatted(interval));
    execute(
        config,
        "update scheduled_tasks set execution_time = execution_time - %s, priority = priority + %d"
            .formatted(interval, time.toSeconds()));
    execute(config, "update chores set due_at = due_at - " + interval);
  }

  /** All but the audit log, of which nothing can be removed. */
  static void empty(PostgresConfig config) {
    execute(
        config,
        "truncate users, subscription_tiers, usage_reservations, scheduled_tasks, chores, tickets,"
            + " letters, attempts, webhook_inbox, provider_endings cascade");
  }
}
