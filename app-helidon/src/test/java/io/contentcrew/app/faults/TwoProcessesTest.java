package io.contentcrew.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.View;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What two processes of the service, with the timers it has by default, promise each other. */
@Timeout(400)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoProcessesTest {
  private static final Path FOLDER = Path.of("target", "faults", "two-processes");

  /** For as long a delivery belongs to whoever has received it, and so often others look. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofSeconds(5);

  /** What a busy machine gets on top of that. */
  private static final Duration BUSY = Duration.ofSeconds(30);

  private final History history = new History();
  private final Api api = new Api(history);
  private Cluster cluster;
  private Instance a;
  private Instance b;
  private int names;

  @BeforeAll
  void start() {
    cluster = Cluster.start(FOLDER, Timers.standard(), history);
    a = cluster.a();
    b = cluster.b();
    cluster.awaitReady();
  }

  @AfterEach
  void heal() {
    for (Instance instance : cluster.instances()) {
      if (instance.isAlive()) {
        instance.resume();
      } else {
        instance.launchAgain();
      }
    }
    cluster.awaitReady();
  }

  @AfterAll
  void closeAndCheckEverything() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (Cluster ended = cluster) {
      State state = State.read(ended.postgres());
      wrong.addAll(ended.terminate());
      wrong.addAll(Checker.check(history, state, Limits.BY_FORMAT));
      history.secrets().putAll(ended.secrets());
    } finally {
      history.write(FOLDER.resolve("history.txt"));
    }
    wrong.addAll(Checker.checkLogs(FOLDER, history.secrets()));
    assertThat(wrong).as("everything is in " + FOLDER).isEmpty();
  }

  // ---- jobs that run at a certain instance

  private Account account() {
    Account account = new Account(api, "user-%d@example.com".formatted(++names));
    assertThat(account.signUp(a).status()).isEqualTo(201);
    return account;
  }

  private String submitted(Instance at, Account account, String... formats) {
    String name = "brief-" + ++names;
    Map<String, Object> brief =
        Map.of("topic", "Tea " + name, "formats", List.of(formats), "length", "short");
    Call call = api.submit(at, account.session(), name, brief);
    assertThat(call.status()).as(call.told()).isEqualTo(201);
    return call.job();
  }

  /**
   * A job whose first task hangs at the first instance, as the second one stood still meanwhile.
   */
  private String hangingAtA(Account account) throws InterruptedException {
    cluster.model().ollama().next(FakeAnswer.writing("- half a", " note").thenStalling());
    b.pause();
    try {
      String job = submitted(a, account, "social");
      try (EventStream stream = api.stream(a, account.session(), job, 0)) {
        EventStream.Event event;
        do {
          event = stream.next().orElseThrow();
        } while (!event.data().path("text").asText().endsWith("note"));
      }
      return job;
    } finally {
      b.resume();
      b.awaitReady();
    }
  }

  private State.Job stored(String job) throws SQLException {
    return State.read(cluster.postgres()).jobs().stream()
        .filter(any -> any.id().equals(job))
        .findFirst()
        .orElseThrow();
  }

  private Watcher reader(Account account, String job) {
    return new Watcher(
        api, cluster.instances(), account, "reader " + ++names, job, RandomGenerator.getDefault());
  }

  private static int runningJobs(Instance instance) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(instance.base().orElseThrow().resolve("/health"))
            .timeout(Duration.ofSeconds(30))
            .build();
    JsonNode health = Api.JSON.readTree(Api.HTTP.send(request, BodyHandlers.ofByteArray()).body());
    return health.get("running_jobs").intValue();
  }

  // ---- takeover

  @Test
  void a_job_of_a_killed_instance_goes_on_elsewhere_within_30_seconds() throws Exception {
    Account ada = account();
    String job = hangingAtA(ada);
    a.kill();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> stored(job).attempt() == 2);
    assertWhole(ada, job);
  }

  private void assertWhole(Account account, String job) throws SQLException {
    Watcher watcher = reader(account, job);
    assertThat(watcher.read(b, Integer.MAX_VALUE)).as("it is read to its end").isTrue();
    assertThat(watcher.view().seen().stream().map(History.Seen::type).distinct())
        .startsWith("job_started")
        .contains("snapshot") // of numbers that the lost worker may have shown
        .endsWith("complete");
    assertThat(stored(job).status()).isEqualTo("completed");
    assertThat(stored(job).attempt()).isEqualTo(2);
  }

  @Test
  void an_instance_that_stood_still_for_40_seconds_writes_nothing_of_what_it_was_at()
      throws Exception {
    Account ada = account();
    String job = hangingAtA(ada);
    assertThat(runningJobs(a)).isEqualTo(1);
    long begun = System.nanoTime();
    a.pause();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> stored(job).attempt() == 2);
    assertWhole(ada, job);

    long left = begun + cluster.timers().zombie().toNanos() - System.nanoTime();
    Thread.sleep(Duration.ofNanos(Math.max(0, left))); // how long it stands still is the point
    State before = State.read(cluster.postgres());
    a.resume();
    await().atMost(Duration.ofSeconds(60)).until(() -> runningJobs(a) == 0);
    State after = State.read(cluster.postgres());

    assertThat(after.logOf(job)).isEqualTo(before.logOf(job));
    assertThat(after.tasksOf(job)).isEqualTo(before.tasksOf(job));
    assertThat(after.artifactsOf(job)).isEqualTo(before.artifactsOf(job)).hasSize(1);
    assertThat(after.reservationsOf(job)).isEqualTo(before.reservationsOf(job));
    assertThat(stored(job).status()).isEqualTo("completed");
    assertThat(stored(job).attempt()).isEqualTo(2);
  }

  // ---- webhooks

  @Test
  void what_a_killed_instance_has_stored_and_not_applied_is_applied_elsewhere_within_its_lease()
      throws Exception {
    Account ada = account();
    Story story = story(ada);
    List<Story.Event> first = story.events().subList(0, 3);
    cluster
        .postgres()
        .whileNothingIsApplied(
            () ->
                first.forEach(
                    event -> Thread.ofVirtual().start(() -> Courier.send(api, story, event, a))),
            first.size(),
            () -> {
              assertThat(inbox(first)).as("stored, and not applied").containsOnly("DUE");
              a.kill();
            });
    long begun = System.nanoTime();
    await()
        .atMost(LEASE.plus(LOOK).plus(BUSY))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> inbox(first).equals(Set.of("DONE")));
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("it was another instance, and not an answer that came late")
        .isGreaterThan(Duration.ofSeconds(5));
    for (Story.Event event : story.events()) { // as nobody was told that they are taken
      Call taken = Courier.send(api, story, event, b);
      assertThat(taken.status()).as(taken.told()).isEqualTo(200);
    }
    assertThat(api.tier(b, ada.session()).status()).isEqualTo(200);
    assertThat(api.subscription(b, ada.session()).status()).isEqualTo(200);
  }

  /** That begins, is paid, and goes on. */
  private Story story(Account account) {
    long now = InstantSource.system().instant().getEpochSecond();
    Story story = new Author(Seeds.dice(11), account.id(), "sub_" + ++names, now).write();
    history.tell(story);
    return story;
  }

  /** The states of those that are stored. */
  private Set<String> inbox(List<Story.Event> events) {
    Set<String> keys = events.stream().map(Story.Event::id).collect(Collectors.toSet());
    try {
      List<State.Delivery> rows =
          State.read(cluster.postgres()).inbox().stream()
              .filter(row -> keys.contains(row.key()))
              .toList();
      assertThat(rows).hasSize(events.size());
      return rows.stream().map(State.Delivery::state).collect(Collectors.toSet());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- from the other instance

  @Test
  void a_job_is_cancelled_from_the_other_instance_within_a_second() throws Exception {
    Account ada = account();
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int chats = cluster.model().ollama().chats().size();
      String job = hangingAtA(ada);
      FakeRequest chat = cluster.model().ollama().awaitChat(chats + 1);
      long begun = System.nanoTime();
      assertThat(api.cancel(b, ada.session(), job).status()).isEqualTo(200);
      assertThat(chat.awaitClosedByClient(Duration.ofSeconds(30))).isTrue();
      times.add(Duration.ofNanos(System.nanoTime() - begun));
      Watcher watcher = reader(ada, job);
      assertThat(watcher.read(b, Integer.MAX_VALUE)).isTrue();
      assertThat(stored(job).status()).isEqualTo("cancelled");
    }
    times.sort(Duration::compareTo);
    assertThat(times.get(1)) // one of them may meet a busy moment of the machine
        .as("the middle of %s", times)
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void a_reader_who_goes_from_instance_to_instance_reads_every_event_once() throws Exception {
    Account ada = account();
    String job = submitted(a, ada, "blog", "social");
    Watcher wanderer = reader(ada, job);
    int visits = 0;
    while (!wanderer.read(cluster.instances().get(visits % 2), 60)) {
      visits++;
      assertThat(visits).as("visits").isLessThan(1_000);
    }
    assertThat(visits).isGreaterThan(6);
    Watcher newcomer = reader(ada, job);
    assertThat(newcomer.read(b, Integer.MAX_VALUE)).isTrue();

    assertThat(ids(wanderer.view())).isEqualTo(ids(newcomer.view()));
    assertThat(
            new StreamInvariants(history, State.read(cluster.postgres())).everyViewIsConsistent())
        .filteredOn(line -> line.contains(job))
        .isEmpty();
  }

  private static List<Long> ids(View view) {
    return view.seen().stream().map(History.Seen::id).toList();
  }

  // ---- limits

  @Test
  void of_200_submits_at_once_at_both_instances_none_is_lost_and_none_passes_the_limit()
      throws Exception {
    Account ada = account();
    int keys = 2 * Limits.SOCIAL;
    int times = 200 / keys;
    Map<String, Set<String>> jobs = new ConcurrentHashMap<>();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < keys * times; i++) {
      String key = "crowd-" + i % keys;
      Instance at = cluster.instances().get(i / keys % 2);
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    awaitOpen(go);
                    jobs.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet())
                        .add(answerTo(at, ada, key));
                  }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(jobs).hasSize(keys);
    assertThat(jobs.values()).as("one answer to each key").allMatch(answers -> answers.size() == 1);
    Set<String> accepted =
        jobs.values().stream()
            .flatMap(Set::stream)
            .filter(answer -> !answer.equals("PLAN_LIMIT_EXCEEDED"))
            .collect(Collectors.toSet());
    assertThat(accepted).as("all that the month allows").hasSize(Limits.SOCIAL);
    State state = State.read(cluster.postgres());
    assertThat(
            state.jobs().stream()
                .filter(job -> job.owner().equals(ada.id()))
                .map(State.Job::id)
                .toList())
        .containsExactlyInAnyOrderElementsOf(accepted);
    assertThat(new LedgerInvariants(history, state, Limits.BY_FORMAT).noLimitIsPassed()).isEmpty();
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> State.read(cluster.postgres()).jobs().stream().noneMatch(State.Job::isOpen));
  }

  /** The job, or why there is none; what cannot be answered now is asked again. */
  private String answerTo(Instance at, Account account, String key) {
    Map<String, Object> brief = new HashMap<>();
    brief.put("topic", "Tea for a " + key);
    brief.put("formats", List.of("social"));
    while (true) {
      Call call = api.submit(at, account.session(), key, brief);
      if (call.status() == 201) {
        return call.job();
      } else if (call.status() == 403) {
        return call.body().get("code").asText();
      }
      assertThat(call.status()).as(call.told()).isIn(History.UNKNOWN, 503);
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
