package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.JobEvents.Place;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.LogEntry.Milestone;
import io.contentcrew.ports.generation.LogEntry.TextRun;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link JobEvents} keeps to. */
public abstract class JobEventsContract extends StorageHarness {
  private final WorkerId worker = Fixtures.aWorker();

  /** For subclasses. */
  protected JobEventsContract() {}

  private static LogEntry milestone(long seq) {
    return Milestone.of(seq, Fixtures.NOW.plusMillis(seq), new JobEvent.TaskStarted(Task.WRITE));
  }

  private static LogEntry text(long first, int offset, String... pieces) {
    List<Integer> ends = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String piece : pieces) {
      text.append(piece);
      ends.add(text.codePointCount(0, text.length()));
    }
    return new TextRun(
        first, Fixtures.NOW.plusMillis(first), Task.WRITE, offset, text.toString(), ends);
  }

  private static Batch batch(Job job, LogEntry... entries) {
    return new Batch(job.id(), job.attempt(), List.of(entries));
  }

  private Set<JobId> append(Batch... batches) {
    return in(stores -> stores.events().append(List.of(batches)));
  }

  private List<LogEntry> read(Job job, long after, int limit) {
    return in(stores -> stores.events().readAfter(job.id(), after, limit));
  }

  private List<LogEntry> read(Job job) {
    return read(job, 0, 1000);
  }

  private long lastSeq(Job job) {
    return in(stores -> stores.events().lastSeq(job.id()));
  }

  /** One event of each kind, as the entries of a log. */
  private static List<LogEntry> oneOfEach(StoredArtifact artifact) {
    Map<Format, FormatResult> results =
        Map.of(
            Format.BLOG, new FormatResult.Ready(),
            Format.SOCIAL, new FormatResult.Failed(Fixtures.aFailure()),
            Format.AUDIO, new FormatResult.Open());
    Failure failure = new Failure(Failure.Code.MODEL_MISSING, "Fetch \"it\" first \uD83D\uDE3F");
    List<JobEvent> events =
        List.of(
            new JobEvent.JobStarted(Fixtures.anEngine(), List.of(Task.RESEARCH, Task.VIDEO)),
            new JobEvent.TaskStarted(Task.EDIT),
            new JobEvent.TaskCompleted(
                Task.EDIT, new TokenUsage(10, 20), Duration.ofNanos(1_234_567_891)),
            new JobEvent.TaskRestarted(Task.AUDIO, JobEvent.TaskRestarted.Reason.WORKER_LOST),
            new JobEvent.ArtifactReady(Format.BLOG, artifact),
            new JobEvent.ArtifactFailed(Format.AUDIO, failure),
            new JobEvent.Snapshot(
                List.of(
                    new JobEvent.Snapshot.TaskText(Task.WRITE, TaskState.RUNNING, "so\nfar"),
                    new JobEvent.Snapshot.TaskText(Task.EDIT, TaskState.WAITING, ""))),
            new JobEvent.Progress(1, 3, Optional.empty()),
            new JobEvent.Progress(1, 3, Optional.of(new JobEvent.Progress.Queued(Task.VIDEO, 7))),
            new JobEvent.Completed(JobStatus.PARTIAL, results),
            new JobEvent.Failed(failure, results),
            new JobEvent.Cancelled(results));
    List<LogEntry> entries = new ArrayList<>();
    for (JobEvent event : events) {
      entries.add(Milestone.of(entries.size() + 1, Fixtures.NOW, event));
    }
    return entries;
  }

  @Test
  void every_event_is_read_as_it_was_written() {
    Job job = givenRunning(givenUser(), worker);
    StoredArtifact artifact = Fixtures.aStoredArtifact(Format.BLOG);
    List<LogEntry> entries = oneOfEach(artifact);
    run(
        stores -> {
          stores.artifacts().add(job.id(), artifact);
          stores.events().append(List.of(new Batch(job.id(), 1, entries)));
        });
    assertThat(read(job)).isEqualTo(entries);
  }

  @Test
  void a_revised_piece_stays_in_the_log_whatever_becomes_of_it_at_its_job() {
    Job original = givenRunning(givenUser(), worker);
    Job revision = givenRunning(givenUser(), worker);
    StoredArtifact revised =
        new StoredArtifact(
            Fixtures.anArtifact(Format.SOCIAL),
            2,
            Origin.REVISED,
            Optional.of("Shorter \uD83C\uDF75"),
            List.of(new Finding(Finding.Severity.WEAK, "social.x", "Too \"long\".")),
            Fixtures.anEngine(),
            false,
            Fixtures.NOW.plusMillis(3));
    LogEntry ready =
        Milestone.of(1, Fixtures.NOW, new JobEvent.ArtifactReady(Format.SOCIAL, revised));
    run(
        stores -> {
          stores.artifacts().add(original.id(), Fixtures.aStoredArtifact(Format.SOCIAL));
          stores.artifacts().add(original.id(), revised);
        });
    append(new Batch(revision.id(), 1, List.of(ready)));
    assertThat(read(revision)).containsExactly(ready);
    run(
        stores ->
            stores.artifacts().add(original.id(), Fixtures.aStoredArtifact(Format.SOCIAL, 3)));
    run(stores -> stores.artifacts().trim(original.id(), Format.SOCIAL, 2));
    assertThat(read(revision)).containsExactly(ready);
  }

  @Test
  void text_is_read_as_it_was_written() {
    Job job = givenRunning(givenUser(), worker);
    LogEntry run = text(1, 0, "Tea\n", " \uD83C\uDF75 is", "\u6C34\u3068\u8449 \u0001\"\\'");
    LogEntry next = text(4, 17, "more");
    append(batch(job, run, next));
    assertThat(read(job)).containsExactly(run, next);
  }

  @Test
  void an_empty_log_ends_at_zero() {
    Job job = givenRunning(givenUser(), worker);
    assertThat(lastSeq(job)).isZero();
    assertThat(read(job)).isEmpty();
    assertThat(lastSeq(Fixtures.aJob(job.owner()))).isZero();
    assertThat(read(Fixtures.aJob(job.owner()))).isEmpty();
  }

  @Test
  void a_log_ends_at_the_last_number_of_its_last_entry() {
    Job job = givenRunning(givenUser(), worker);
    append(batch(job, milestone(1)));
    assertThat(lastSeq(job)).isEqualTo(1);
    append(batch(job, text(2, 0, "a", "b", "c")));
    assertThat(lastSeq(job)).isEqualTo(4);
    append(batch(job, new Milestone(5, 9, Fixtures.NOW, new JobEvent.Snapshot(List.of()))));
    assertThat(lastSeq(job)).isEqualTo(9);
  }

  @Test
  void a_log_is_read_on_from_where_one_was_in_order_and_at_most_so_far() {
    Job job = givenRunning(givenUser(), worker);
    LogEntry run = text(2, 0, "a", "b", "c");
    append(batch(job, milestone(1)), batch(job, run), batch(job, milestone(5), milestone(6)));
    assertThat(read(job)).containsExactly(milestone(1), run, milestone(5), milestone(6));
    assertThat(read(job, 0, 2)).containsExactly(milestone(1), run);
    assertThat(read(job, 4, 1)).containsExactly(milestone(5));
    assertThat(read(job, 6, 10)).isEmpty();
  }

  @Test
  void a_run_that_covers_both_sides_is_returned_whole() {
    Job job = givenRunning(givenUser(), worker);
    LogEntry run = text(1, 0, "a", "b", "c");
    append(batch(job, run));
    assertThat(read(job, 1, 10)).containsExactly(run);
    assertThat(read(job, 2, 10)).containsExactly(run);
    assertThat(read(job, 3, 10)).isEmpty();
  }

  @Test
  void a_milestone_may_cover_numbers_that_were_set_aside() {
    Job job = givenRunning(givenUser(), worker);
    LogEntry snapshot = new Milestone(3, 100, Fixtures.NOW, new JobEvent.Snapshot(List.of()));
    append(batch(job, milestone(1), milestone(2), snapshot, milestone(101)));
    assertThat(read(job, 50, 10)).containsExactly(snapshot, milestone(101));
  }

  @Test
  void what_would_leave_a_gap_is_left_out() {
    User user = givenUser();
    Job whole = givenRunning(user, worker);
    Job robbed = givenRunning(user, worker);
    append(batch(whole, milestone(1)), batch(robbed, milestone(1)));
    assertThat(append(batch(whole, milestone(2)), batch(robbed, milestone(3), milestone(4))))
        .containsExactly(robbed.id());
    assertThat(read(whole)).containsExactly(milestone(1), milestone(2));
    assertThat(read(robbed)).containsExactly(milestone(1));
    assertThat(append(batch(robbed))).as("nothing leaves no gap").isEmpty();
    assertThat(append(batch(robbed, milestone(1), milestone(2)))).isEmpty();
    assertThat(read(robbed)).containsExactly(milestone(1), milestone(2));
  }

  @Test
  void logs_of_different_jobs_do_not_mix() {
    User user = givenUser();
    Job one = givenRunning(user, worker);
    Job two = givenRunning(user, worker);
    LogEntry ofTwo = text(1, 0, "two");
    assertThat(append(batch(one, milestone(1), milestone(2)), batch(two, ofTwo))).isEmpty();
    assertThat(read(one)).containsExactly(milestone(1), milestone(2));
    assertThat(read(two)).containsExactly(ofTwo);
  }

  @Test
  void many_jobs_are_written_in_one_go() {
    User user = givenUser();
    List<Job> jobs = new ArrayList<>();
    Batch[] batches = new Batch[40];
    for (int i = 0; i < batches.length; i++) {
      Job job = givenRunning(user, worker);
      jobs.add(job);
      batches[i] = batch(job, milestone(1), text(2, 0, "text of " + i), milestone(3));
    }
    assertThat(append(batches)).isEmpty();
    for (int i = 0; i < batches.length; i++) {
      assertThat(read(jobs.get(i))).isEqualTo(batches[i].entries());
    }
  }

  @Test
  void nothing_to_append_leaves_nothing_out() {
    Job job = givenRunning(givenUser(), worker);
    assertThat(append()).isEmpty();
    assertThat(append(batch(job))).isEmpty();
    assertThat(lastSeq(job)).isZero();
  }

  @Test
  void what_is_for_a_job_that_does_not_run_in_that_attempt_is_left_out() {
    User user = givenUser();
    Job inCharge = givenRunning(user, worker);
    Job pending = givenJob(user);
    Job over = finish(givenRunning(user, worker));
    Job notThere = Fixtures.aJob(user.id());
    Job early = givenRunning(user, worker);
    Set<JobId> leftOut =
        append(
            batch(pending, milestone(1)),
            batch(inCharge, milestone(1), milestone(2)),
            batch(over, milestone(1)),
            new Batch(notThere.id(), 1, List.of(milestone(1))),
            new Batch(early.id(), 2, List.of(milestone(1))));
    assertThat(leftOut)
        .containsExactlyInAnyOrder(pending.id(), over.id(), notThere.id(), early.id());
    assertThat(read(inCharge)).containsExactly(milestone(1), milestone(2));
    for (Job job : List.of(pending, over, notThere, early)) {
      assertThat(read(job)).isEmpty();
    }
  }

  @Test
  void a_worker_that_was_taken_for_dead_appends_nothing() {
    Job former = givenRunning(givenUser(), worker);
    append(batch(former, milestone(1)));
    pass(DEAD_AFTER);
    Job present = claim(former, Fixtures.aWorker());
    assertThat(append(batch(former, milestone(2)))).containsExactly(former.id());
    assertThat(append(batch(present, text(2, 0, "anew")))).isEmpty();
    assertThat(read(former)).containsExactly(milestone(1), text(2, 0, "anew"));
  }

  @Test
  void once_a_job_is_taken_over_nothing_of_its_former_worker_gets_in() {
    for (int round = 0; round < 5; round++) {
      Job former = givenRunning(givenUser(), worker);
      pass(DEAD_AFTER);
      AtomicBoolean takenOver = new AtomicBoolean();
      List<Long> ends =
          Race.between(
              List.of(
                  () -> appendUntilLeftOut(former, takenOver),
                  () -> {
                    claim(former, Fixtures.aWorker());
                    takenOver.set(true);
                    return lastSeq(former);
                  }));
      assertThat(ends.get(0)).as("written by the former worker").isEqualTo(ends.get(1));
      assertThat(lastSeq(former)).isEqualTo(ends.get(1));
    }
  }

  /** Returns the last number that was written. Tries for a while longer than it should. */
  private long appendUntilLeftOut(Job former, AtomicBoolean takenOver) {
    long seq = 0;
    int tries = 1_000;
    while (tries > 0 && append(batch(former, milestone(seq + 1))).isEmpty()) {
      seq++;
      if (takenOver.get()) {
        tries--;
      }
    }
    return seq;
  }

  @Test
  void what_is_rolled_back_was_never_appended() {
    Job job = givenRunning(givenUser(), worker);
    append(batch(job, milestone(1)));
    IllegalStateException rollBack = new IllegalStateException("roll back");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.events().append(List.of(batch(job, milestone(2))));
                      throw rollBack;
                    }))
        .isSameAs(rollBack);
    assertThat(read(job)).containsExactly(milestone(1));
    assertThat(append(batch(job, text(2, 0, "other")))).isEmpty();
    assertThat(read(job)).containsExactly(milestone(1), text(2, 0, "other"));
  }

  @Test
  void an_append_may_be_repeated_where_its_answer_was_lost() {
    Job job = givenRunning(givenUser(), worker);
    append(batch(job, milestone(1), text(2, 0, "a", "b")));
    assertThat(append(batch(job, milestone(1), text(2, 0, "a", "b"), milestone(4)))).isEmpty();
    assertThat(read(job)).containsExactly(milestone(1), text(2, 0, "a", "b"), milestone(4));
  }

  @Test
  void the_log_of_a_job_that_nobody_runs_is_written_under_its_lock() {
    User user = givenUser();
    Job pending = givenJob(user);
    Job over = finish(givenRunning(user, worker));
    for (Job job : List.of(pending, over)) {
      run(
          stores -> {
            stores.jobs().lock(job.id());
            stores.events().appendIdle(job.id(), List.of(milestone(1), text(2, 0, "x")));
            stores.events().appendIdle(job.id(), List.of());
          });
      assertThat(read(job)).containsExactly(milestone(1), text(2, 0, "x"));
    }
  }

  @Test
  void folding_takes_the_text_of_jobs_that_are_over_and_leaves_the_milestones() {
    Job job = givenRunning(givenUser(), worker);
    append(
        batch(job, milestone(1), text(2, 0, "a", "b"), milestone(4), text(5, 2, "c")),
        batch(job, milestone(6)));
    finish(job);
    assertThat(fold(Duration.ofMinutes(1), 10)).isEqualTo(1);
    assertThat(read(job)).containsExactly(milestone(1), milestone(4), milestone(6));
    assertThat(lastSeq(job)).isEqualTo(6);
    assertThat(fold(Duration.ofMinutes(1), 10)).as("folded already").isZero();
  }

  @Test
  void folding_leaves_jobs_that_run_or_ended_only_now() {
    User user = givenUser();
    Job running = givenRunning(user, worker);
    append(batch(running, text(1, 0, "a")));
    Job over = givenRunning(user, worker);
    append(batch(over, text(1, 0, "a")));
    finish(over);
    assertThat(fold(Duration.ZERO, 10)).isZero();
    assertThat(read(running)).containsExactly(text(1, 0, "a"));
    assertThat(read(over)).containsExactly(text(1, 0, "a"));
  }

  @Test
  void folding_goes_on_where_it_stopped() {
    User user = givenUser();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Job job = givenRunning(user, worker);
      append(batch(job, text(1, 0, "a"), milestone(2)));
      jobs.add(finish(job));
    }
    assertThat(fold(Duration.ofMinutes(1), 2)).isEqualTo(2);
    assertThat(fold(Duration.ofMinutes(1), 2)).isEqualTo(2);
    assertThat(fold(Duration.ofMinutes(1), 2)).isEqualTo(1);
    for (Job job : jobs) {
      assertThat(read(job)).containsExactly(milestone(2));
    }
  }

  /** Folds what ended before an instant that lies {@code later} after the ends of these tests. */
  private int fold(Duration later, int limit) {
    return in(stores -> stores.events().fold(clock.instant().plus(later), limit));
  }

  private Map<Place, List<LogEntry>> read(Set<Place> places, int limit) {
    return in(stores -> stores.events().readAfter(places, limit));
  }

  @Test
  void several_logs_are_read_each_as_it_would_be_alone() {
    User user = givenUser();
    Job one = givenRunning(user, worker);
    Job two = givenRunning(user, worker);
    Job empty = givenRunning(user, worker);
    LogEntry run = text(2, 0, "a", "b", "c");
    append(
        batch(one, milestone(1), run, milestone(5), milestone(6)),
        batch(two, milestone(1), text(2, 0, "two")));
    Set<Place> places =
        Set.of(
            new Place(one.id(), 0),
            new Place(one.id(), 3),
            new Place(one.id(), 6),
            new Place(two.id(), 1),
            new Place(empty.id(), 0),
            new Place(Fixtures.aJobId(), 0));
    for (int limit : new int[] {1, 2, 100}) {
      Map<Place, List<LogEntry>> read = read(places, limit);
      assertThat(read).containsOnlyKeys(places);
      for (Place place : places) {
        List<LogEntry> alone =
            in(stores -> stores.events().readAfter(place.id(), place.after(), limit));
        assertThat(read.get(place)).isEqualTo(alone);
      }
    }
    assertThat(read(Set.of(new Place(one.id(), 3)), 100))
        .isEqualTo(Map.of(new Place(one.id(), 3), List.of(run, milestone(5), milestone(6))));
    assertThat(read(Set.of(), 100)).isEmpty();
  }

  @Test
  void several_logs_are_read_with_all_their_kinds_of_events() {
    User user = givenUser();
    StoredArtifact artifact = Fixtures.aStoredArtifact(Format.BLOG);
    List<LogEntry> entries = oneOfEach(artifact);
    Set<Place> places = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Job job = givenRunning(user, worker);
      run(
          stores -> {
            stores.artifacts().add(job.id(), artifact);
            stores.artifacts().add(job.id(), Fixtures.aStoredArtifact(Format.BLOG, 2));
            stores.events().append(List.of(new Batch(job.id(), 1, entries)));
          });
      places.add(new Place(job.id(), 0));
    }
    assertThat(read(places, 100))
        .containsOnlyKeys(places)
        .allSatisfy((place, read) -> assertThat(read).isEqualTo(entries));
  }
}
