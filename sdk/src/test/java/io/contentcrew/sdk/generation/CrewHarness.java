package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.memory.MemoryStorage;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.TaskRestarted;
import io.contentcrew.domain.generation.JobEvent.TaskStarted;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.SubmitGeneration.Outcome.Accepted;
import io.contentcrew.testkit.ScriptedTextGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A crew in memory with a scripted model, and short ways to use it. */
abstract class CrewHarness {
  static final GenerationSettings QUICK =
      GenerationSettings.standard().withHeartbeat(Duration.ofMillis(50), Duration.ofMillis(400));

  final ScriptedTextGenerator model = new ScriptedTextGenerator();
  final Storage storage = MemoryStorage.create(Clock.systemUTC());
  private final List<ContentCrew> crews = new ArrayList<>();
  final Map<String, JobDispatcher.Chore> chores = new ConcurrentHashMap<>();
  private JobDispatcher.Handler handler;

  ContentCrew crew(GenerationSettings settings) {
    return crew(builder().settings(settings));
  }

  ContentCrew crew(ContentCrew.Builder builder) {
    ContentCrew crew = builder.build();
    crews.add(crew);
    return crew;
  }

  ContentCrew.Builder builder() {
    return ContentCrew.builder().storage(new Unclosed()).textGenerator(model).settings(QUICK);
  }

  ContentCrew crew() {
    return crew(QUICK);
  }

  @AfterEach
  void closeCrews() {
    crews.forEach(ContentCrew::close);
    storage.close();
  }

  /**
   * The same storage for several crews, together or one after the other; what its queue would do is
   * for the test to do.
   */
  class Unclosed implements Storage {
    @Override
    public Transactions transactions() {
      return storage.transactions();
    }

    @Override
    public JobSignals signals() {
      return storage.signals();
    }

    @Override
    public JobDispatcher dispatcher() {
      return new JobDispatcher() {
        @Override
        public void start(int concurrency, Handler given) {
          handler = given;
        }

        @Override
        public void repeat(String name, Duration period, Chore chore) {
          chores.put(name, chore);
        }

        @Override
        public void wake() {}

        @Override
        public void pause() {}

        @Override
        public void stop(Duration grace) {}
      };
    }

    @Override
    public void ping() {
      storage.ping();
    }

    @Override
    public void close() {}
  }

  /** Hands a queued job to the newest crew. */
  JobDispatcher.Next takeUp(JobId id) throws InterruptedException {
    return handler.handle(id);
  }

  static User userOn(ContentCrew crew, String tier) {
    User user = crew.users().add("user" + System.nanoTime() + "@example.com", "Ada");
    crew.grantTier(user.id(), new TierId(tier));
    return user;
  }

  static JobId submit(ContentCrew crew, User user, Brief brief) {
    SubmitGeneration.Outcome outcome =
        crew.submitGeneration().submit(SubmitGeneration.Request.of(user.id(), brief));
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted) outcome).job().id();
  }

  /** All events after a number, to the job's end. */
  static List<LoggedEvent> watch(ContentCrew crew, User user, JobId id, long after)
      throws InterruptedException {
    List<LoggedEvent> events = new ArrayList<>();
    assertThat(
            crew.watchGeneration().watch(id, user.id(), after, Duration.ofMillis(50), events::add))
        .isEqualTo(WatchGeneration.Outcome.ENDED);
    return events;
  }

  static Job job(ContentCrew crew, User user, JobId id) {
    return crew.readJobs().find(id, user.id()).orElseThrow().job();
  }

  /** The same events under the same numbers; pieces that were stored together share their time. */
  static void assertSame(List<LoggedEvent> events, List<LoggedEvent> expected) {
    assertThat(events.stream().map(event -> event.seq() + " " + event.event()))
        .containsExactlyElementsOf(
            expected.stream().map(event -> event.seq() + " " + event.event()).toList());
  }

  /** Numbers rise by one from the first to the last. */
  static void assertDense(List<LoggedEvent> events) {
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).seq()).isEqualTo(events.get(i - 1).seq() + 1);
    }
  }

  /**
   * What a reader has on the screen who follows the events: the text of each task; offsets must
   * fit.
   */
  static Map<Task, String> texts(List<LoggedEvent> events) {
    Map<Task, StringBuilder> texts = new EnumMap<>(Task.class);
    for (LoggedEvent logged : events) {
      switch (logged.event()) {
        case TaskStarted(Task task) -> texts.put(task, new StringBuilder());
        case TaskRestarted(Task task, var reason) -> texts.put(task, new StringBuilder());
        case TextDelta(Task task, int offset, String text) -> {
          StringBuilder so = texts.computeIfAbsent(task, any -> new StringBuilder());
          assertThat(so.codePointCount(0, so.length())).isEqualTo(offset);
          so.append(text);
        }
        case JobEvent.Snapshot(List<JobEvent.Snapshot.TaskText> all) -> {
          texts.clear();
          all.forEach(text -> texts.put(text.task(), new StringBuilder(text.text())));
        }
        default -> {}
      }
    }
    Map<Task, String> result = new EnumMap<>(Task.class);
    texts.forEach((task, text) -> result.put(task, text.toString()));
    return result;
  }

  static <T extends JobEvent> List<T> of(Class<T> type, List<LoggedEvent> events) {
    return events.stream()
        .map(LoggedEvent::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
  }

  static void awaitNothingRuns(ContentCrew crew) throws InterruptedException {
    while (crew.runningJobs() > 0) {
      Thread.sleep(5);
    }
  }
}
