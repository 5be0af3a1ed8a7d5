package io.contentcrew.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.History.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** One run of the nemesis against users at work, and the look at what is left of it. */
final class Run {
  private static final int USERS = 3;

  /** When everything is whole, all jobs must be over after that, on a busy machine too. */
  private static final Duration BOUND = Duration.ofSeconds(90);

  /**
   * All that was delivered must be applied after that: a worker that takes it up has two minutes
   * before another one does.
   */
  private static final Duration APPLIED = Duration.ofSeconds(180);

  /** An instance may take 15 s to see that its model is back; a busy machine gets more. */
  private static final Duration BACK = Duration.ofSeconds(30);

  private final long seed;
  private final List<Nemesis.Round> plan;
  private final Timers timers;
  private final Path folder;
  private final History history = new History();
  private final Api api = new Api(history);
  private final List<Account> accounts = new ArrayList<>();

  /** A run with the plan of that seed; its records go to that folder. */
  Run(long seed, Duration length, Timers timers, Path folder) {
    this.seed = seed;
    this.plan = Nemesis.plan(seed, length, timers);
    this.timers = timers;
    this.folder = folder;
  }

  /** Runs, and fails with all that is wrong. */
  void run() throws Exception {
    List<String> wrong = new ArrayList<>();
    State state;
    try (Cluster cluster = Cluster.start(folder, timers, history)) {
      harm(cluster);
      probe(cluster);
      awaitJobs(cluster.postgres());
      look(cluster);
      state = State.read(cluster.postgres());
      replay(cluster, state);
      wrong.addAll(cluster.terminate());
      history.secrets().putAll(cluster.secrets());
    } finally {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("plan.txt"), told());
      history.write(folder.resolve("history.txt"));
    }
    wrong.addAll(Checker.check(history, state, Limits.BY_FORMAT));
    wrong.addAll(Checker.checkLogs(folder, history.secrets()));
    Files.write(folder.resolve("wrong.txt"), wrong);
    Files.writeString(folder.resolve("summary.txt"), summary(state));
    assertThat(wrong).as(told() + "everything is in " + folder).isEmpty();
    assertSomethingHappened(state);
  }

  private String told() {
    return plan.stream()
        .map(round -> "  " + round.steps() + "\n")
        .collect(Collectors.joining("", "seed %d did this:\n".formatted(seed), ""));
  }

  private void harm(Cluster cluster) throws InterruptedException {
    Traffic traffic = Traffic.start(cluster, api, seed, USERS);
    try {
      new Nemesis(cluster, history).carryOut(plan);
    } finally {
      traffic.stop();
    }
    try {
      traffic.awaitDeliveries(BOUND);
      awaitJobs(cluster.postgres());
      awaitApplied(cluster.postgres());
    } finally {
      signInAgain(cluster, traffic);
      traffic.awaitReaders(BOUND);
    }
    accounts.addAll(traffic.accounts());
    assertThat(traffic.failures()).as("what broke in the harness itself").isEmpty();
  }

  /** A wrong clock may have dated tokens that readers still try. */
  private void signInAgain(Cluster cluster, Traffic traffic) {
    traffic.accounts().forEach(account -> account.signIn(cluster.a()));
  }

  /** Each instance must do a whole job again, without a restart. */
  private void probe(Cluster cluster) throws InterruptedException {
    for (Instance instance : cluster.instances()) {
      Account account = new Account(api, "probe-%s@example.com".formatted(instance.name()));
      Call signedUp = answered(() -> account.signUp(instance));
      assertThat(signedUp.status()).as(told() + signedUp.told()).isEqualTo(201);
      accounts.add(account);
      Map<String, Object> brief =
          Map.of("topic", "Probing " + instance.name(), "formats", List.of("social"));
      String key = "probe-" + instance.name();
      Call submitted = answered(() -> api.submit(instance, account.session(), key, brief));
      assertThat(submitted.status()).as(told() + submitted.told()).isEqualTo(201);
      reader(instance, account, "probe " + instance.name(), submitted.job()).readToTheEnd(instance);
    }
  }

  /** The answer that comes when what was lost is known to be back. */
  private static Call answered(Supplier<Call> asked) throws InterruptedException {
    long begun = System.nanoTime();
    Call answer = asked.get();
    while (answer.status() == 503 && System.nanoTime() - begun < BACK.toNanos()) {
      Thread.sleep(500);
      answer = asked.get();
    }
    return answer;
  }

  private Watcher reader(Instance at, Account account, String name, String job) {
    return new Watcher(api, List.of(at), account, name, job, RandomGenerator.getDefault());
  }

  /** Waits until no job is open, for as long as jobs may be. */
  private static void awaitJobs(PostgresServer postgres) {
    try {
      await()
          .atMost(BOUND)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> openJobs(postgres) == 0);
    } catch (ConditionTimeoutException e) {
      return; // the checker tells which jobs are open
    }
  }

  private static int openJobs(PostgresServer postgres) throws SQLException {
    return count(postgres, "select count(*) from jobs where status in ('pending', 'running')");
  }

  private static int count(PostgresServer postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Waits until all deliveries are applied, but for those that wait for ever. */
  private void awaitApplied(PostgresServer postgres) {
    long forEver = history.stories().stream().filter(Story::isParked).count();
    try {
      await()
          .atMost(APPLIED)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () ->
                  count(postgres, "select count(*) from webhook_inbox where state <> 'DONE'")
                      <= forEver);
    } catch (ConditionTimeoutException e) {
      return; // the checker tells which are not
    }
  }

  /** What does everybody have, of whom Stripe told something? */
  private void look(Cluster cluster) throws InterruptedException {
    Set<String> users = history.stories().stream().map(Story::user).collect(Collectors.toSet());
    for (Account account : accounts) {
      if (users.contains(account.id())) {
        answered(() -> account.signIn(cluster.a()));
        for (Instance instance : cluster.instances()) {
          api.tier(instance, account.session());
          api.subscription(instance, account.session());
        }
      }
    }
  }

  /** A newcomer reads every job from its beginning, at the instances in turn. */
  private void replay(Cluster cluster, State state) throws InterruptedException {
    int number = 0;
    for (Account owner : accounts) {
      Instance at = cluster.instances().get(number % cluster.instances().size());
      Call signedIn =
          answered(() -> owner.signIn(at)); // a wrong clock may have dated the token it had
      assertThat(signedIn.status()).as(told() + signedIn.told()).isEqualTo(200);
      for (State.Job job : state.jobs()) {
        if (job.owner().equals(owner.id()) && !job.isOpen()) {
          number++;
          reader(at, owner, "replay " + number, job.id()).readToTheEnd(at);
        }
      }
    }
  }

  // ---- what came of it

  /** A run in which nothing happens would find nothing wrong. */
  private void assertSomethingHappened(State state) {
    assertThat(history.calls(Kind.SUBMIT).filter(call -> call.status() == 201).count())
        .as("acknowledged submits")
        .isGreaterThan(5);
    assertThat(state.jobs().stream().filter(job -> job.status().equals("completed")).count())
        .as("completed jobs")
        .isGreaterThan(2);
    assertThat(history.calls(Kind.WEBHOOK).filter(Call::succeeded).count())
        .as("acknowledged deliveries")
        .isGreaterThan(10);
    assertThat(state.bought().size()).as("subscriptions").isGreaterThan(2);
    assertThat(history.views().stream().filter(Run::isOver).count())
        .as("streams read to the end")
        .isGreaterThan(5);
  }

  private static boolean isOver(View view) {
    return view.seen().stream().anyMatch(seen -> Watcher.LAST.contains(seen.type()));
  }

  private String summary(State state) throws IOException {
    Map<String, Long> jobs =
        state.jobs().stream()
            .collect(Collectors.groupingBy(State.Job::status, Collectors.counting()));
    Map<Integer, Long> attempts =
        state.jobs().stream()
            .collect(Collectors.groupingBy(State.Job::attempt, Collectors.counting()));
    Map<String, Long> failures =
        state.jobs().stream()
            .collect(Collectors.groupingBy(State.Job::failure, Collectors.counting()));
    Map<String, Long> answers =
        history.calls().stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.kind() + " " + call.status(), Collectors.counting()));
    Map<String, Long> applied =
        state.inbox().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.state() + " " + row.note(), Collectors.counting()));
    return "%sjobs %s, by attempts %s, by failures %s%ndeliveries %s%nanswers %s%nviews %d, over %d%n"
        .formatted(
            told(),
            jobs,
            attempts,
            failures,
            new TreeMap<>(applied),
            new TreeMap<>(answers),
            history.views().size(),
            history.views().stream().filter(Run::isOver).count());
  }
}
