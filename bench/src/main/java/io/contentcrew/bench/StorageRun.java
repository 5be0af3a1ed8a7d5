package io.contentcrew.bench;

import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.user.User;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.Generation;
import io.contentcrew.sdk.generation.GenerationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Measures what jobs leave in the database, and what they ask of it. */
final class StorageRun {
  private static final Duration LONGEST_JOB = Duration.ofMinutes(10);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 10;
  private static final int FOLDED_AT_ONCE = 200;

  private final StorageOptions options;
  private final Consumer<String> progress;

  /**
   * What a table has.
   *
   * @param bytes with its indexes and what is stored apart
   */
  record Table(long rows, long inserted, long updated, long deleted, long bytes) {
    Table minus(Table before) {
      return new Table(
          rows - before.rows,
          inserted - before.inserted,
          updated - before.updated,
          deleted - before.deleted,
          bytes - before.bytes);
    }
  }

  /** What the database has and has done, at one time. */
  record State(long commits, long logBytes, Map<String, Table> tables) {
    State minus(State before) {
      Map<String, Table> changes = new TreeMap<>();
      Table nothing = new Table(0, 0, 0, 0, 0);
      tables.forEach(
          (name, table) ->
              changes.put(name, table.minus(before.tables.getOrDefault(name, nothing))));
      return new State(commits - before.commits, logBytes - before.logBytes, changes);
    }

    long bytes() {
      return tables.values().stream().mapToLong(Table::bytes).sum();
    }
  }

  /**
   * What was found.
   *
   * @param idle the statements of a crew without work, its start and stop aside
   * @param work what the jobs did and left
   * @param packed what is there at their end, without the room of deleted rows
   * @param folded likewise, when their logs are folded
   */
  record Result(
      Map<String, Long> idle,
      State work,
      Map<String, Long> statements,
      double seconds,
      State packed,
      State folded) {}

  StorageRun(StorageOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  Result run() throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("crew-bench");
    try (BenchDatabase database = BenchDatabase.start(folder)) {
      PostgresAdapter.migrate(database.config(1));
      database.logStatements(true);
      progress.accept("an instance without work");
      Map<String, Long> idle = idle(database);
      State before = state(database);
      progress.accept(options.jobs() + " jobs");
      long mark = database.log().mark();
      long begun = System.nanoTime();
      try (ContentCrew crew = crew(database, Duration.ofDays(1))) {
        jobs(crew);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      Map<String, Long> statements = statements(database, mark);
      database.logStatements(false);
      State after = state(database);
      database.execute("vacuum full");
      State packed = state(database);
      progress.accept("folding");
      fold(database);
      database.execute("vacuum full");
      return new Result(idle, after.minus(before), statements, seconds, packed, state(database));
    } finally {
      LoadRun.delete(folder);
    }
  }

  private Map<String, Long> idle(BenchDatabase database) throws IOException, InterruptedException {
    try (ContentCrew crew = crew(database, Duration.ofDays(1))) {
      crew.ping();
      Thread.sleep(SETTLE);
      long mark = database.log().mark();
      Thread.sleep(Duration.ofSeconds(options.idleSeconds()));
      return statements(database, mark);
    }
  }

  private ContentCrew crew(BenchDatabase database, Duration foldAfter) {
    return ContentCrew.builder()
        .storage(PostgresAdapter.open(database.config(CONNECTIONS)))
        .textGenerator(OfflineWriter.at(options.rate()))
        .tiers(BenchTiers.load())
        .settings(
            GenerationSettings.standard().withConcurrency(options.jobs()).withFoldAfter(foldAfter))
        .build();
  }

  private void jobs(ContentCrew crew) throws InterruptedException {
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < options.jobs(); i++) {
      User user = crew.users().add("storage" + i + "@example.com", "Storage");
      Brief brief = Brief.about(Answers.topic(String.valueOf(i))).withFormats(options.formats());
      generations.add(crew.generate(user.id(), brief));
    }
    for (Generation generation : generations) {
      try {
        generation.await(LONGEST_JOB);
      } catch (TimeoutException e) {
        throw new IllegalStateException("a job did not end within " + LONGEST_JOB, e);
      }
    }
  }

  /** As the service does, which waits ten minutes after the end. */
  private static void fold(BenchDatabase database) {
    Instant endedBefore = Clock.systemUTC().instant();
    try (PostgresAdapter adapter = PostgresAdapter.open(database.config(1))) {
      int folded;
      do {
        folded =
            adapter
                .transactions()
                .inTransaction(stores -> stores.events().fold(endedBefore, FOLDED_AT_ONCE));
      } while (folded > 0);
    }
  }

  private static Map<String, Long> statements(BenchDatabase database, long mark)
      throws IOException {
    return database.log().since(mark).stream()
        .collect(Collectors.groupingBy(StatementLog.Entry::sql, Collectors.counting()));
  }

  private static State state(BenchDatabase database) throws SQLException, InterruptedException {
    Thread.sleep(Duration.ofSeconds(2)); // connections that end tell what they did a little later
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement()) {
      long commits =
          number(
              statement,
              "select xact_commit from pg_stat_database where datname = current_database()");
      long logBytes =
          number(statement, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
      Map<String, Table> tables = new TreeMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              """
              select relname, n_tup_ins, n_tup_upd, n_tup_del, pg_total_relation_size(relid),
                (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', relname),
                  false, true, '')))[1]::text::bigint
              from pg_stat_user_tables
              """)) {
        while (rows.next()) {
          tables.put(
              rows.getString(1),
              new Table(
                  rows.getLong(6),
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getLong(5)));
        }
      }
      return new State(commits, logBytes, tables);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
