package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.ports.generation.Jobs.Claim;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances on one database. */
class TwoInstancesTest {
  private static final Duration DEAD_AFTER = Duration.ofSeconds(15);

  private PostgresConfig database;
  private PostgresAdapter one;
  private PostgresAdapter two;

  @BeforeEach
  void open() {
    database = TestServer.database();
    one = PostgresAdapter.open(database);
    two = PostgresAdapter.open(database);
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private PostgresAdapter instance(int number) {
    return number % 2 == 0 ? one : two;
  }

  private User givenUser() {
    User user = Fixtures.aUser();
    one.transactions().inTransaction(stores -> stores.users().add(user, Optional.empty()));
    return user;
  }

  private JobId queued() {
    JobId id = Fixtures.aJobId();
    one.transactions()
        .inTransaction(
            stores -> {
              stores.queue().add(id, Duration.ZERO, Duration.ZERO);
              return true;
            });
    return id;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(60, TimeUnit.SECONDS)).as("in time").isTrue();
  }

  @Test
  void one_of_them_takes_a_job_up() {
    User user = givenUser();
    Job job = Fixtures.aJob(user.id());
    one.transactions()
        .inTransaction(
            stores -> {
              stores.jobs().add(job);
              return true;
            });
    List<Claim> claims =
        Race.of(
            16,
            number ->
                instance(number)
                    .transactions()
                    .inTransaction(
                        stores -> stores.jobs().claim(job.id(), Fixtures.aWorker(), DEAD_AFTER)));
    assertThat(claims).filteredOn(Claim.Taken.class::isInstance).hasSize(1);
  }

  @Test
  void together_they_never_pass_a_limit() {
    User user = givenUser();
    Map<Format, Allowance> ten = Map.of(Format.BLOG, Allowance.of(10));
    List<Boolean> reserved =
        Race.of(
            200,
            number ->
                instance(number)
                    .transactions()
                    .inTransaction(
                        stores ->
                            stores
                                .usage()
                                .reserve(Fixtures.aJobId(), user.id(), Fixtures.aPeriod(), ten)
                                .isEmpty()));
    assertThat(reserved).filteredOn(Boolean::booleanValue).hasSize(10);
    Map<Format, FormatUsage> usage =
        two.transactions()
            .inTransaction(stores -> stores.usage().usage(user.id(), Fixtures.aPeriod()));
    assertThat(usage).containsEntry(Format.BLOG, new FormatUsage(0, 10));
  }

