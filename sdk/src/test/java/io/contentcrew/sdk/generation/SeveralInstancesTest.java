package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.memory.MemoryContentCache;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Script;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several crews at the same time on the same storage. */
@Timeout(60)
class SeveralInstancesTest extends CrewHarness {
  private static final Brief BRIEF = Fixtures.aBrief();
  private static final Duration NEVER = Duration.ofDays(1);

  /** Nothing but signals brings news from one to the other. */
  private static final GenerationSettings BLIND =
      GenerationSettings.standard()
          .withHeartbeat(NEVER, NEVER.multipliedBy(3))
          .withWatchPoll(NEVER);

  private final LinkedBlockingQueue<LoggedEvent> seen = new LinkedBlockingQueue<>();

  private FutureTask<WatchGeneration.Outcome> watching(ContentCrew crew, User user, JobId id) {
    return inBackground(
        () -> crew.watchGeneration().watch(id, user.id(), 0, Duration.ofMillis(50), seen::add));
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private void awaitText(String text) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    while (!all.toString().contains(text)) {
      LoggedEvent next = seen.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("after '%s'", all).isNotNull();
      if (next.event() instanceof TextDelta(Task task, int offset, String piece)) {
        all.append(piece);
      }
    }
  }

  @Test
  void a_reader_at_another_instance_is_woken_by_what_is_written() throws Exception {
    ContentCrew writer = crew(BLIND);
    ContentCrew other = crew(BLIND);
    User user = userOn(writer, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    model.next(
        Task.RESEARCH,
        Script.writing("- first").waitingFor(goOn).thenWriting(" second").waitingFor(later));
    JobId id = submit(writer, user, BRIEF);
    var outcome = watching(other, user, id);
    awaitText("first");
    goOn.countDown();
    awaitText("second");
    later.countDown();
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(WatchGeneration.Outcome.ENDED);
    List<LoggedEvent> here = watch(writer, user, id, 0);
    assertSame(watch(other, user, id, 0), here);
    assertDense(here);
  }

  @Test
  void a_job_is_stopped_from_another_instance_at_once() throws Exception {
    ContentCrew writer = crew(BLIND);
    ContentCrew other = crew(BLIND);
    User user = userOn(writer, "free");
    model.next(Task.RESEARCH, Script.writing("- half a note").thenSilent());
    JobId id = submit(writer, user, BRIEF);
    model.awaitPrompt(Task.RESEARCH, 1);
    var outcome = watching(other, user, id);
    assertThat(other.cancelGeneration().cancel(id, user.id()))
        .isInstanceOf(CancelGeneration.Outcome.Stopping.class);
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(WatchGeneration.Outcome.ENDED);
    assertThat(job(other, user, id).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(model.interruptions()).isEqualTo(1);
  }

  @Test
  void a_waiting_job_that_is_cancelled_ends_at_all_its_readers() throws Exception {
    ContentCrew writer = crew(BLIND.withConcurrency(1));
    ContentCrew other = crew(BLIND.withConcurrency(1));
    User user = userOn(writer, "pro");
    model.next(Task.RESEARCH, Script.writing("- in the way").thenSilent());
    JobId inTheWay = submit(writer, user, Brief.about("In the way"));
    model.awaitPrompt(Task.RESEARCH, 1);
    JobId id = submit(writer, user, BRIEF);
    var outcome = watching(other, user, id);
    writer.cancelGeneration().cancel(id, user.id());
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(WatchGeneration.Outcome.ENDED);
    assertThat(seen.poll(1, TimeUnit.SECONDS).event()).isInstanceOf(JobEvent.Cancelled.class);
    writer.cancelGeneration().cancel(inTheWay, user.id());
  }

  /** A way that carries nothing, and may or may not admit it. */
  private record Broken(boolean admits, AtomicInteger tries) implements JobSignals {
    @Override
    public void send(Collection<Signal> signals) {
      tries.incrementAndGet();
      if (admits) {
        throw new PortUnavailableException("the way is broken", null);
      }
    }

    @Override
    public Listening listen(Consumer<Signal> listener) {
      return new Listening() {
        @Override
        public boolean hears() {
          return false;
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void signals_go_the_next_way_when_the_first_is_broken() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    ContentCrew writer =
        crew(builder().settings(BLIND).signals(new Broken(true, tries), storage.signals()));
    ContentCrew other = crew(BLIND);
    User user = userOn(writer, "free");
    JobId id = submit(writer, user, BRIEF);
    assertThat(watching(other, user, id).get(30, TimeUnit.SECONDS))
        .isEqualTo(WatchGeneration.Outcome.ENDED);
    assertThat(tries).hasPositiveValue();
    assertThat(writer.hearsOthers()).isFalse();
    assertThat(other.hearsOthers()).isTrue();
  }

  @Test
  void who_hears_no_signals_looks_by_itself() throws Exception {
    JobSignals nothing = new Broken(false, new AtomicInteger());
    ContentCrew writer = crew(builder().signals(nothing));
    ContentCrew other =
        crew(builder().settings(QUICK.withWatchPoll(Duration.ofMillis(200))).signals(nothing));
    User user = userOn(writer, "free");
    model.next(Task.RESEARCH, Script.writing("- half a note").thenSilent());
    JobId id = submit(writer, user, BRIEF);
    var outcome = watching(other, user, id);
    awaitText("half");
    other.cancelGeneration().cancel(id, user.id());
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(WatchGeneration.Outcome.ENDED);
    assertThat(job(other, user, id).status()).isEqualTo(JobStatus.CANCELLED);
  }

  /** The same stores, counted, and away when a test wants it. */
  private final class Counted extends Unclosed {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicBoolean away = new AtomicBoolean();

    @Override
    public Transactions transactions() {
      Transactions real = storage.transactions();
      return new Transactions() {
        @Override
        public <T> T inTransaction(Work<T> work) {
          return real.inTransaction(work);
        }

        @Override
        public <T> T inRelaxedTransaction(Work<T> work) {
          return real.inRelaxedTransaction(work);
        }

        @Override
        public <T> T read(Work<T> work) {
          reads.incrementAndGet();
          if (away.get()) {
            throw new PortUnavailableException("the store is away", null);
          }
          return real.read(work);
        }
      };
    }
  }

  @Test
  void hundreds_of_readers_cost_the_store_few_reads() throws Exception {
    int many = 300;
    Counted counted = new Counted();
    ContentCrew writer = crew(BLIND);
    ContentCrew other = crew(builder().settings(BLIND).storage(counted));
    User user = userOn(writer, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- first").waitingFor(goOn));
    JobId id = submit(writer, user, BRIEF);
    WatchGeneration.Opened opened = other.watchGeneration().open(id, user.id(), 0).orElseThrow();
    CountDownLatch ready = new CountDownLatch(many);
    List<FutureTask<List<LoggedEvent>>> readers = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      readers.add(inBackground(() -> readAll(other, opened, ready)));
    }
    await(ready);
    int before = counted.reads.get();
    goOn.countDown();
    List<LoggedEvent> expected = watch(writer, user, id, 0);
    for (FutureTask<List<LoggedEvent>> reader : readers) {
      assertSame(reader.get(30, TimeUnit.SECONDS), expected);
    }
    // each alone would have read a dozen times
    assertThat(counted.reads.get() - before).isLessThan(5 * many);
  }

  private static List<LoggedEvent> readAll(
      ContentCrew crew, WatchGeneration.Opened opened, CountDownLatch ready)
      throws InterruptedException {
    List<LoggedEvent> events = new ArrayList<>();
    crew.watchGeneration()
        .watch(
            opened,
            0,
            NEVER,
            event -> {
              if (event.event() instanceof TextDelta && events.stream().noneMatch(isText())) {
                ready.countDown();
              }
              events.add(event);
            });
    return events;
  }

  private static java.util.function.Predicate<LoggedEvent> isText() {
    return event -> event.event() instanceof TextDelta;
  }

  @Test
  void a_stream_stands_still_while_the_store_is_away_and_then_goes_on() throws Exception {
    Counted counted = new Counted();
    GenerationSettings looksOften = BLIND.withWatchPoll(Duration.ofMillis(20));
    ContentCrew writer = crew(BLIND);
    ContentCrew other = crew(builder().settings(looksOften).storage(counted));
    User user = userOn(writer, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- first").waitingFor(goOn));
    JobId id = submit(writer, user, BRIEF);
    CopyOnWriteArrayList<LoggedEvent> events = new CopyOnWriteArrayList<>();
    CountDownLatch beats = new CountDownLatch(3);
    CountDownLatch first = new CountDownLatch(1);
    var outcome =
        inBackground(
            () ->
                other
                    .watchGeneration()
                    .watch(
                        id,
                        user.id(),
                        0,
                        Duration.ofMillis(20),
                        new WatchGeneration.Watcher() {
                          @Override
                          public void event(LoggedEvent event) {
                            events.add(event);
                            first.countDown();
                          }

                          @Override
                          public void idle() {
                            if (counted.away.get()) {
                              beats.countDown();
                            }
                          }
                        }));
    await(first);
    counted.away.set(true);
    await(beats);
    goOn.countDown();
    List<LoggedEvent> expected = watch(writer, user, id, 0);
    assertThat(outcome.isDone()).isFalse();
    counted.away.set(false);
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(WatchGeneration.Outcome.ENDED);
    assertSame(events, expected);
  }

  @Test
  void a_crew_that_drains_takes_up_nothing_and_goes_on_with_what_it_has() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- a note").waitingFor(goOn));
    JobId underWay = submit(crew, user, BRIEF);
    model.awaitPrompt(Task.RESEARCH, 1);
    crew.drain();
    JobId waiting = submit(crew, user, Brief.about("For somebody else"));
    assertThat(takeUp(waiting))
        .isInstanceOf(io.contentcrew.ports.generation.JobDispatcher.Next.Again.class);
    goOn.countDown();
    watch(crew, user, underWay, 0);
    assertThat(job(crew, user, underWay).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job(crew, user, waiting).status()).isEqualTo(JobStatus.PENDING);
    crew.handOver();
    assertThat(job(crew, user, waiting).status())
        .as("the stores can still be read")
        .isEqualTo(JobStatus.PENDING);
    ContentCrew next = crew();
    takeUp(waiting);
    assertThat(job(next, user, waiting).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void who_waits_for_an_equal_brief_does_not_wait_long_for_an_instance_that_died()
      throws Exception {
    ContentCache shared = MemoryContentCache.create(Clock.systemUTC());
    ContentCrew crew = crew(builder().contentCache(shared));
    User user = userOn(crew, "pro");
    CountDownLatch never = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- never ended").waitingFor(never));
    JobId leader = submit(crew, user, BRIEF);
    model.awaitPrompt(Task.RESEARCH, 1);
    JobId follower = submit(crew, user, BRIEF);
    Thread.sleep(3 * QUICK.deadAfter().toMillis());
    assertThat(model.prompts(Task.RESEARCH))
        .as("the leader lives, and the lead is kept")
        .hasSize(1);
    crew.cancelGeneration().cancel(leader, user.id());
    assertThat(watch(crew, user, follower, 0).getLast().event())
        .isInstanceOf(JobEvent.Completed.class);

    ContentCache.Key key = CacheKeys.of(job(crew, user, follower));
    ContentCache lost = MemoryContentCache.create(Clock.systemUTC());
    lost.lead(key, Fixtures.aJobId(), QUICK.deadAfter().multipliedBy(2)); // and then it died
    ContentCrew other = crew(builder().contentCache(lost));
    JobId waiting = submit(other, user, BRIEF);
    assertThat(watch(other, user, waiting, 0).getLast().event())
        .isInstanceOf(JobEvent.Completed.class);
  }
}
