package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.ports.generation.JobQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link JobQueue} keeps to, together with its {@link JobDispatcher}. */
public abstract class JobQueueContract extends StorageHarness {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Calls calls = new Calls();

  /** For subclasses. */
  protected JobQueueContract() {}

  private void start() {
    dispatcher().start(4, calls);
  }

  private JobDispatcher dispatcher() {
    return storage().dispatcher();
  }

  private JobId add(Duration delay) {
    JobId id = Fixtures.aJobId();
    add(id, Duration.ZERO, delay);
    return id;
  }

  private void add(JobId id, Duration handicap, Duration delay) {
    run(stores -> stores.queue().add(id, handicap, delay));
  }

  private void remove(JobId id) {
    run(stores -> stores.queue().remove(id));
  }

  /** Shows that the dispatcher has looked, and found nothing but what is asserted elsewhere. */
  private void untilItHasLooked() {
    JobId sentinel = add(Duration.ZERO);
    dispatcher().wake();
    calls.awaitCallOf(sentinel);
  }

  /** Lets time pass until the job is handled: when exactly it is due again is not known. */
  private void passUntilHandled(JobId id) {
    for (int hours = 0; hours < 100; hours++) {
      pass(HOUR);
      dispatcher().wake();
      if (calls.seenSoon(id)) {
        return;
      }
    }
    throw new AssertionError("the job was not handled again");
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("waited a minute in vain");
    }
  }

  @Test
  void a_paused_dispatcher_finishes_what_is_under_way_and_begins_nothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    add(Duration.ZERO);
    dispatcher()
        .start(
            4,
            id -> {
              calls.handle(id);
              begun.countDown();
              await(goOn);
              finished.set(true);
              return new Next.Done();
            });
    await(begun);
    dispatcher().pause();
    dispatcher().pause();
    JobId left = add(Duration.ZERO);
    dispatcher().wake();
    goOn.countDown();
    dispatcher().stop(Duration.ofMinutes(1));
    assertThat(finished).isTrue();
    assertThat(calls.all()).doesNotContain(left);
  }

  @Test
  void a_job_that_was_queued_before_the_start_is_handled() {
    JobId id = add(Duration.ZERO);
    start();
    assertThat(calls.next()).isEqualTo(id);
  }

  @Test
  void a_job_that_is_queued_later_is_handled_also_when_nobody_wakes_the_dispatcher() {
    start();
    JobId id = add(Duration.ZERO);
    assertThat(calls.next()).isEqualTo(id);
  }

  @Test
  void every_queued_job_is_handled() {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(add(Duration.ZERO));
    }
    start();
    HashSet<JobId> missing = new HashSet<>(ids);
    while (!missing.isEmpty()) {
      missing.remove(calls.next());
    }
    assertThat(calls.all()).hasSameElementsAs(ids);
  }

  @Test
  void a_job_is_not_handled_before_it_is_due() {
    JobId later = add(HOUR);
    start();
    untilItHasLooked();
    pass(Duration.ofMinutes(50));
    untilItHasLooked();
    assertThat(calls.all()).doesNotContain(later);
    pass(Duration.ofMinutes(11));
    dispatcher().wake();
    calls.awaitCallOf(later);
  }

  @Test
  void a_job_with_less_handicap_goes_first() {
    List<JobId> plain = List.of(add(Duration.ZERO), add(Duration.ZERO), add(Duration.ZERO));
    JobId first = Fixtures.aJobId();
    add(first, HOUR.negated(), Duration.ZERO);
    dispatcher().start(1, calls);
    assertThat(calls.next()).isEqualTo(first);
    assertThat(List.of(calls.next(), calls.next(), calls.next())).hasSameElementsAs(plain);
  }

  @Test
  void a_head_start_does_not_make_a_job_due() {
    JobId later = Fixtures.aJobId();
    add(later, HOUR.negated(), HOUR);
    start();
    untilItHasLooked();
    assertThat(calls.all()).doesNotContain(later);
  }

  @Test
  void an_entry_that_is_there_stays_as_it_is() {
    JobId later = add(HOUR);
    add(later, HOUR.negated(), Duration.ZERO);
    start();
    untilItHasLooked();
    assertThat(calls.all()).doesNotContain(later);
    pass(HOUR);
    dispatcher().wake();
    calls.awaitCallOf(later);
    untilItHasLooked();
    assertThat(calls.all()).containsOnlyOnce(later);
  }

  @Test
  void a_job_that_is_put_off_is_handled_when_it_is_due_then() {
    JobId soon = add(Duration.ZERO);
    JobId never = Fixtures.aJobId();
    run(stores -> stores.queue().postpone(List.of(soon, never), HOUR));
    start();
    untilItHasLooked();
    pass(Duration.ofMinutes(50));
    untilItHasLooked();
    assertThat(calls.all()).doesNotContain(soon);
    pass(Duration.ofMinutes(11));
    dispatcher().wake();
    calls.awaitCallOf(soon);
    untilItHasLooked();
    assertThat(calls.all()).containsOnlyOnce(soon).doesNotContain(never);
  }

  @Test
  void putting_off_a_job_that_is_being_handled_changes_nothing() throws Exception {
    JobId id = add(Duration.ZERO);
    CountDownLatch goOn = new CountDownLatch(1);
    calls.on(
        id,
        job -> {
          await(goOn);
          return new Next.Done();
        });
    start();
    calls.awaitCallOf(id);
    run(stores -> stores.queue().postpone(List.of(id), HOUR));
    goOn.countDown();
    untilItHasLooked();
    pass(HOUR.plusMinutes(1));
    dispatcher().wake();
    untilItHasLooked();
    assertThat(calls.all()).containsOnlyOnce(id);
  }

  @Test
  void adding_a_job_from_several_sides_makes_one_entry() {
    JobId id = Fixtures.aJobId();
    Race.of(
        12,
        number -> {
          add(id, Duration.ofMinutes(number), Duration.ZERO);
          return true;
        });
    start();
    calls.awaitCallOf(id);
    untilItHasLooked();
    assertThat(calls.all()).containsOnlyOnce(id);
  }

  @Test
  void what_is_rolled_back_was_never_queued() {
    JobId id = Fixtures.aJobId();
    IllegalStateException rollBack = new IllegalStateException("roll back");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.queue().add(id, HOUR, Duration.ZERO);
                      throw rollBack;
                    }))
        .isSameAs(rollBack);
    start();
    untilItHasLooked();
    assertThat(calls.all()).doesNotContain(id);
  }

  @Test
  void a_job_that_is_removed_is_not_handled() {
    JobId id = add(Duration.ZERO);
    remove(id);
    remove(id);
    remove(Fixtures.aJobId());
    start();
    untilItHasLooked();
    assertThat(calls.all()).doesNotContain(id);
  }

  @Test
  void a_removal_that_is_rolled_back_has_not_happened() {
    JobId id = add(Duration.ZERO);
    IllegalStateException rollBack = new IllegalStateException("roll back");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.queue().remove(id);
                      throw rollBack;
                    }))
        .isSameAs(rollBack);
    start();
    calls.awaitCallOf(id);
  }

  @Test
  void a_job_that_is_done_is_not_handled_again_unless_it_is_queued_again() {
    JobId id = add(Duration.ZERO);
    start();
    calls.awaitCallOf(id);
    untilItHasLooked();
    pass(HOUR);
    untilItHasLooked();
    assertThat(calls.all()).containsOnlyOnce(id);
    add(id, Duration.ZERO, Duration.ZERO);
    calls.awaitCallOf(id);
  }

  @Test
  void a_job_that_is_due_again_is_handled_again_when_it_is() {
    JobId id = add(Duration.ZERO);
    AtomicInteger times = new AtomicInteger();
    calls.on(id, job -> times.incrementAndGet() < 3 ? new Next.Again(HOUR) : new Next.Done());
    start();
    calls.awaitCallOf(id);
    untilItHasLooked();
    assertThat(calls.all()).containsOnlyOnce(id);
    passUntilHandled(id);
    passUntilHandled(id);
    untilItHasLooked();
    assertThat(times).hasValue(3);
  }

  @Test
  void a_job_whose_handler_throws_is_handled_again() {
    JobId id = add(Duration.ZERO);
    AtomicInteger times = new AtomicInteger();
    calls.on(
        id,
        job ->
            switch (times.incrementAndGet()) {
              case 1 -> throw new IllegalStateException("of the handler");
              case 2 -> throw new InterruptedException("of the handler");
              default -> new Next.Done();
            });
    start();
    calls.awaitCallOf(id);
    passUntilHandled(id);
    passUntilHandled(id);
    untilItHasLooked();
    assertThat(times).hasValue(3);
  }

  @Test
  void a_job_that_is_removed_while_it_is_handled_is_not_handled_again() throws Exception {
    JobId again = add(Duration.ZERO);
    JobId throwing = add(Duration.ZERO);
    CountDownLatch removed = new CountDownLatch(1);
    calls.on(
        again,
        job -> {
          await(removed);
          return new Next.Again(Duration.ZERO);
        });
    calls.on(
        throwing,
        job -> {
          await(removed);
          throw new IllegalStateException("of the handler");
        });
    start();
    assertThat(List.of(calls.next(), calls.next())).containsExactlyInAnyOrder(again, throwing);
    remove(again);
    remove(throwing);
    removed.countDown();
    for (int i = 0; i < 3; i++) {
      pass(HOUR);
      untilItHasLooked();
    }
    assertThat(calls.all()).containsOnlyOnce(again, throwing);
  }

  @Test
  void as_many_jobs_are_handled_at_the_same_time_as_was_said() throws Exception {
    int jobs = 8;
    CyclicBarrier two = new CyclicBarrier(2);
    CountDownLatch done = new CountDownLatch(jobs);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < jobs; i++) {
      calls.on(
          add(Duration.ZERO),
          job -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
              two.await(60, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new AssertionError("the handler was never called twice at once", e);
            } finally {
              atOnce.decrementAndGet();
              done.countDown();
            }
            return new Next.Done();
          });
    }
    dispatcher().start(2, calls);
    await(done);
    assertThat(most).hasValue(2);
  }

  @Test
  void a_handler_may_use_the_stores() {
    JobId id = add(Duration.ZERO);
    JobId next = Fixtures.aJobId();
    calls.on(
        id,
        job -> {
          add(next, Duration.ZERO, Duration.ZERO);
          return new Next.Done();
        });
    start();
    calls.awaitCallOf(next);
  }

  @Test
  void a_dispatcher_begins_once() {
    start();
    assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class);
    dispatcher().stop(Duration.ZERO);
    assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stopping_waits_for_calls_under_way() throws Exception {
    JobId id = add(Duration.ZERO);
    CountDownLatch stopping = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    calls.on(
        id,
        job -> {
          await(stopping);
          for (int i = 0; i < 200; i++) {
            Race.letOthersIn();
            if (Thread.interrupted()) {
              throw new InterruptedException("before the grace was over");
            }
          }
          finished.set(true);
          return new Next.Done();
        });
    start();
    calls.awaitCallOf(id);
    Thread stopper =
        new Thread(
            () -> {
              stopping.countDown();
              dispatcher().stop(Duration.ofMinutes(1));
            });
    stopper.start();
    stopper.join();
    assertThat(finished).isTrue();
  }

  @Test
  void calls_that_outlast_the_grace_are_interrupted() throws Exception {
    JobId id = add(Duration.ZERO);
    CountDownLatch interrupted = new CountDownLatch(1);
    calls.on(
        id,
        job -> {
          try {
            await(new CountDownLatch(1));
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return new Next.Done();
        });
    start();
    calls.awaitCallOf(id);
    dispatcher().stop(Duration.ofMillis(20));
    await(interrupted);
  }

  @Test
  void a_stopped_dispatcher_calls_nobody() {
    start();
    untilItHasLooked();
    dispatcher().stop(Duration.ofMinutes(1));
    int before = calls.all().size();
    add(Duration.ZERO);
    dispatcher().wake();
    dispatcher().stop(Duration.ofMinutes(1));
    storage().close();
    assertThat(calls.all()).hasSize(before);
  }

  @Test
  void stopping_what_has_not_begun_does_nothing() {
    dispatcher().wake();
    dispatcher().stop(Duration.ZERO);
    dispatcher().stop(Duration.ZERO);
  }
}
