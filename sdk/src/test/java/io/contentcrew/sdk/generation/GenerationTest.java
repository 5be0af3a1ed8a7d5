package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.ArtifactFailed;
import io.contentcrew.domain.generation.JobEvent.ArtifactReady;
import io.contentcrew.domain.generation.JobEvent.TaskRestarted;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.Generation;
import io.contentcrew.sdk.GenerationRefusedException;
import io.contentcrew.sdk.generation.SubmitGeneration.Outcome;
import io.contentcrew.sdk.generation.SubmitGeneration.Request;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GenerationTest extends CrewHarness {
  private static final Brief ALL = Fixtures.aFullBrief();
  private static final String BABBLE = "no article at all";

  @Test
  void a_brief_for_all_formats_becomes_four_artifacts_while_the_words_arrive() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    JobId id = submit(crew, user, ALL);
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(events.getFirst().seq()).isEqualTo(1);
    assertDense(events);
    assertThat(of(ArtifactReady.class, events))
        .extracting(ArtifactReady::format)
        .containsExactlyInAnyOrder(Format.values());
    JobEvent last = events.getLast().event();
    assertThat(last).isInstanceOf(JobEvent.Completed.class);
    assertThat(((JobEvent.Completed) last).status()).isEqualTo(JobStatus.COMPLETED);
    Map<Task, String> texts = texts(events);
    assertThat(texts.keySet()).isEqualTo(Set.of(Task.values()));
    assertThat(texts.get(Task.WRITE)).isEqualTo(Script.sampleAnswer(Task.WRITE, ALL));
    assertThat(texts.get(Task.SOCIAL)).startsWith("## LinkedIn\n\n").doesNotContain("{");
    ReadJobs.View view = crew.readJobs().find(id, user.id()).orElseThrow();
    assertThat(view.job().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(view.job().results().values()).allMatch(FormatResult.Ready.class::isInstance);
    assertThat(view.artifacts())
        .extracting(stored -> stored.artifact().format())
        .containsExactly(Format.values());
    assertThat(view.tasks()).extracting(JobTask::state).containsOnly(TaskState.DONE);
    assertThat(view.tasks())
        .allMatch(
            task ->
                task.startedAt().isPresent()
                    && task.finishedAt().isPresent()
                    && task.promptVersion().isPresent());
    ShowUsage.View usage = crew.showUsage().show(user.id());
    assertThat(usage.formats().values()).containsOnly(new FormatUsage(1, 0));
    assertThat(usage.activeJobs()).isZero();
  }

  @Test
  void only_the_tasks_run_that_the_formats_need() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    watch(crew, user, submit(crew, user, Fixtures.aBrief().withFormats(Format.SOCIAL)), 0);
    assertThat(model.prompts())
        .extracting(prompt -> prompt.task())
        .containsExactly(Task.RESEARCH, Task.SOCIAL);
  }

  @Test
  void a_reader_who_comes_back_gets_exactly_what_follows() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    JobId id = submit(crew, user, Fixtures.aBrief());
    List<LoggedEvent> all = watch(crew, user, id, 0);
    for (int after : List.of(1, 2, 7, all.size() / 2, all.size() - 1)) {
      assertSame(watch(crew, user, id, after), all.subList(after, all.size()));
    }
    assertThat(crew.watchGeneration().open(id, user.id(), all.size()).orElseThrow().hasMore())
        .isFalse();
    assertThat(watch(crew, user, id, all.size())).isEmpty();
    assertThat(watch(crew, user, id, 1_000_000)).isEmpty();
  }

  @Test
  void a_job_is_nobody_elses() throws Exception {
    ContentCrew crew = crew();
    User owner = userOn(crew, "free");
    User other = userOn(crew, "free");
    JobId id = submit(crew, owner, Fixtures.aBrief());
    assertThat(crew.readJobs().find(id, other.id())).isEmpty();
    assertThat(crew.readJobs().piece(id, other.id(), Format.BLOG))
        .isEqualTo(new ReadJobs.Piece.NoSuchJob());
    assertThat(crew.watchGeneration().watch(id, other.id(), 0, Duration.ofSeconds(1), event -> {}))
        .isEqualTo(WatchGeneration.Outcome.NOT_FOUND);
    assertThat(crew.cancelGeneration().cancel(id, other.id()))
        .isEqualTo(new CancelGeneration.Outcome.NotFound());
    watch(crew, owner, id, 0);
    assertThat(crew.deleteJob().delete(id, other.id())).isEqualTo(DeleteJob.Outcome.NOT_FOUND);
  }

  // ---- bad answers

  @Test
  void an_answer_that_does_not_pass_is_asked_for_again_with_what_was_wrong() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(Task.EDIT, Script.writing(BABBLE));
    JobId id = submit(crew, user, Fixtures.aBrief());
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(of(TaskRestarted.class, events))
        .containsExactly(new TaskRestarted(Task.EDIT, TaskRestarted.Reason.INVALID_OUTPUT));
    assertThat(job(crew, user, id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(model.prompts(Task.EDIT).get(1).user()).contains("at least 3 sections");
    assertThat(texts(events).get(Task.EDIT))
        .isEqualTo(Script.sampleAnswer(Task.EDIT, Fixtures.aBrief()));
  }

  @Test
  void a_format_that_stays_bad_fails_alone_and_is_not_charged() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    model.next(Task.AUDIO, Script.writing("{\"intro_hook\": \"cut off"), Script.writing("no json"));
    JobId id = submit(crew, user, ALL);
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(of(ArtifactFailed.class, events))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.format()).isEqualTo(Format.AUDIO);
              assertThat(failed.failure().code()).isEqualTo(Failure.Code.OUTPUT_INVALID);
            });
    Job job = job(crew, user, id);
    assertThat(job.status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(job.failure()).isEmpty();
    Map<Format, FormatUsage> usage = crew.showUsage().show(user.id()).formats();
    assertThat(usage.get(Format.AUDIO)).isEqualTo(FormatUsage.NONE);
    assertThat(usage.get(Format.BLOG)).isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void a_blog_post_that_fails_takes_no_other_format_with_it() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    model.next(Task.EDIT, Script.writing(BABBLE), Script.writing(BABBLE));
    JobId id = submit(crew, user, ALL);
    watch(crew, user, id, 0);
    assertThat(job(crew, user, id).results())
        .hasEntrySatisfying(
            Format.BLOG, result -> assertThat(result).isInstanceOf(FormatResult.Failed.class))
        .hasEntrySatisfying(
            Format.SOCIAL, result -> assertThat(result).isInstanceOf(FormatResult.Ready.class))
        .hasEntrySatisfying(
            Format.VIDEO, result -> assertThat(result).isInstanceOf(FormatResult.Ready.class));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNREACHABLE", "STALLED", "MODEL_MISSING", "INCOMPLETE", "PROTOCOL", "MODEL_ERROR"})
  void a_model_that_fails_at_once_fails_the_job_with_its_code_and_nothing_is_charged(
      ModelFault fault) throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(Task.RESEARCH, Script.failing(fault));
    JobId id = submit(crew, user, Fixtures.aBrief().withFormats(Format.BLOG, Format.SOCIAL));
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(events.getLast().event()).isInstanceOf(JobEvent.Failed.class);
    Job job = job(crew, user, id);
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.failure().orElseThrow().code())
        .isEqualTo(
            fault.code().retryable() || fault.code() == Failure.Code.MODEL_MISSING
                ? fault.code()
                : Failure.Code.UPSTREAM_FAILED);
    assertThat(crew.showUsage().show(user.id()).formats().values()).containsOnly(FormatUsage.NONE);
  }

  @Test
  void an_empty_answer_is_asked_for_again_with_other_dice() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(Task.RESEARCH, Script.failing(ModelFault.EMPTY));
    JobId id = submit(crew, user, Fixtures.aBrief());
    watch(crew, user, id, 0);
    assertThat(job(crew, user, id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(model.prompts(Task.RESEARCH).get(1).sampling().seed()).isPresent();
  }

  @Test
  void a_model_that_writes_only_blanks_is_stopped_and_asked_again() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(
        Task.SOCIAL,
        Script.writing("{\"linkedin\": ", " ".repeat(150), "\n".repeat(100)).thenSilent());
    JobId id = submit(crew, user, Fixtures.aBrief().withFormats(Format.SOCIAL));
    watch(crew, user, id, 0);
    assertThat(job(crew, user, id).status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(model.prompts(Task.SOCIAL)).hasSize(2);
  }

  @Test
  void prose_that_was_cut_off_for_its_length_is_continued_once() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    String whole = Script.sampleAnswer(Task.EDIT, Fixtures.aBrief());
    int cut = whole.length() / 2;
    model.next(
        Task.EDIT,
        Script.writing(whole.substring(0, cut)).endingWith(Finish.LENGTH),
        Script.writing(whole.substring(cut)));
    JobId id = submit(crew, user, Fixtures.aBrief());
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(of(TaskRestarted.class, events)).isEmpty();
    assertThat(texts(events).get(Task.EDIT)).isEqualTo(whole);
    assertThat(model.prompts(Task.EDIT).get(1).user()).contains("Go on exactly where it stops");
  }

  @Test
  void what_the_checks_found_without_stopping_it_is_told_with_the_piece() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    String good = Script.sampleAnswer(Task.SOCIAL, Fixtures.aBrief().withFormats(Format.SOCIAL));
    model.next(
        Task.SOCIAL,
        Script.writing(
            good.replaceFirst("\"x\": ?\"", "\"x\":\"" + "Many words here. ".repeat(30))));
    JobId id = submit(crew, user, Fixtures.aBrief().withFormats(Format.SOCIAL));
    watch(crew, user, id, 0);
    StoredArtifact stored =
        crew.readJobs().find(id, user.id()).orElseThrow().artifacts().getFirst();
    assertThat(stored.notes()).anyMatch(note -> note.check().equals("social.x"));
    assertThat(((Artifact.SocialPosts) stored.artifact()).x()).endsWith(".");
  }

  // ---- cancelling

  @Test
  void a_job_can_be_cancelled_before_the_first_word() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(Task.RESEARCH, Script.writing().thenSilent());
    JobId id = submit(crew, user, Fixtures.aBrief());
    model.awaitPrompt(Task.RESEARCH, 1);
    assertThat(crew.cancelGeneration().cancel(id, user.id()))
        .isInstanceOf(CancelGeneration.Outcome.Stopping.class);
    List<LoggedEvent> events = watch(crew, user, id, 0);
    assertThat(events.getLast().event()).isInstanceOf(JobEvent.Cancelled.class);
    assertThat(model.interruptions()).isEqualTo(1);
    assertThat(model.active()).isZero();
    Job job = job(crew, user, id);
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.failure().orElseThrow().code()).isEqualTo(Failure.Code.CANCELLED);
    assertThat(crew.showUsage().show(user.id()).formats().values()).containsOnly(FormatUsage.NONE);
    assertThat(crew.cancelGeneration().cancel(id, user.id()))
        .isInstanceOf(CancelGeneration.Outcome.AlreadyOver.class);
  }

  @Test
  void a_cancelled_job_keeps_what_was_written_and_what_was_finished() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    model.next(Task.SOCIAL, Script.writing("{\"linkedin\": \"Half a th").thenSilent());
    JobId id = submit(crew, user, Fixtures.aBrief().withFormats(Format.BLOG, Format.SOCIAL));
    CountDownLatch halfWritten = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    crew.watchGeneration()
                        .watch(
                            id,
                            user.id(),
                            0,
                            Duration.ofSeconds(1),
                            event -> {
                              if (event.event() instanceof TextDelta delta
                                  && delta.task() == Task.SOCIAL) {
                                halfWritten.countDown();
                              }
                            });
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    await(halfWritten);
    crew.cancelGeneration().cancel(id, user.id());
    reader.join();
    Job job = job(crew, user, id);
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.results().get(Format.BLOG)).isInstanceOf(FormatResult.Ready.class);
    ReadJobs.View view = crew.readJobs().find(id, user.id()).orElseThrow();
    JobTask social =
        view.tasks().stream().filter(task -> task.task() == Task.SOCIAL).findFirst().orElseThrow();
    assertThat(social.state()).isEqualTo(TaskState.CANCELLED);
    assertThat(social.output().orElseThrow()).isEqualTo("## LinkedIn\n\nHalf a th");
    assertThat(crew.showUsage().show(user.id()).formats().get(Format.BLOG))
        .isEqualTo(new FormatUsage(1, 0));
    assertThat(crew.showUsage().show(user.id()).formats().get(Format.SOCIAL))
        .isEqualTo(FormatUsage.NONE);
  }

  @Test
  void a_job_that_waits_is_cancelled_at_once() throws Exception {
    ContentCrew crew = crew(QUICK.withConcurrency(1));
    User user = userOn(crew, "pro");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- a note").waitingFor(goOn));
    JobId first = submit(crew, user, Fixtures.aBrief());
    JobId second =
        submit(
            crew,
            user,
            Fixtures.aBrief().withLength(io.contentcrew.domain.generation.Length.SHORT));
    assertThat(crew.cancelGeneration().cancel(second, user.id()))
        .isInstanceOfSatisfying(
            CancelGeneration.Outcome.Stopping.class,
            stopping -> assertThat(stopping.job().status()).isEqualTo(JobStatus.CANCELLED));
    assertThat(watch(crew, user, second, 0))
        .extracting(LoggedEvent::event)
        .hasOnlyElementsOfType(JobEvent.Cancelled.class)
        .hasSize(1);
    goOn.countDown();
    watch(crew, user, first, 0);
    assertThat(crew.showUsage().show(user.id()).formats().get(Format.BLOG))
        .isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void a_job_ends_at_its_deadline_and_keeps_what_was_finished() throws Exception {
    ContentCrew crew = crew(QUICK.withJobTimeout(Duration.ofMillis(700)));
    User user = userOn(crew, "pro");
    model.next(Task.VIDEO, Script.writing("{").thenSilent());
    JobId id = submit(crew, user, Fixtures.aBrief().withFormats(Format.BLOG, Format.VIDEO));
    watch(crew, user, id, 0);
    Job job = job(crew, user, id);
    assertThat(job.results().get(Format.VIDEO).reason().orElseThrow().code())
        .isEqualTo(Failure.Code.DEADLINE_EXCEEDED);
    assertThat(job.status()).isEqualTo(JobStatus.PARTIAL);
  }

  // ---- admission

  @Test
  void the_quota_is_never_passed_by_one_however_many_ask_at_once() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "enterprise");
    crew.grantTier(user.id(), new io.contentcrew.domain.tier.TierId("basic"));
    CountDownLatch goOn = new CountDownLatch(1);
    model.otherwise(prompt -> Script.sample(prompt).waitingFor(goOn));
    Callable<Outcome> submit =
        () ->
            crew.submitGeneration()
                .submit(Request.of(user.id(), Fixtures.aBrief().withFormats(Format.AUDIO)));
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> outcome : threads.invokeAll(java.util.Collections.nCopies(60, submit))) {
        outcomes.add(outcome.get());
      }
    }
    assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(5);
    assertThat(outcomes.stream().filter(outcome -> !(outcome instanceof Outcome.Accepted)))
        .allMatch(Outcome.TooManyJobs.class::isInstance);
    assertThat(crew.showUsage().show(user.id()).formats().get(Format.AUDIO))
        .isEqualTo(new FormatUsage(0, 5));
    goOn.countDown();
  }

  @Test
  void a_used_up_quota_is_refused_with_all_a_caller_needs() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    for (int i = 0; i < 5; i++) {
      watch(
          crew,
          user,
          submit(crew, user, Brief.about("Topic number " + i).withFormats(Format.VIDEO)),
          0);
    }
    Outcome outcome =
        crew.submitGeneration()
            .submit(
                Request.of(user.id(), Fixtures.aBrief().withFormats(Format.VIDEO, Format.BLOG)));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.OverQuota.class,
            over -> {
              assertThat(over.formats())
                  .singleElement()
                  .satisfies(
                      format -> {
                        assertThat(format.format()).isEqualTo(Format.VIDEO);
                        assertThat(format.limit()).isEqualTo(5);
                        assertThat(format.usage()).isEqualTo(new FormatUsage(5, 0));
                      });
              assertThat(over.upgradeTo().orElseThrow().value()).isEqualTo("basic");
              assertThat(over.period().end()).isAfter(java.time.Instant.now());
            });
    assertThat(crew.showUsage().show(user.id()).formats().get(Format.BLOG))
        .isEqualTo(FormatUsage.NONE);
  }

  @Test
  void the_same_key_gives_the_same_job_and_another_request_under_it_is_refused() {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    User other = userOn(crew, "pro");
    Request request = new Request(user.id(), Fixtures.aBrief(), Optional.of("key-1"));
    Outcome.Accepted first = (Outcome.Accepted) crew.submitGeneration().submit(request);
    Outcome.Accepted again = (Outcome.Accepted) crew.submitGeneration().submit(request);
    assertThat(again.replayed()).isTrue();
    assertThat(again.job().id()).isEqualTo(first.job().id());
    assertThat(crew.submitGeneration().submit(new Request(user.id(), ALL, Optional.of("key-1"))))
        .isEqualTo(new Outcome.KeyReused());
    assertThat(
            crew.submitGeneration()
                .submit(new Request(other.id(), Fixtures.aBrief(), Optional.of("key-1"))))
        .isInstanceOfSatisfying(
            Outcome.Accepted.class, accepted -> assertThat(accepted.replayed()).isFalse());
  }

  @Test
  void of_many_equal_requests_at_once_one_becomes_a_job() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "enterprise");
    Callable<Outcome> submit =
        () ->
            crew.submitGeneration()
                .submit(new Request(user.id(), Fixtures.aBrief(), Optional.of("once")));
    Set<JobId> ids = new java.util.HashSet<>();
    int fresh = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> outcome : threads.invokeAll(java.util.Collections.nCopies(40, submit))) {
        Outcome.Accepted accepted = (Outcome.Accepted) outcome.get();
        ids.add(accepted.job().id());
        fresh += accepted.replayed() ? 0 : 1;
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(fresh).isEqualTo(1);
  }

  @Test
  void a_missing_model_or_a_silent_server_is_told_before_anything_is_charged() {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.ready(name -> new Readiness.ModelMissing("Run: ollama pull " + name));
    assertThat(crew.submitGeneration().submit(Request.of(user.id(), Fixtures.aBrief())))
        .isEqualTo(
            new Outcome.ModelMissing(new ModelName("llama3.2:1b"), "Run: ollama pull llama3.2:1b"));
    model.ready(
        name -> new Readiness.Unavailable("nobody there", Optional.of(Duration.ofSeconds(3))));
    assertThat(crew.submitGeneration().submit(Request.of(user.id(), Fixtures.aBrief())))
        .isEqualTo(
            new Outcome.EngineUnavailable("nobody there", Optional.of(Duration.ofSeconds(3))));
    assertThat(crew.showUsage().show(user.id()).formats().values()).containsOnly(FormatUsage.NONE);
    assertThat(
            crew.readJobs()
                .page(
                    user.id(),
                    new io.contentcrew.ports.generation.Jobs.Query(
                        Optional.empty(), Optional.empty(), 10)))
        .isEmpty();
  }

  @Test
  void an_unknown_user_gets_no_job() {
    assertThat(crew().submitGeneration().submit(Request.of(Fixtures.aUserId(), Fixtures.aBrief())))
        .isEqualTo(new Outcome.UnknownUser());
  }

  @Test
  void agents_of_one_user_work_side_by_side_only_as_the_tier_allows() throws Exception {
    ContentCrew crew = crew();
    User free = userOn(crew, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.SOCIAL, Script.sample(aPrompt(Task.SOCIAL)).waitingFor(goOn));
    JobId id =
        submit(
            crew, free, Fixtures.aBrief().withFormats(Format.SOCIAL, Format.AUDIO, Format.VIDEO));
    model.awaitPrompt(Task.RESEARCH, 1);
    while (model.prompts().size() < 2) {
      Thread.sleep(5);
    }
    Thread.sleep(100);
    assertThat(model.active()).isLessThanOrEqualTo(1);
    goOn.countDown();
    watch(crew, free, id, 0);
    assertThat(job(crew, free, id).status()).isEqualTo(JobStatus.COMPLETED);
  }

  private static io.contentcrew.domain.generation.Prompt aPrompt(Task task) {
    return new Prompts(Fixtures.aJob(Fixtures.aUserId(), ALL))
        .specialist(task, "- n", Optional.empty());
  }

  // ---- equal briefs

  @Test
  void an_equal_brief_is_answered_from_the_cache_and_counts_as_a_piece() throws Exception {
    ContentCrew crew = crew();
    User ada = userOn(crew, "free");
    User bob = userOn(crew, "free");
    watch(crew, ada, submit(crew, ada, Brief.about("Tea  at work")), 0);
    int calls = model.prompts().size();
    JobId id = submit(crew, bob, Brief.about("Tea at\nwork"));
    List<LoggedEvent> events = watch(crew, bob, id, 0);
    assertThat(model.prompts()).hasSize(calls);
    assertThat(crew.readJobs().find(id, bob.id()).orElseThrow().tasks())
        .allMatch(task -> task.state() == TaskState.DONE);
    assertThat(of(ArtifactReady.class, events))
        .singleElement()
        .satisfies(ready -> assertThat(ready.artifact().cached()).isTrue());
    assertThat(crew.showUsage().show(bob.id()).formats().get(Format.BLOG))
        .isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void equal_briefs_at_the_same_time_are_written_once() throws Exception {
    ContentCrew crew = crew();
    User ada = userOn(crew, "free");
    User bob = userOn(crew, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- a note").waitingFor(goOn));
    JobId first = submit(crew, ada, Fixtures.aBrief());
    model.awaitPrompt(Task.RESEARCH, 1);
    JobId second = submit(crew, bob, Fixtures.aBrief());
    goOn.countDown();
    watch(crew, ada, first, 0);
    watch(crew, bob, second, 0);
    assertThat(model.prompts(Task.RESEARCH)).hasSize(1);
    assertThat(job(crew, bob, second).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void who_waits_for_an_equal_brief_writes_itself_when_that_one_fails() throws Exception {
    ContentCrew crew = crew();
    User ada = userOn(crew, "free");
    User bob = userOn(crew, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(
        Task.RESEARCH, Script.writing("- a").waitingFor(goOn).thenFailing(ModelFault.STALLED));
    JobId first = submit(crew, ada, Fixtures.aBrief());
    model.awaitPrompt(Task.RESEARCH, 1);
    JobId second = submit(crew, bob, Fixtures.aBrief());
    goOn.countDown();
    watch(crew, ada, first, 0);
    watch(crew, bob, second, 0);
    assertThat(job(crew, ada, first).status()).isEqualTo(JobStatus.FAILED);
    assertThat(job(crew, bob, second).status()).isEqualTo(JobStatus.COMPLETED);
  }

  // ---- the short way

  @Test
  void the_handle_follows_waits_and_gives_markdown() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    Generation generation = crew.generate(user.id(), Fixtures.aBrief());
    List<LoggedEvent> followed = new ArrayList<>();
    generation.follow(followed::add);
    Generation.Finished finished = generation.await(Duration.ofSeconds(20));
    assertThat(finished.markdown(Format.BLOG)).startsWith("# ").contains("\n## ");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> finished.markdown(Format.VIDEO))
        .isInstanceOf(java.util.NoSuchElementException.class)
        .hasMessageContaining("video: it was not asked for");
    assertThat(crew.users().find("nobody@example.com")).isEmpty();
    assertThat(crew.users().find(user.email().orElseThrow().value())).contains(user);
    assertThat(followed.getLast().event()).isInstanceOf(JobEvent.Completed.class);
  }

  @Test
  void a_refusal_can_be_had_as_an_exception() {
    ContentCrew crew = crew();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> crew.generate(Fixtures.aUserId(), Fixtures.aBrief()))
        .isInstanceOfSatisfying(
            GenerationRefusedException.class,
            refused -> assertThat(refused.outcome()).isEqualTo(new Outcome.UnknownUser()))
        .hasMessage("The brief was not taken on: there is no such user");
  }

  @Test
  void waiting_ends_when_the_time_is_over_and_the_job_goes_on() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(Task.RESEARCH, Script.writing("- a").waitingFor(goOn));
    Generation generation = crew.generate(user.id(), Fixtures.aBrief());
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> generation.await(Duration.ofMillis(50)))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    goOn.countDown();
    assertThat(generation.await(Duration.ofSeconds(20)).job().status())
        .isEqualTo(JobStatus.COMPLETED);
  }
}
