package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.Snapshot;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.ports.generation.Jobs.Claim;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of jobs when the process that runs them stops, or is lost. */
@Timeout(60)
class RecoveryTest extends CrewHarness {
  private static final Brief BRIEF = Fixtures.aBrief();

  @Test
  void a_job_that_is_given_back_at_a_stop_goes_on_with_the_next_start_and_keeps_its_finished_tasks()
      throws Exception {
    ContentCrew before = crew();
    User user = userOn(before, "free");
    model.next(Task.WRITE, Script.writing("Half a draft").thenSilent());
    JobId id = submit(before, user, BRIEF);
    model.awaitPrompt(Task.WRITE, 1);
    before.close();
    ContentCrew after = crew();
    Job given = job(after, user, id);
    assertThat(given.status()).isEqualTo(JobStatus.PENDING);
    takeUp(id);
    List<LoggedEvent> events = watch(after, user, id, 0);
    assertThat(job(after, user, id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(job(after, user, id).attempt()).isEqualTo(2);
    assertThat(model.prompts(Task.RESEARCH)).hasSize(1);
    assertDense(events);
    assertThat(texts(events).get(Task.WRITE)).isEqualTo(Script.sampleAnswer(Task.WRITE, BRIEF));
    assertThat(after.showUsage().show(user.id()).formats().get(Format.BLOG))
        .isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void a_job_whose_worker_is_lost_is_taken_over_and_no_number_means_two_things() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    JobId id = submitAndLose(crew, user);
    ContentCrew next = crew();
    Thread.sleep(QUICK.deadAfter().toMillis() + 50);
    takeUp(id);
    List<LoggedEvent> events = watch(next, user, id, 0);
    assertThat(job(next, user, id).status()).isEqualTo(JobStatus.COMPLETED);
    Snapshot snapshot = of(Snapshot.class, events).getFirst();
    int at = events.stream().map(LoggedEvent::event).toList().indexOf(snapshot);
    assertThat(events.get(at).seq()).isGreaterThanOrEqualTo(JobLog.MAX_AHEAD);
    assertDense(events.subList(at, events.size()));
    assertThat(texts(events).get(Task.EDIT)).isEqualTo(Script.sampleAnswer(Task.EDIT, BRIEF));
    // a reader who was as far ahead as readers can be
    assertSame(watch(next, user, id, 3 * JobLog.MAX_AHEAD), events.subList(at, events.size()));
    // a reader who saw numbers that were lost comes back with one of them
    List<LoggedEvent> rest = watch(next, user, id, events.get(at).seq() - 3);
    assertThat(rest.getFirst().event()).isInstanceOf(Snapshot.class);
    assertSame(rest, events.subList(at, events.size()));
  }

  /** A job that a worker has claimed which then gives no sign of life. */
  private JobId submitAndLose(ContentCrew crew, User user) throws InterruptedException {
    crew.close();
    ContentCrew lost = crew(QUICK.withConcurrency(1));
    CountDownLatch never = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- blocks the only place").waitingFor(never));
    User other = userOn(lost, "free");
    submit(lost, other, Brief.about("In the way"));
    model.awaitPrompt(Task.RESEARCH, 1);
    JobId id = submit(lost, user, BRIEF);
    Claim claim =
        storage
            .transactions()
            .inTransaction(
                stores -> stores.jobs().claim(id, Fixtures.aWorker(), Duration.ofSeconds(1)));
    assertThat(claim).isInstanceOf(Claim.Taken.class);
    never.countDown();
    return id;
  }

  @Test
  void a_job_that_loses_its_workers_again_and_again_ends_with_a_clear_code_and_its_quota_back()
      throws Exception {
    ContentCrew crew = crew(QUICK);
    User user = userOn(crew, "free");
    JobId id = submitAndLose(crew, user);
    for (int attempt = 2; attempt <= 3; attempt++) {
      Thread.sleep(5);
      storage
          .transactions()
          .inTransaction(stores -> stores.jobs().claim(id, Fixtures.aWorker(), Duration.ZERO));
    }
    ContentCrew next = crew();
    Thread.sleep(QUICK.deadAfter().toMillis() + 50);
    takeUp(id);
    List<LoggedEvent> events = watch(next, user, id, 0);
    assertThat(events.getLast().event()).isInstanceOf(JobEvent.Failed.class);
    Job job = job(next, user, id);
    assertThat(job.failure().orElseThrow().code()).isEqualTo(Failure.Code.WORKER_LOST);
    assertThat(next.showUsage().show(user.id()).formats().values()).containsOnly(FormatUsage.NONE);
  }

  @Test
  void a_job_that_came_through_the_queue_stays_in_it_when_the_program_stops() throws Exception {
    ContentCrew first = crew(QUICK.withConcurrency(1));
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- the only place").waitingFor(goOn));
    User other = userOn(first, "free");
    JobId inTheWay = submit(first, other, Brief.about("In the way"));
    model.awaitPrompt(Task.RESEARCH, 1);
    User user = userOn(first, "free");
    JobId id = submit(first, user, BRIEF);
    goOn.countDown();
    watch(first, other, inTheWay, 0);
    awaitNothingRuns(first);
    model.next(Task.EDIT, Script.writing("# Never ended").waitingFor(new CountDownLatch(1)));
    int edits = model.prompts(Task.EDIT).size();
    FutureTask<Next> handled = new FutureTask<>(() -> takeUp(id));
    Thread.ofVirtual().start(handled);
    model.awaitPrompt(Task.EDIT, edits + 1);
    first.close();
    assertThat(handled.get()).isEqualTo(new Next.Again(Duration.ZERO));
    ContentCrew second = crew();
    assertThat(job(second, user, id).status()).isEqualTo(JobStatus.PENDING);
    takeUp(id);
    assertThat(job(second, user, id).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void an_error_in_a_task_ends_the_job_instead_of_hanging_it() throws Exception {
    TextGenerator broken =
        new FunctionalGenerator(
            prompt -> {
              throw new StackOverflowError("in the generator");
            });
    try (ContentCrew crew = ContentCrew.builder().textGenerator(broken).build()) {
      User user = crew.users().add("ada@example.com", "Ada");
      Job job = crew.generate(user.id(), BRIEF).await(Duration.ofSeconds(20)).job();
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(job.failure().orElseThrow().code()).isEqualTo(Failure.Code.UPSTREAM_FAILED);
    }
  }

  /** Answers by a function. */
  private record FunctionalGenerator(Function<Prompt, Completion> answer) implements TextGenerator {
    @Override
    public EngineName name() {
      return new EngineName("function");
    }

    @Override
    public Readiness readiness(ModelName model) {
      return new Readiness.Ready();
    }

    @Override
    public Completion generate(Prompt prompt, TextSink sink) {
      return answer.apply(prompt);
    }
  }

  @Test
  void a_worker_that_was_taken_for_dead_writes_nothing_more() throws Exception {
    ContentCrew zombie = crew();
    User user = userOn(zombie, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- from the dead").waitingFor(goOn));
    JobId id = submit(zombie, user, BRIEF);
    model.awaitPrompt(Task.RESEARCH, 1);
    storage
        .transactions()
        .inTransaction(stores -> stores.jobs().claim(id, Fixtures.aWorker(), Duration.ZERO));
    goOn.countDown();
    awaitNothingRuns(zombie);
    Job job = job(zombie, user, id);
    assertThat(job.attempt()).isEqualTo(2);
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(zombie.readJobs().find(id, user.id()).orElseThrow().tasks())
        .noneMatch(task -> task.state() == TaskState.DONE);
  }

  @Test
  void a_stopping_crew_tells_its_readers_to_come_back() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(Task.RESEARCH, Script.writing("- a").thenSilent());
    JobId id = submit(crew, user, BRIEF);
    model.awaitPrompt(Task.RESEARCH, 1);
    CountDownLatch sawText = new CountDownLatch(1);
    WatchGeneration.Outcome[] outcome = new WatchGeneration.Outcome[1];
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    outcome[0] =
                        crew.watchGeneration()
                            .watch(
                                id,
                                user.id(),
                                0,
                                Duration.ofSeconds(20),
                                event -> {
                                  if (event.event() instanceof TextDelta) {
                                    sawText.countDown();
                                  }
                                });
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    await(sawText);
    crew.close();
    reader.join();
    assertThat(outcome[0]).isEqualTo(WatchGeneration.Outcome.INTERRUPTED);
  }

  @Test
  void when_single_pieces_have_been_folded_away_a_reader_gets_a_snapshot_in_their_place()
      throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    JobId id = submit(crew, user, BRIEF);
    List<LoggedEvent> all = watch(crew, user, id, 0);
    awaitNothingRuns(crew); // until then its log is in memory too, and read from there
    int folded =
        storage
            .transactions()
            .inTransaction(
                stores -> stores.events().fold(java.time.Instant.now().plusSeconds(60), 10));
    assertThat(folded).isEqualTo(1);
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(events.getLast()).isEqualTo(all.getLast());
    assertThat(of(TextDelta.class, events)).isEmpty();
    assertThat(of(Snapshot.class, events)).hasSize(1);
    assertThat(texts(events).get(Task.WRITE)).isEqualTo(Script.sampleAnswer(Task.WRITE, BRIEF));
    assertThat(events).extracting(LoggedEvent::seq).isSorted().doesNotHaveDuplicates();
    assertThat(of(JobEvent.ArtifactReady.class, events))
        .isEqualTo(of(JobEvent.ArtifactReady.class, all));
  }
}