  @Test
  void together_they_handle_every_queued_job_once() throws Exception {
    int many = 200;
    Map<JobId, AtomicInteger> calls = new ConcurrentHashMap<>();
    Set<Integer> atWork = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(many);
    Set<JobId> ids = new HashSet<>();
    for (int i = 0; i < many; i++) {
      ids.add(queued());
    }
    CountDownLatch bothAtWork = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      int number = i;
      instance(i)
          .dispatcher()
          .start(
              8,
              id -> {
                if (atWork.add(number)) {
                  bothAtWork.countDown();
                }
                await(bothAtWork);
                calls.computeIfAbsent(id, unseen -> new AtomicInteger()).incrementAndGet();
                all.countDown();
                return new Next.Done();
              });
    }
    await(all);
    one.dispatcher().stop(Duration.ofMinutes(1));
    two.dispatcher().stop(Duration.ofMinutes(1));
    assertThat(calls.keySet()).isEqualTo(ids);
    assertThat(calls.values()).allMatch(times -> times.get() == 1);
    assertThat(TestServer.ask(database, "select count(*) from scheduled_tasks")).isEqualTo("0");
  }

  @Test
  void what_one_gives_up_when_it_stops_the_other_handles() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    JobId id = queued();
    one.dispatcher()
        .start(
            1,
            job -> {
              begun.countDown();
              never.await();
              return new Next.Done();
            });
    await(begun);
    one.dispatcher().stop(Duration.ZERO);
    AtomicReference<JobId> handled = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    two.dispatcher()
        .start(
            1,
            job -> {
              handled.set(job);
              done.countDown();
              return new Next.Done();
            });
    await(done);
    assertThat(handled).hasValue(id);
  }

  @Test
  void what_a_dead_one_left_the_other_handles_within_fifteen_seconds() throws Exception {
    JobId id = queued();
    TestServer.execute(
        database,
        "update scheduled_tasks set picked = true, picked_by = 'dead', version = version + 1,"
            + " last_heartbeat = clock_timestamp()");
    CountDownLatch done = new CountDownLatch(1);
    long start = System.nanoTime();
    two.dispatcher()
        .start(
            1,
            job -> {
              if (job.equals(id)) {
                done.countDown();
              }
              return new Next.Done();
            });
    await(done);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void a_handler_whose_entry_was_revived_leaves_the_new_one_alone() throws Exception {
    JobId id = queued();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch revived = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch twice = new CountDownLatch(2);
    one.dispatcher()
        .start(
            2,
            job -> {
              int call = calls.incrementAndGet();
              twice.countDown();
              if (call == 1) {
                begun.countDown();
                await(revived);
                return new Next.Done();
              }
              return new Next.Again(Duration.ofHours(1));
            });
    await(begun);
    TestServer.execute(
        database, "update scheduled_tasks set picked = false, last_heartbeat = null");
    one.dispatcher().wake();
    await(twice);
    revived.countDown();
    one.dispatcher().stop(Duration.ofMinutes(1));
    assertThat(
            TestServer.ask(
                database,
                "select count(*) from scheduled_tasks where not picked and task_instance = '"
                    + id
                    + "'"))
        .isEqualTo("1");
  }

  /** Counts how often it is done, and whether ever twice at a time. */
  private static final class Watched implements JobDispatcher.Chore {
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore calls = new Semaphore(0);

    @Override
    public void run() {
      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      calls.release();
      LockSupport.parkNanos(50_000_000);
      atOnce.decrementAndGet();
    }

    private void awaitCall() throws InterruptedException {
      assertThat(calls.tryAcquire(60, TimeUnit.SECONDS)).as("called in time").isTrue();
    }
  }

  @Test
  void one_of_them_does_a_chore_once_a_period_and_never_two_at_a_time() throws Exception {
    Duration period = Duration.ofHours(1);
    Watched chore = new Watched();
    Watched often = new Watched();
    for (int i = 0; i < 2; i++) {
      instance(i).dispatcher().repeat("chore", period, chore);
      instance(i).dispatcher().repeat("often", Duration.ofMillis(1), often);
      instance(i).dispatcher().start(1, id -> new Next.Done());
    }
    for (int periods = 1; periods <= 3; periods++) {
      chore.awaitCall();
      often.calls.drainPermits();
      for (int i = 0; i < 4; i++) {
        often.awaitCall();
      }
      assertThat(chore.calls.availablePermits()).as("more than once in a period").isZero();
      TestServer.pass(database, period.plusSeconds(1));
    }
    chore.awaitCall();
    assertThat(chore.most).hasValue(1);
    assertThat(often.most).hasValue(1);
  }

  @Test
  void a_chore_that_a_dead_one_was_at_the_other_does_again() throws Exception {
    TestServer.execute(
        database,
        "insert into chores (name, due_at, held_until, run) values ('chore',"
            + " clock_timestamp() - interval '1 min', clock_timestamp() + interval '2 s', 7)");
    CountDownLatch done = new CountDownLatch(1);
    two.dispatcher().repeat("chore", Duration.ofHours(1), done::countDown);
    two.dispatcher().start(1, id -> new Next.Done());
    await(done);
    assertThat(TestServer.ask(database, "select run from chores")).isEqualTo("8");
  }

  @Test
  void who_is_taken_for_dead_is_interrupted_and_does_no_harm_when_he_ends() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    one.dispatcher()
        .repeat(
            "chore",
            Duration.ofHours(1),
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    one.dispatcher().start(1, id -> new Next.Done());
    await(begun);
    String other = "clock_timestamp() + interval '1 hour'";
    TestServer.execute(database, "update chores set run = run + 1, held_until = " + other);
    await(interrupted);
    one.dispatcher().stop(Duration.ofMinutes(1));
    assertThat(TestServer.ask(database, "select held_until is not null from chores"))
        .isEqualTo("t");
  }
}
