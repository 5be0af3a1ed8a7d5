package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Length;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.generation.Tone;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.Jobs.Claim;
import io.contentcrew.ports.generation.Jobs.Query;
import io.contentcrew.ports.generation.Jobs.TaskStart;
import io.contentcrew.ports.generation.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Jobs} keeps to. */
public abstract class JobsContract extends JobLeases {
  /** For subclasses. */
  protected JobsContract() {}

  private static Query all() {
    return new Query(Optional.empty(), Optional.empty(), 100);
  }

  private List<JobId> page(User owner, Query query) {
    return in(stores -> stores.jobs().page(owner.id(), query)).stream().map(Job::id).toList();
  }

  private boolean finishPending(Job job, JobStatus status, Optional<Failure> failure) {
    return in(
        stores ->
            stores
                .jobs()
                .finishPending(job.id(), status, Fixtures.allFailed(job), failure, Fixtures.NOW));
  }

  @Test
  void a_job_is_found_as_it_was_added() {
    Brief brief =
        new Brief(
            "Caf\u00E9s in \u6771\u4EAC \uD83C\uDF75\nwith a 'quote', a \"name\" and a \\",
            Fixtures.aFullBrief().formats(),
            Tone.HUMOROUS,
            Length.LONG,
            new Language("pt-BR"),
            Optional.of("people who {like} $1 and :name"),
            Optional.of("We write short. We mean it."));
    Engine engine = new Engine(new EngineName("offline"), new ModelName("a/b:c"), true);
    Job job =
        Job.submitted(
            Fixtures.aJobId(),
            givenUser().id(),
            brief,
            new TierId("pro"),
            Fixtures.aPeriod(),
            engine,
            Fixtures.NOW.plusMillis(7));
    run(stores -> stores.jobs().add(job));
    assertThat(maybe(stores -> stores.jobs().find(job.id()))).contains(job);
    assertThat(list(stores -> stores.jobs().page(job.owner(), all()))).containsExactly(job);
  }

  @Test
  void a_job_is_shown_to_its_owner_only() {
    Job job = givenJob(givenUser());
    User stranger = givenUser();
    assertThat(maybe(stores -> stores.jobs().find(job.id(), job.owner()))).contains(job);
    assertThat(maybe(stores -> stores.jobs().find(job.id(), stranger.id()))).isEmpty();
    assertThat(page(stranger, all())).isEmpty();
  }

  @Test
  void a_job_that_is_not_there_is_not_found() {
    User user = givenUser();
    JobId none = Fixtures.aJobId();
    assertThat(maybe(stores -> stores.jobs().find(none))).isEmpty();
    assertThat(maybe(stores -> stores.jobs().find(none, user.id()))).isEmpty();
    assertThat(maybe(stores -> stores.jobs().lock(none))).isEmpty();
    assertThat(list(stores -> stores.jobs().tasks(none))).isEmpty();
  }

  @Test
  void a_job_comes_with_its_tasks_in_their_order_all_waiting() {
    Job job = givenJob(givenUser(), Fixtures.aFullBrief());
    assertThat(list(stores -> stores.jobs().tasks(job.id())))
        .containsExactly(
            JobTask.waiting(Task.RESEARCH),
            JobTask.waiting(Task.WRITE),
            JobTask.waiting(Task.EDIT),
            JobTask.waiting(Task.SOCIAL),
            JobTask.waiting(Task.AUDIO),
            JobTask.waiting(Task.VIDEO));
    Job small = givenJob(givenUser(), Fixtures.aBrief().withFormats(Format.SOCIAL));
    assertThat(list(stores -> stores.jobs().tasks(small.id())))
        .containsExactly(JobTask.waiting(Task.RESEARCH), JobTask.waiting(Task.SOCIAL));
  }

