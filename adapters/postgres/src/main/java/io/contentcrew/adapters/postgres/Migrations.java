package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.PortFailureException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Brings the tables up to date. */
final class Migrations {
  /** Not the usual folder and table: whoever embeds this may have migrations of their own there. */
  private static final String FOLDER = "classpath:contentcrew/db/migration";

  private static final String TABLE = "contentcrew_schema_history";

  private static final String LATEST = "latest";

  private static final String LOCK = "select pg_try_advisory_lock(hashtext('" + TABLE + "'))";
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 200;

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(30);

  private Migrations() {}

  private static Flyway flyway(PostgresConfig config, String target) {
    DataSource connections = Connections.dataSource(config, LONGEST_STATEMENT);
    FluentConfiguration settings =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(connections)
            .locations(FOLDER)
            .table(TABLE)
            .cleanDisabled(true)
            .baselineOnMigrate(true) // the schema may hold tables of the embedding application
            .baselineVersion("0")
            .target(target);
    // Else its lock is an open transaction, for whose end an index made concurrently waits.
    settings
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return settings.load();
  }

  /**
   * Returns how many migrations were applied. One instance at a time is at it: Flyway's own lock
   * covers the migrations, but not the making of its table, at which two fall over each other.
   */
  static int migrate(PostgresConfig config) {
    return migrate(config, LATEST);
  }

  /** Up to a version and no further. */
  static int migrate(PostgresConfig config, String target) {
    try (Connection lock = Connections.dataSource(config, LONGEST_STATEMENT).getConnection()) {
      awaitTurn(lock);
      forgetFailures(lock);
      return flyway(config, target).migrate().migrationsExecuted;
    } catch (SQLException e) {
      throw Failures.of(e);
    } catch (FlywayException e) {
      throw failure("the tables could not be brought up to date", e);
    }
  }

  /** Looks again and again: a statement that waits would hold up indexes made concurrently. */
  private static void awaitTurn(Connection lock) throws SQLException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!isOurs(lock)) {
      if (System.nanoTime() - end > 0) {
        throw Failures.unavailable(
            "another instance has been bringing the tables up to date for " + LONGEST_WAIT, null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
  }

  /**
   * A migration that runs outside of a transaction leaves a note where it failed, for which the
   * next start would refuse. It may be run again, so that note is all that there is to mend.
   */
  private static void forgetFailures(Connection lock) throws SQLException {
    try (Statement statement = lock.createStatement();
        ResultSet answer = statement.executeQuery("select to_regclass('" + TABLE + "')")) {
      if (answer.next() && answer.getString(1) != null) {
        statement.execute("delete from " + TABLE + " where not success");
      }
    }
  }

  private static boolean isOurs(Connection lock) throws SQLException {
    try (Statement statement = lock.createStatement();
        ResultSet answer = statement.executeQuery(LOCK)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  /**
   * Refuses a database that lacks a migration; one that has more is a newer version's, and fits.
   */
  static void requireAll(PostgresConfig config) {
    MigrationInfo[] pending;
    try {
      pending = flyway(config, LATEST).info().pending();
    } catch (FlywayException e) {
      throw failure("the state of the tables could not be read", e);
    }
    if (pending.length > 0) {
      throw new PortFailureException(
          "the database lacks migration %s: migrate it first, or let the program do it at its start"
              .formatted(
                  Arrays.stream(pending)
                      .map(migration -> String.valueOf(migration.getVersion()))
                      .collect(Collectors.joining(", "))),
          null);
    }
  }

  private static RuntimeException failure(String what, FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Failures.of(sql);
      }
    }
    return new PortFailureException(what, e);
  }
}
