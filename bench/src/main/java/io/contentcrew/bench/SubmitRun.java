package io.contentcrew.bench;

import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.GenerationSettings;
import io.contentcrew.sdk.generation.SubmitGeneration;
import io.contentcrew.testkit.Script;
import io.contentcrew.testkit.ScriptedTextGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Measures submits, and the bare statements of submits, in turn. */
final class SubmitRun {
  private static final int TRIES = 3;

  private final SubmitOptions options;
  private final Consumer<String> progress;
  private final TierCatalog tiers = BenchTiers.load();

  /**
   * One measurement.
   *
   * @param ours submits a second
   * @param bare likewise, of the statements alone
   * @param cpuMicros of our process for each submit, all of its threads
   */
  record Pair(int clients, double ours, double bare, double cpuMicros) {
    double ratio() {
      return ours / bare;
    }
  }

  SubmitRun(SubmitOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  List<Pair> run() throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("crew-bench");
    try (BenchDatabase database = BenchDatabase.start(folder)) {
      SubmitSql sql = SubmitSql.load();
      requireSame(database, sql);
      int connections = Math.max(10, Collections.max(options.clients()));
      try (ContentCrew crew = crew(database, connections)) {
        addUsers(database);
        return measure(crew, new BareSubmit(database, sql, options.users()), folder);
      }
    } finally {
      LoadRun.delete(folder);
    }
  }

  /** A crew whose only place to run is taken by a job whose model never answers. */
  private ContentCrew crew(BenchDatabase database, int connections) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    ScriptedTextGenerator model =
        new ScriptedTextGenerator().otherwise(prompt -> Script.writing("").waitingFor(never));
    ContentCrew crew =
        ContentCrew.builder()
            .storage(PostgresAdapter.open(database.config(connections)))
            .textGenerator(model)
            .tiers(tiers)
            .settings(GenerationSettings.standard().withConcurrency(1))
            .build();
    User user = crew.users().add(UUID.randomUUID() + "@example.com", "First");
    crew.generate(user.id(), brief());
    model.awaitPrompt(Task.RESEARCH, 1);
    return crew;
  }

  /** Their ids are numbers, so that the baseline can make them up too. */
  private void addUsers(BenchDatabase database) throws SQLException {
    database.execute(
        "insert into users (id, email, name, created_at) select lpad(to_hex(i), 32, '0')::uuid,"
            + " 'bench' || i || '@example.com', 'Bench', now() from generate_series(1, "
            + options.users()
            + ") as i",
        "analyze users");
  }

  private static Brief brief() {
    return Brief.about("Solar power for small shops");
  }

  // ---- the baseline must be what we send

  private void requireSame(BenchDatabase database, SubmitSql sql)
      throws IOException, SQLException, InterruptedException {
    database.logStatements(true);
    List<String> sent = List.of();
    try (ContentCrew crew = crew(database, 1)) {
      User user = crew.users().add("second@example.com", "Second");
      for (int i = 0; i < TRIES && !sent.equals(sql.logged()); i++) { // others may come between
        long mark = database.log().mark();
        crew.generate(user.id(), brief());
        sent = submit(database.log().since(mark));
      }
    }
    database.logStatements(false);
    if (!sent.equals(sql.logged())) {
      throw new IllegalStateException(
          "submit.sql is not what is sent any more, which is:\n" + String.join(";\n", sent));
    }
  }

  /** What went over the connection on which a job was added. */
  private static List<String> submit(List<StatementLog.Entry> entries) {
    long process =
        entries.stream()
            .filter(entry -> entry.sql().contains("insert into jobs"))
            .findFirst()
            .map(StatementLog.Entry::process)
            .orElse(0L);
    List<String> sent = new ArrayList<>();
    for (StatementLog.Entry entry : entries) {
      if (entry.process() == process) {
        sent.add(entry.sql());
        if (entry.sql().equals("COMMIT")) {
          break;
        }
      }
    }
    return sent;
  }

  // ---- measuring

  private List<Pair> measure(ContentCrew crew, BareSubmit bare, Path folder)
      throws IOException, InterruptedException {
    SubmitGeneration submit = crew.submitGeneration();
    int most = Collections.max(options.clients());
    if (options.warmup() > 0) {
      progress.accept("warming up");
      ours(submit, most, Duration.ofSeconds(options.warmup()));
    }
    List<Pair> pairs = new ArrayList<>();
    try (Recording recording = recording()) {
      for (int clients : options.clients()) {
        for (int round = 1; round <= options.rounds(); round++) {
          progress.accept(clients + " clients, round " + round);
          pairs.add(pair(submit, bare, clients, folder));
        }
      }
      if (options.recording().isPresent()) {
        recording.dump(options.recording().get());
      }
    }
    return pairs;
  }

  private Pair pair(SubmitGeneration submit, BareSubmit bare, int clients, Path folder)
      throws IOException, InterruptedException {
    Duration time = Duration.ofSeconds(options.seconds());
    Duration cpu = LoadRun.ownCpu();
    long begun = System.nanoTime();
    double ours = ours(submit, clients, time);
    double submits = ours * (System.nanoTime() - begun) / 1e9;
    double cpuMicros = LoadRun.ownCpu().minus(cpu).toNanos() / 1e3 / submits;
    double theirs =
        options.baseline() == SubmitOptions.Baseline.PGBENCH
            ? bare.pgbench(clients, time, folder)
            : bare.jdbc(clients, time);
    return new Pair(clients, ours, theirs, cpuMicros);
  }

  private double ours(SubmitGeneration submit, int clients, Duration time)
      throws InterruptedException {
    return Clients.rate(
        clients,
        time,
        () ->
            () -> {
              long user = ThreadLocalRandom.current().nextLong(1, options.users() + 1L);
              SubmitGeneration.Outcome outcome =
                  submit.submit(
                      SubmitGeneration.Request.of(new UserId(new UUID(0, user)), brief()));
              if (!(outcome instanceof SubmitGeneration.Outcome.Accepted)) {
                throw new IllegalStateException("a submit was refused: " + outcome);
              }
            });
  }

  /** Runs from here on if a recording is wanted. */
  private Recording recording() throws IOException {
    try {
      Recording recording = new Recording(Configuration.getConfiguration("profile"));
      if (options.recording().isPresent()) {
        if (Runtime.version().feature() >= 25) { // samples by CPU time, native code with it
          recording.enable("jdk.CPUTimeSample").with("throttle", "2ms");
        }
        recording.start();
      }
      return recording;
    } catch (ParseException e) {
      throw new IOException("the virtual machine has no settings for a profile", e);
    }
  }
}