  @Test
  void a_page_begins_with_the_newest_job_and_goes_on_before_the_last_one_shown() {
    User user = givenUser();
    List<JobId> newestFirst = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      newestFirst.addFirst(givenJob(user).id());
    }
    givenJob(givenUser());
    assertThat(page(user, all())).isEqualTo(newestFirst);
    assertThat(page(user, new Query(Optional.empty(), Optional.empty(), 2)))
        .isEqualTo(newestFirst.subList(0, 2));
    assertThat(page(user, new Query(Optional.empty(), Optional.of(newestFirst.get(1)), 2)))
        .isEqualTo(newestFirst.subList(2, 4));
    assertThat(page(user, new Query(Optional.empty(), Optional.of(newestFirst.get(4)), 2)))
        .isEmpty();
    assertThat(page(user, new Query(Optional.empty(), Optional.of(Fixtures.aJobId()), 100)))
        .isEqualTo(newestFirst);
  }

  @Test
  void a_page_may_show_one_state_only() {
    User user = givenUser();
    Job pending = givenJob(user);
    Job running = givenRunning(user, worker);
    Job completed = finish(givenRunning(user, worker));
    givenJob(user);
    Optional<JobId> before = Optional.of(Fixtures.aJobId());
    assertThat(page(user, new Query(Optional.of(JobStatus.RUNNING), before, 10)))
        .containsExactly(running.id());
    assertThat(page(user, new Query(Optional.of(JobStatus.COMPLETED), Optional.empty(), 10)))
        .containsExactly(completed.id());
    assertThat(page(user, new Query(Optional.of(JobStatus.PENDING), Optional.of(running.id()), 10)))
        .containsExactly(pending.id());
  }

  @Test
  void jobs_that_wait_or_run_are_counted() {
    User user = givenUser();
    assertThat(number(stores -> stores.jobs().countActive(user.id()))).isZero();
    Job waiting = givenJob(user);
    Job running = givenRunning(user, worker);
    givenJob(givenUser());
    assertThat(number(stores -> stores.jobs().countActive(user.id()))).isEqualTo(2);
    finish(running);
    assertThat(number(stores -> stores.jobs().countActive(user.id()))).isEqualTo(1);
    finishPending(waiting, JobStatus.CANCELLED, Optional.of(Fixtures.aFailure()));
    assertThat(number(stores -> stores.jobs().countActive(user.id()))).isZero();
  }

  @Test
  void what_is_read_of_a_job_under_its_lock_stays_true_until_the_end() {
    Job job = givenJob(givenUser());
    List<Boolean> firsts =
        Race.of(
            12,
            number ->
                in(
                    stores -> {
                      boolean first = !stores.jobs().lock(job.id()).orElseThrow().cancelRequested();
                      stores.jobs().requestCancel(job.id());
                      return first;
                    }));
    assertThat(firsts).containsOnlyOnce(true);
  }

  @Test
  void a_job_that_waits_or_runs_can_be_asked_to_stop() {
    User user = givenUser();
    Job pending = givenJob(user);
    Job running = givenRunning(user, worker);
    for (Job job : List.of(pending, running)) {
      assertThat(yes(stores -> stores.jobs().requestCancel(job.id()))).isTrue();
      assertThat(stored(job).cancelRequested()).isTrue();
      assertThat(yes(stores -> stores.jobs().requestCancel(job.id()))).isTrue();
    }
  }

  @Test
  void a_job_that_is_over_or_not_there_cannot_be_asked_to_stop() {
    Job over = finish(givenRunning(givenUser(), worker));
    assertThat(yes(stores -> stores.jobs().requestCancel(over.id()))).isFalse();
    assertThat(stored(over)).isEqualTo(over);
    assertThat(yes(stores -> stores.jobs().requestCancel(Fixtures.aJobId()))).isFalse();
  }

  @Test
  void a_task_is_kept() {
    Job running = givenRunning(givenUser(), worker);
    JobTask saved =
        new JobTask(
            Task.WRITE,
            TaskState.FAILED,
            Optional.of("a draft \uD83D\uDCDD\nwith lines"),
            Optional.of("write-3"),
            new TokenUsage(1200, 345),
            Optional.of(Fixtures.NOW),
            Optional.of(Fixtures.NOW.plusMillis(1234)));
    assertThat(yes(stores -> stores.jobs().saveTask(running.id(), 1, saved))).isTrue();
    assertThat(list(stores -> stores.jobs().tasks(running.id())))
        .containsExactly(JobTask.waiting(Task.RESEARCH), saved, JobTask.waiting(Task.EDIT));
    JobTask again = JobTask.waiting(Task.WRITE);
    run(stores -> stores.jobs().saveTask(running.id(), 1, again));
    assertThat(list(stores -> stores.jobs().tasks(running.id()))).contains(again);
  }

  @Test
  void tasks_that_have_begun_are_noted_for_many_jobs_at_once() {
    Job first = claim(givenJob(givenUser()), worker);
    Job second = claim(givenJob(givenUser()), worker);
    Job pending = givenJob(givenUser());
    Instant at = Fixtures.NOW.plusMillis(5);
    run(
        stores ->
            stores
                .jobs()
                .startTasks(
                    List.of(
                        new TaskStart(first.id(), 1, Task.RESEARCH, "research@1", at),
                        new TaskStart(first.id(), 1, Task.WRITE, "write@2", at),
                        new TaskStart(second.id(), 2, Task.RESEARCH, "research@1", at),
                        new TaskStart(pending.id(), 0, Task.RESEARCH, "research@1", at))));
    assertThat(list(stores -> stores.jobs().tasks(first.id())))
        .containsExactly(
            begun(Task.RESEARCH, "research@1", at),
            begun(Task.WRITE, "write@2", at),
            JobTask.waiting(Task.EDIT));
    assertThat(list(stores -> stores.jobs().tasks(second.id())))
        .as("another attempt")
        .contains(JobTask.waiting(Task.RESEARCH));
    assertThat(list(stores -> stores.jobs().tasks(pending.id())))
        .as("a job that does not run")
        .contains(JobTask.waiting(Task.RESEARCH));
  }

  private static JobTask begun(Task task, String version, Instant at) {
    return new JobTask(
        task,
        TaskState.RUNNING,
        Optional.empty(),
        Optional.of(version),
        TokenUsage.NONE,
        Optional.of(at),
        Optional.empty());
  }

  @Test
  void what_became_of_a_format_is_kept() {
    Job running =
        claim(
            givenJob(givenUser(), Fixtures.aBrief().withFormats(Format.BLOG, Format.SOCIAL)),
            worker);
    FormatResult failed = new FormatResult.Failed(Fixtures.aFailure());
    run(
        stores -> {
          stores.jobs().saveResult(running.id(), 1, Format.SOCIAL, failed);
          stores.jobs().saveResult(running.id(), 1, Format.BLOG, new FormatResult.Ready());
        });
    assertThat(stored(running).results())
        .isEqualTo(Map.of(Format.BLOG, new FormatResult.Ready(), Format.SOCIAL, failed));
    assertThat(stored(running).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void a_job_ends_with_its_results() {
    Job running =
        claim(
            givenJob(givenUser(), Fixtures.aBrief().withFormats(Format.BLOG, Format.AUDIO)),
            worker);
    Map<Format, FormatResult> results = new EnumMap<>(Fixtures.allReady(running));
    results.put(Format.AUDIO, new FormatResult.Failed(Fixtures.aFailure()));
    Optional<Failure> failure = Optional.of(Fixtures.aFailure());
    assertThat(
            yes(
                stores ->
                    stores
                        .jobs()
                        .finish(
                            running.id(), 1, JobStatus.PARTIAL, results, failure, Fixtures.NOW)))
        .isTrue();
    Job over = stored(running);
    assertThat(over.status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(over.results()).isEqualTo(results);
    assertThat(over.failure()).isEqualTo(failure);
    assertThat(over.finishedAt()).contains(Fixtures.NOW);
    assertThat(over.attempt()).isEqualTo(1);
  }

  @Test
  void a_pending_job_ends_without_a_worker() {
    Job job = givenJob(givenUser());
    Optional<Failure> failure = Optional.of(new Failure(Failure.Code.CANCELLED, "You stopped it."));
    assertThat(finishPending(job, JobStatus.CANCELLED, failure)).isTrue();
    Job over = stored(job);
    assertThat(over.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(over.results()).isEqualTo(Fixtures.allFailed(job));
    assertThat(over.failure()).isEqualTo(failure);
    assertThat(over.finishedAt()).contains(Fixtures.NOW);
    assertThat(over.startedAt()).isEmpty();
  }

  @Test
  void only_a_pending_job_ends_without_a_worker() {
    Job running = givenRunning(givenUser(), worker);
    assertThat(finishPending(running, JobStatus.CANCELLED, Optional.empty())).isFalse();
    assertThat(stored(running)).isEqualTo(running);
    assertThat(finishPending(Fixtures.aJob(running.owner()), JobStatus.FAILED, Optional.empty()))
        .isFalse();
  }

  @Test
  void a_final_state_never_changes() {
    User user = givenUser();
    Job completed = finish(givenRunning(user, worker));
    Job cancelled = givenJob(user);
    finishPending(cancelled, JobStatus.CANCELLED, Optional.of(Fixtures.aFailure()));
    for (Job over : List.of(completed, stored(cancelled))) {
      assertThat(finishPending(over, JobStatus.FAILED, Optional.empty())).isFalse();
      assertThat(tryClaim(over.id(), other)).isEqualTo(new Claim.Over());
      assertThat(yes(stores -> stores.jobs().requestCancel(over.id()))).isFalse();
      assertThat(stored(over)).isEqualTo(over);
    }
  }

  @Test
  void a_job_is_either_taken_up_or_ended_where_both_are_tried_together() {
    for (int round = 0; round < 8; round++) {
      Job job = givenJob(givenUser());
      List<Boolean> won =
          Race.of(
              6,
              number ->
                  number % 2 == 0
                      ? tryClaim(job.id(), Fixtures.aWorker()) instanceof Claim.Taken
                      : finishPending(job, JobStatus.CANCELLED, Optional.empty()));
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  void a_job_that_is_over_is_deleted_with_all_that_belongs_to_it() {
    User user = givenUser();
    Job job = givenRunning(user, worker);
    run(
        stores -> {
          stores.artifacts().add(job.id(), Fixtures.aStoredArtifact(Format.BLOG));
          LogEntry started =
              LogEntry.Milestone.of(1, Fixtures.NOW, new JobEvent.TaskStarted(Task.RESEARCH));
          stores.events().append(List.of(new JobEvents.Batch(job.id(), 1, List.of(started))));
        });
    finish(job);
    assertThat(yes(stores -> stores.jobs().delete(job.id(), user.id()))).isTrue();
    assertThat(maybe(stores -> stores.jobs().find(job.id()))).isEmpty();
    assertThat(list(stores -> stores.jobs().tasks(job.id()))).isEmpty();
    assertThat(list(stores -> stores.artifacts().list(job.id()))).isEmpty();
    assertThat(number(stores -> stores.events().lastSeq(job.id()))).isZero();
    assertThat(page(user, all())).isEmpty();
    assertThat(yes(stores -> stores.jobs().delete(job.id(), user.id()))).isFalse();
  }

  @Test
  void deleting_a_job_gives_no_quota_back() {
    User user = givenUser();
    Job job = givenRunning(user, worker);
    run(
        stores -> {
          stores
              .usage()
              .reserve(
                  job.id(), user.id(), job.usagePeriod(), Map.of(Format.BLOG, Allowance.of(1)));
          stores.usage().settle(job.id(), Format.BLOG);
        });
    finish(job);
    run(stores -> stores.jobs().delete(job.id(), user.id()));
    Map<Format, FormatUsage> usage =
        in(stores -> stores.usage().usage(user.id(), job.usagePeriod()));
    assertThat(usage).containsEntry(Format.BLOG, new FormatUsage(1, 0));
  }

  @Test
  void a_job_is_not_deleted_by_strangers_nor_before_it_is_over() {
    User user = givenUser();
    Job waiting = givenJob(user);
    Job running = givenRunning(user, worker);
    Job over = finish(givenRunning(user, worker));
    User stranger = givenUser();
    assertThat(yes(stores -> stores.jobs().delete(over.id(), stranger.id()))).isFalse();
    for (Job active : List.of(waiting, running)) {
      assertThat(yes(stores -> stores.jobs().delete(active.id(), user.id()))).isFalse();
      assertThat(stored(active)).isEqualTo(active);
    }
    assertThat(stored(over)).isEqualTo(over);
  }

  // ---- handing over

  private int handOver(User from, User to) {
    return in(
        stores -> {
          stores.jobs().lockActive(from.id());
          stores.users().lock(to.id());
          stores.users().lock(from.id());
          return stores.jobs().handOver(from.id(), to.id());
        });
  }

  @Test
  void all_jobs_of_an_owner_become_anothers_in_whatever_state_they_are() {
    User from = givenUser();
    User to = givenUser();
    Job own = givenJob(to);
    Job finished = finish(givenRunning(from, Fixtures.aWorker()));
    Job running = givenRunning(from, Fixtures.aWorker());
    Job pending = givenJob(from);
    assertThat(number(stores -> stores.jobs().lockActive(from.id()))).isEqualTo(2);
    assertThat(handOver(from, to)).isEqualTo(3);
    assertThat(page(from, all())).isEmpty();
    assertThat(page(to, all()))
        .containsExactlyInAnyOrder(own.id(), finished.id(), running.id(), pending.id());
    assertThat(number(stores -> stores.jobs().countActive(from.id()))).isZero();
    assertThat(number(stores -> stores.jobs().countActive(to.id()))).isEqualTo(3);
    assertThat(stored(finished).status()).isEqualTo(finished.status());
    assertThat(maybe(stores -> stores.jobs().find(running.id(), to.id())))
        .map(Job::attempt)
        .contains(running.attempt());
    assertThat(handOver(from, to)).isZero();
  }

  @Test
  void a_worker_goes_on_with_a_job_that_was_handed_over() {
    User from = givenUser();
    User to = givenUser();
    Job running = givenRunning(from, Fixtures.aWorker());
    handOver(from, to);
    JobTask done = JobTask.waiting(running.crew().tasks().iterator().next());
    assertThat(yes(stores -> stores.jobs().saveTask(running.id(), running.attempt(), done)))
        .isTrue();
    assertThat(finish(running).owner()).isEqualTo(to.id());
    assertThat(yes(stores -> stores.jobs().delete(running.id(), from.id()))).isFalse();
    assertThat(yes(stores -> stores.jobs().delete(running.id(), to.id()))).isTrue();
  }

  @Test
  void a_worker_that_ends_a_job_and_who_hands_it_over_are_not_in_each_others_way() {
    for (int round = 0; round < 10; round++) {
      User from = givenUser();
      User to = givenUser();
      Job running = givenRunning(from, Fixtures.aWorker());
      run(
          stores ->
              stores
                  .usage()
                  .reserve(
                      running.id(),
                      from.id(),
                      running.usagePeriod(),
                      Map.of(Format.BLOG, Allowance.of(1))));
      List<Boolean> done =
          Race.of(2, number -> number == 0 ? settleAndFinish(running) : given(from, to));
      assertThat(done).containsExactly(true, true);
      assertThat(stored(running).owner()).isEqualTo(to.id());
      assertThat(stored(running).status()).isEqualTo(JobStatus.COMPLETED);
      assertThat(this.<Object>in(stores -> stores.usage().periods(from.id()))).isEqualTo(List.of());
      Map<Format, FormatUsage> usage =
          in(stores -> stores.usage().usage(to.id(), running.usagePeriod()));
      assertThat(usage).isEqualTo(Map.of(Format.BLOG, new FormatUsage(1, 0)));
    }
  }

  /** As a worker does: the job first, then what is its owner's. */
  private boolean settleAndFinish(Job running) {
    return in(
        stores ->
            stores.jobs().lock(running.id()).isPresent()
                && stores.usage().settle(running.id(), Format.BLOG)
                && stores
                    .jobs()
                    .finish(
                        running.id(),
                        running.attempt(),
                        JobStatus.COMPLETED,
                        Fixtures.allReady(running),
                        Optional.empty(),
                        clock.instant()));
  }

  private boolean given(User from, User to) {
    return in(
        stores -> {
          stores.users().lock(to.id());
          stores.jobs().lockActive(from.id());
          stores.users().lock(from.id());
          stores.usage().handOver(from.id(), to.id(), Optional.empty());
          return stores.jobs().handOver(from.id(), to.id()) == 1;
        });
  }
}
