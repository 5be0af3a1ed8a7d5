package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.PortFailureException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the tables up to date. */
final class Migrations {
  /** Not the usual folder and table: whoever embeds this may have migrations of their own there. */
  private static final String FOLDER = "classpath:contentcrew/db/migration";

  private static final String TABLE = "contentcrew_schema_history";

  /** While another instance migrates, this one asks once a second whether it is done. */
  private static final int LOCK_RETRIES = 300;

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(30);

  private Migrations() {}

  private static Flyway flyway(PostgresConfig config) {
    DataSource connections = Connections.dataSource(config, LONGEST_STATEMENT);
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(connections)
        .locations(FOLDER)
        .table(TABLE)
        .lockRetryCount(LOCK_RETRIES)
        .cleanDisabled(true)
        .baselineOnMigrate(true) // the schema may hold tables of the embedding application
        .baselineVersion("0")
        .load();
  }

  /** Returns how many migrations were applied. */
  static int migrate(PostgresConfig config) {
    try {
      return flyway(config).migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw failure("the tables could not be brought up to date", e);
    }
  }

  /**
   * Refuses a database that lacks a migration; one that has more is a newer version's, and fits.
   */
  static void requireAll(PostgresConfig config) {
    MigrationInfo[] pending;
    try {
      pending = flyway(config).info().pending();
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
