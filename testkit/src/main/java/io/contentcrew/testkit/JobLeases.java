package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.Jobs.Claim;
import io.contentcrew.ports.generation.Jobs.Pulse;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** The part of {@link JobsContract} about workers: claims, signs of life, fencing. */
abstract class JobLeases extends StorageHarness {
  private static final Duration ALMOST_DEAD = DEAD_AFTER.minusSeconds(5);

  final WorkerId worker = Fixtures.aWorker();
  final WorkerId other = Fixtures.aWorker();

  final Claim tryClaim(JobId id, WorkerId by) {
    return in(stores -> stores.jobs().claim(id, by, DEAD_AFTER));
  }

  private List<Pulse> heartbeat(WorkerId by, Job... jobs) {
    List<JobId> ids = Arrays.stream(jobs).map(Job::id).toList();
    return in(stores -> stores.jobs().heartbeat(by, ids));
  }

  @Test
  void a_pending_job_is_taken_up() {
    Job pending = givenJob(givenUser());
    Claim claim = tryClaim(pending.id(), worker);
    assertThat(claim).isInstanceOf(Claim.Taken.class);
    Claim.Taken taken = (Claim.Taken) claim;
    assertThat(taken.takenOver()).isFalse();
    assertThat(taken.job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(taken.job().attempt()).isEqualTo(1);
    assertThat(taken.job().startedAt()).isPresent();
    assertThat(taken.job()).isEqualTo(stored(pending));
  }

  @Test
  void a_job_at_a_worker_that_lives_is_not_taken_from_it() {
    Job running = givenRunning(givenUser(), worker);
    pass(ALMOST_DEAD);
    for (WorkerId by : List.of(other, worker)) {
      Claim claim = tryClaim(running.id(), by);
      assertThat(claim).isInstanceOf(Claim.Busy.class);
      assertThat(((Claim.Busy) claim).lookAgainIn())
          .isPositive()
          .isLessThanOrEqualTo(DEAD_AFTER.minus(ALMOST_DEAD));
    }
    assertThat(stored(running)).isEqualTo(running);
  }

  @Test
  void a_job_at_a_worker_that_fell_silent_is_taken_over() {
    Job running = givenRunning(givenUser(), worker);
    pass(DEAD_AFTER);
    Claim claim = tryClaim(running.id(), other);
    assertThat(claim).isInstanceOf(Claim.Taken.class);
    Claim.Taken taken = (Claim.Taken) claim;
    assertThat(taken.takenOver()).isTrue();
    assertThat(taken.job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(taken.job().attempt()).isEqualTo(2);
    assertThat(taken.job().startedAt()).isEqualTo(running.startedAt());
    assertThat(taken.job()).isEqualTo(stored(running));
  }

  @Test
  void looking_again_after_the_time_told_finds_a_silent_worker_dead() {
    Job running = givenRunning(givenUser(), worker);
    pass(ALMOST_DEAD);
    Claim.Busy busy = (Claim.Busy) tryClaim(running.id(), other);
    pass(busy.lookAgainIn());
    assertThat(tryClaim(running.id(), other)).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void a_sign_of_life_keeps_a_job_at_its_worker() {
    Job running = givenRunning(givenUser(), worker);
    Job leftBehind = givenRunning(givenUser(), worker);
    pass(ALMOST_DEAD);
    heartbeat(worker, running);
    pass(ALMOST_DEAD);
    assertThat(tryClaim(leftBehind.id(), other)).isInstanceOf(Claim.Taken.class);
    assertThat(tryClaim(running.id(), other)).isInstanceOf(Claim.Busy.class);
    pass(DEAD_AFTER);
    assertThat(tryClaim(running.id(), other)).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void a_sign_of_life_tells_what_runs_at_the_worker() {
    User user = givenUser();
    Job first = givenRunning(user, worker);
    Job second = givenRunning(user, worker);
    Job others = givenRunning(user, other);
    Job pending = givenJob(user);
    Job over = finish(givenRunning(user, worker));
    givenRunning(user, worker);
    run(stores -> stores.jobs().requestCancel(second.id()));
    assertThat(heartbeat(worker, first, second, others, pending, over))
        .containsExactlyInAnyOrder(
            new Pulse(first.id(), 1, false), new Pulse(second.id(), 1, true));
    assertThat(heartbeat(Fixtures.aWorker(), first)).isEmpty();
    assertThat(heartbeat(worker)).isEmpty();
  }

  @Test
  void a_job_that_was_taken_over_is_missing_from_the_signs_of_its_former_worker() {
    Job running = givenRunning(givenUser(), worker);
    pass(DEAD_AFTER);
    claim(running, other);
    assertThat(heartbeat(worker, running)).isEmpty();
    assertThat(heartbeat(other, running)).containsExactly(new Pulse(running.id(), 2, false));
  }

  @Test
  void there_is_nothing_to_claim_where_a_job_is_over_or_not_there() {
    Job over = finish(givenRunning(givenUser(), worker));
    assertThat(tryClaim(over.id(), other)).isEqualTo(new Claim.Over());
    assertThat(tryClaim(Fixtures.aJobId(), other)).isEqualTo(new Claim.Over());
    assertThat(stored(over)).isEqualTo(over);
  }

  @Test
  void of_workers_that_claim_a_pending_job_together_one_gets_it() {
    Job pending = givenJob(givenUser());
    List<Claim> claims = Race.of(16, number -> tryClaim(pending.id(), Fixtures.aWorker()));
    assertThat(claims).filteredOn(Claim.Taken.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(15);
    assertThat(stored(pending).attempt()).isEqualTo(1);
  }

  @Test
  void of_workers_that_claim_a_dead_workers_job_together_one_gets_it() {
    Job running = givenRunning(givenUser(), worker);
    pass(DEAD_AFTER);
    List<Claim> claims = Race.of(16, number -> tryClaim(running.id(), Fixtures.aWorker()));
    assertThat(claims).filteredOn(Claim.Taken.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(15);
    assertThat(stored(running).attempt()).isEqualTo(2);
  }

  @Test
  void a_job_that_is_given_back_is_taken_up_at_once() {
    Job running = givenRunning(givenUser(), worker);
    assertThat(yes(stores -> stores.jobs().giveBack(running.id(), 1))).isTrue();
    assertThat(stored(running).status()).isEqualTo(JobStatus.PENDING);
    assertThat(heartbeat(worker, running)).isEmpty();
    Claim.Taken taken = (Claim.Taken) tryClaim(running.id(), other);
    assertThat(taken.takenOver()).isFalse();
    assertThat(taken.job().attempt()).isEqualTo(2);
  }

  /** All writes that are fenced, by name. */
  private static Map<String, Fenced> fencedWrites() {
    Map<String, Fenced> writes = new LinkedHashMap<>();
    writes.put("saveTask", (jobs, job, attempt) -> jobs.saveTask(job.id(), attempt, done()));
    writes.put(
        "saveResult",
        (jobs, job, attempt) ->
            jobs.saveResult(job.id(), attempt, Format.BLOG, new FormatResult.Ready()));
    writes.put(
        "finish",
        (jobs, job, attempt) ->
            jobs.finish(
                job.id(),
                attempt,
                JobStatus.FAILED,
                Fixtures.allFailed(job),
                Optional.of(Fixtures.aFailure()),
                Fixtures.NOW));
    writes.put("giveBack", (jobs, job, attempt) -> jobs.giveBack(job.id(), attempt));
    return writes;
  }

  private interface Fenced {
    boolean write(Jobs jobs, Job job, int attempt);
  }

  private static JobTask done() {
    return new JobTask(
        Task.RESEARCH,
        TaskState.DONE,
        Optional.of("stale"),
        Optional.of("v1"),
        new TokenUsage(1, 2),
        Optional.of(Fixtures.NOW),
        Optional.of(Fixtures.NOW));
  }

  /** Tries every fenced write and checks that it was refused and has changed nothing. */
  private void everyWriteIsRefused(Job job, int attempt) {
    Optional<Job> before = in(stores -> stores.jobs().find(job.id()));
    List<JobTask> tasks = in(stores -> stores.jobs().tasks(job.id()));
    fencedWrites()
        .forEach(
            (name, fenced) -> {
              boolean written = in(stores -> fenced.write(stores.jobs(), job, attempt));
              assertThat(written).as(name).isFalse();
              assertThat(maybe(stores -> stores.jobs().find(job.id()))).as(name).isEqualTo(before);
              assertThat(list(stores -> stores.jobs().tasks(job.id()))).as(name).isEqualTo(tasks);
            });
  }

  @Test
  void a_worker_that_was_taken_for_dead_can_write_nothing() {
    Job running = givenRunning(givenUser(), worker);
    pass(DEAD_AFTER);
    claim(running, other);
    everyWriteIsRefused(running, running.attempt());
  }

  @Test
  void nobody_can_write_with_an_attempt_that_has_not_come() {
    everyWriteIsRefused(givenRunning(givenUser(), worker), 2);
  }

  @Test
  void nobody_can_write_to_a_job_that_does_not_run() {
    User user = givenUser();
    everyWriteIsRefused(givenJob(user), 0);
    Job over = finish(givenRunning(user, worker));
    everyWriteIsRefused(over, over.attempt());
    Job given = givenRunning(user, worker);
    run(stores -> stores.jobs().giveBack(given.id(), given.attempt()));
    everyWriteIsRefused(given, given.attempt());
    everyWriteIsRefused(Fixtures.aJob(user.id()), 1);
  }

  @Test
  void the_worker_in_charge_can_write() {
    fencedWrites()
        .forEach(
            (name, fenced) -> {
              Job running = givenRunning(givenUser(), worker);
              assertThat(yes(stores -> fenced.write(stores.jobs(), running, 1))).as(name).isTrue();
            });
  }

  @Test
  void of_two_who_would_end_a_job_one_does() {
    Job running = givenRunning(givenUser(), worker);
    BiPredicate<Jobs, Job> finish =
        (jobs, job) ->
            jobs.finish(
                job.id(),
                1,
                JobStatus.COMPLETED,
                Fixtures.allReady(job),
                Optional.empty(),
                Fixtures.NOW);
    BiPredicate<Jobs, Job> giveBack = (jobs, job) -> jobs.giveBack(job.id(), 1);
    List<Boolean> written =
        Race.of(
            8,
            number ->
                in(stores -> (number % 2 == 0 ? finish : giveBack).test(stores.jobs(), running)));
    assertThat(written).containsOnlyOnce(true);
    assertThat(Set.of(JobStatus.COMPLETED, JobStatus.PENDING)).contains(stored(running).status());
  }
}
