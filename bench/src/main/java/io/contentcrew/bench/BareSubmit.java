package io.contentcrew.bench;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The statements of a submit and nothing around them, sent again and again. */
final class BareSubmit {
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

  private final BenchDatabase database;
  private final SubmitSql sql;
  private final int users;
  private final AtomicLong jobs = new AtomicLong(System.currentTimeMillis() * 1_000_000);

  BareSubmit(BenchDatabase database, SubmitSql sql, int users) {
    this.database = database;
    this.sql = sql;
    this.users = users;
  }

  /** Whether there is a pgbench on the path. */
  static boolean hasPgbench() {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pgbench")));
  }

  /** Submits a second by pgbench, with prepared statements. */
  double pgbench(int clients, Duration time, Path folder) throws IOException, InterruptedException {
    EmbeddedPostgres.Address at = database.address();
    Path script = folder.resolve("submit.pgbench");
    Files.writeString(script, script());
    String base = String.valueOf(jobs.addAndGet(1_000_000_000L));
    ProcessBuilder pgbench =
        new ProcessBuilder("pgbench", "--no-vacuum", "--protocol=prepared")
            .redirectErrorStream(true);
    pgbench
        .command()
        .addAll(
            List.of(
                "--client=" + clients,
                "--jobs=" + Math.min(2, clients),
                "--time=" + time.toSeconds(),
                "--define=n=0",
                "--define=base=" + base,
                "--define=users=" + users,
                "--file=" + script,
                "--host=" + at.host(),
                "--port=" + at.port(),
                "--username=" + at.user(),
                at.database()));
    pgbench.environment().put("PGPASSWORD", at.password().reveal());
    Process process = pgbench.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher tps = TPS.matcher(said);
    if (process.waitFor() != 0 || !tps.find()) {
      throw new IOException("pgbench did not do it: " + said);
    }
    return Double.parseDouble(tps.group(1));
  }

  private String script() {
    StringBuilder script = new StringBuilder();
    script.append("\\set n :n + 1\n\\set j :base + :n * 256 + :client_id\n");
    script.append("\\set u random(1, :users)\n");
    for (String statement : sql.with(BareSubmit::ofPgbench, Clock.systemUTC().instant())) {
      script.append(statement).append(";\n");
    }
    return script.toString();
  }

  private static String ofPgbench(String name) {
    return switch (name) {
      case "user" -> "lpad(to_hex(:u::bigint), 32, '0')::uuid";
      case "job" -> "lpad(to_hex(:j::bigint), 32, '0')::uuid";
      default -> "lpad(to_hex(:j::bigint), 32, '0')::uuid::text";
    };
  }

  /** Submits a second by plain JDBC, a thread and a connection for each client. */
  double jdbc(int clients, Duration time) throws InterruptedException {
    return Clients.rate(
        clients,
        time,
        () -> {
          try {
            return new Talk(database.owner());
          } catch (SQLException e) {
            throw new IllegalStateException("the database is not to be had", e);
          }
        });
  }

  /** A connection with its statements. */
  private final class Talk implements Clients.Client {
    private final Connection connection;
    private final List<PreparedStatement> prepared = new ArrayList<>();
    private final List<String> kinds = sql.logged();
    private final List<List<String>> ids = sql.ids();

    Talk(Connection connection) throws SQLException {
      this.connection = connection;
      for (String statement : sql.with(name -> "?", Clock.systemUTC().instant())) {
        prepared.add(connection.prepareStatement(statement));
      }
    }

    @Override
    public void once() {
      UUID user = new UUID(0, ThreadLocalRandom.current().nextLong(1, users + 1L));
      UUID job = new UUID(0, jobs.incrementAndGet());
      try {
        for (int i = 0; i < prepared.size(); i++) {
          switch (kinds.get(i)) {
            case "BEGIN" -> connection.setAutoCommit(false);
            case "COMMIT" -> {
              connection.commit();
              connection.setAutoCommit(true);
            }
            default -> execute(prepared.get(i), ids.get(i), user, job);
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException("a statement failed", e);
      }
    }

    private static void execute(PreparedStatement statement, List<String> ids, UUID user, UUID job)
        throws SQLException {
      for (int i = 0; i < ids.size(); i++) {
        switch (ids.get(i)) {
          case "user" -> statement.setObject(i + 1, user);
          case "job" -> statement.setObject(i + 1, job);
          default -> statement.setString(i + 1, job.toString());
        }
      }
      statement.execute();
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("a connection could not be closed", e);
      }
    }
  }
}
