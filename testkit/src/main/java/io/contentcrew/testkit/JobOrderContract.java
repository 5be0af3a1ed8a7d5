package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.ports.generation.JobQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link JobQueue} keeps to when more jobs are due than can be handled. */
public abstract class JobOrderContract extends StorageHarness {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration PER_JOB = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Calls calls = new Calls();

  /** For subclasses. */
  protected JobOrderContract() {}

  private JobId add(Duration handicap) {
    return add(handicap, NONE);
  }

  private JobId add(Duration handicap, Duration delay) {
    JobId id = Fixtures.aJobId();
    run(stores -> stores.queue().add(id, handicap, delay));
    return id;
  }

  /** Begins to handle jobs, one at a time. */
  private void start() {
    storage().dispatcher().start(1, calls);
  }

  private List<JobId> next(int many) {
    List<JobId> next = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      next.add(calls.next());
    }
    return next;
  }

  @Test
  void of_due_jobs_the_one_that_was_added_first_goes_first() {
    List<JobId> inTheirOrder = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      inTheirOrder.add(add(NONE));
      pass(Duration.ofSeconds(2));
    }
    start();
    assertThat(next(5)).isEqualTo(inTheirOrder);
  }

  @Test
  void a_job_with_a_handicap_goes_as_if_it_had_been_added_later() {
    JobId handicapped = add(MINUTE);
    pass(PER_JOB);
    JobId before = add(NONE);
    pass(PER_JOB.plusSeconds(2));
    JobId behind = add(NONE);
    start();
    assertThat(next(3)).containsExactly(before, handicapped, behind);
  }

  @Test
  void a_job_with_a_head_start_goes_as_if_it_had_been_added_earlier() {
    JobId before = add(NONE);
    pass(MINUTE);
    JobId behind = add(NONE);
    pass(PER_JOB);
    JobId ahead = add(MINUTE.negated());
    start();
    assertThat(next(3)).containsExactly(before, ahead, behind);
  }

  @Test
  void everybodys_first_job_goes_before_anybodys_second() {
    List<JobId> firsts = new ArrayList<>();
    List<JobId> seconds = new ArrayList<>();
    List<JobId> thirds = new ArrayList<>();
    for (int user = 0; user < 3; user++) {
      firsts.add(add(NONE));
      seconds.add(add(PER_JOB));
      thirds.add(add(PER_JOB.multipliedBy(2)));
    }
    start();
    assertThat(next(3)).containsExactlyInAnyOrderElementsOf(firsts);
    assertThat(next(3)).containsExactlyInAnyOrderElementsOf(seconds);
    assertThat(next(3)).containsExactlyInAnyOrderElementsOf(thirds);
  }

  @Test
  void whatever_its_handicap_the_time_comes_when_new_jobs_go_behind_a_job() {
    JobId waitsLong = add(HOUR);
    pass(HOUR.minus(MINUTE));
    JobId before = add(NONE);
    pass(MINUTE.multipliedBy(2));
    JobId behind = add(NONE);
    start();
    assertThat(next(3)).containsExactly(before, waitsLong, behind);
  }

  @Test
  void a_delay_takes_no_place_from_a_job_once_it_is_due() {
    JobId delayed = add(NONE, MINUTE);
    pass(PER_JOB);
    JobId later = add(NONE);
    pass(MINUTE);
    start();
    assertThat(next(2)).containsExactly(delayed, later);
  }

  @Test
  void what_is_not_due_holds_nothing_up() {
    add(HOUR.negated(), HOUR);
    JobId due = add(HOUR);
    start();
    assertThat(calls.next()).isEqualTo(due);
  }

  @Test
  void a_job_that_is_put_off_keeps_its_place() {
    JobId putOff = add(NONE);
    pass(MINUTE);
    JobId later = add(NONE);
    run(stores -> stores.queue().postpone(List.of(putOff), HOUR));
    pass(HOUR.plusSeconds(1));
    start();
    assertThat(next(2)).containsExactly(putOff, later);
  }

  @Test
  void a_job_that_is_due_again_keeps_its_place() {
    JobId first = add(HOUR.negated());
    JobId second = add(HOUR);
    for (JobId id : List.of(first, second)) {
      calls.on(id, job -> new Next.Again(HOUR));
    }
    start();
    assertThat(next(2)).containsExactly(first, second);
    JobId sentinel = add(NONE);
    storage().dispatcher().wake();
    assertThat(calls.next()).as("handled when the one before was put back").isEqualTo(sentinel);
    pass(HOUR.plusSeconds(1));
    storage().dispatcher().wake();
    assertThat(next(2)).containsExactly(first, second);
  }
}
