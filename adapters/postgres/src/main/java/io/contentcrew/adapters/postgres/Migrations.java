package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.PortFailureException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
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
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");

  /** Not the usual folder and table: whoever embeds this may have migrations of their own there. */
  private static final String FOLDER = "classpath:contentcrew/db/migration";

  private static final String TABLE = "contentcrew_schema_history";

  private static final String LATEST = "latest";

  private static final String LOCK = "select pg_try_advisory_lock(hashtext('" + TABLE + "'))::int";
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 200;

  /** A lock was not to be had soon, or who had it wanted another of ours. */
  private static final Set<String> IN_USE = Set.of("55P03", "40P01");

  /** Lets those through that waited behind a statement which gave up. */
  private static final Duration LET_OTHERS = Duration.ofSeconds(2);

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
      return run(config, target, lock);
    } catch (SQLException e) {
      throw Failures.of(e);
    } catch (FlywayException e) {
      throw failure("the tables could not be brought up to date", e);
    }
  }

  /**
   * Begins again where a table was in use: statements that would hold up everybody give up soon.
   */
  private static int run(PostgresConfig config, String target, Connection lock)
      throws SQLException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    int earlier = applied(lock);
    while (true) {
      try {
        forgetFailures(lock);
        flyway(config, target).migrate();
        return applied(lock) - earlier;
      } catch (FlywayException e) {
        if (!isInUse(e) || System.nanoTime() - end > 0) {
          throw e;
        }
        LOG.log(Level.INFO, "a table is in use; it is brought up to date a little later");
        LockSupport.parkNanos(LET_OTHERS.toNanos());
      }
    }
  }

  private static boolean isInUse(FlywayException e) {
    return cause(e).map(SQLException::getSQLState).filter(IN_USE::contains).isPresent();
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
    if (hasHistory(lock)) {
      try (Statement statement = lock.createStatement()) {
        statement.execute("delete from " + TABLE + " where not success");
      }
    }
  }

  private static boolean hasHistory(Connection lock) throws SQLException {
    return ask(lock, "select (to_regclass('" + TABLE + "') is not null)::int") == 1;
  }

  private static int applied(Connection lock) throws SQLException {
    return hasHistory(lock)
        ? ask(lock, "select count(*) from " + TABLE + " where success and type = 'SQL'")
        : 0;
  }

  private static int ask(Connection lock, String question) throws SQLException {
    try (Statement statement = lock.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getInt(1);
    }
  }

  private static boolean isOurs(Connection lock) throws SQLException {
    return ask(lock, LOCK) == 1;
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
    return cause(e)
        .<RuntimeException>map(Failures::of)
        .orElseGet(() -> new PortFailureException(what, e));
  }

  private static Optional<SQLException> cause(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
