package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TransactionsTest {
  private static PostgresConfig database;
  private static PostgresAdapter adapter;

  @BeforeAll
  static void open() {
    database = TestServer.database();
    adapter = PostgresAdapter.open(database);
  }

  @AfterAll
  static void close() {
    adapter.close();
  }

  private static <T> T in(Transactions.Work<T> work) {
    return adapter.transactions().inTransaction(work);
  }

  private static User givenUser() {
    User user = Fixtures.aUser();
    in(stores -> stores.users().add(user, Optional.empty()));
    return user;
  }

  private static String setting(Stores stores, String name) {
    return ((PostgresStores) stores)
        .tx()
        .one("show " + name, values -> {}, row -> row.getString(1));
  }

  @Test
  void only_a_relaxed_transaction_does_not_wait_for_the_disk() {
    // The tests' server as a whole does not wait.
    TestServer.execute(
        database,
        "alter database %s set synchronous_commit = on".formatted(database.server().database()));
    try (PostgresAdapter durable = PostgresAdapter.open(database)) {
      Transactions transactions = durable.transactions();
      for (int i = 0; i < 2; i++) {
        String relaxed =
            transactions.inRelaxedTransaction(stores -> setting(stores, "synchronous_commit"));
        assertThat(relaxed).isEqualTo("off");
        String strict = transactions.inTransaction(stores -> setting(stores, "synchronous_commit"));
        assertThat(strict).isEqualTo("on");
      }
    }
  }

  @Test
  void transactions_that_wait_for_each_other_run_again_until_both_went_well() {
    User one = givenUser();
    User two = givenUser();
    AtomicInteger runs = new AtomicInteger();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    Race.of(
        2,
        number ->
            in(
                stores -> {
                  stores.users().lock(number == 0 ? one.id() : two.id());
                  if (runs.incrementAndGet() <= 2) {
                    await(bothHoldOne);
                  }
                  stores.users().lock(number == 0 ? two.id() : one.id());
                  return true;
                }));
    assertThat(runs).hasValue(3);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_transaction_that_finds_no_connection_in_time_is_refused() throws Exception {
    PostgresConfig.Pool one =
        new PostgresConfig.Pool(
            1, Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(60));
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (PostgresAdapter small = PostgresAdapter.open(database.withPool(one))) {
      Thread holder =
          Thread.ofVirtual()
              .start(
                  () ->
                      small
                          .transactions()
                          .inTransaction(
                              stores -> {
                                stores.users().find(Fixtures.aUserId());
                                held.countDown();
                                awaitQuietly(done);
                                return true;
                              }));
      held.await();
      assertThat(small.poolUse()).isEqualTo(new PostgresAdapter.PoolUse(1, 1, 0));
      assertThatThrownBy(() -> small.transactions().inTransaction(stores -> stores.tiers().load()))
          .isInstanceOfSatisfying(
              PortUnavailableException.class, e -> assertThat(e.retryAfter()).isPresent());
      done.countDown();
      holder.join();
      assertThat(small.poolUse()).isEqualTo(new PostgresAdapter.PoolUse(1, 0, 0));
      small.transactions().inTransaction(stores -> stores.tiers().load());
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_interrupted_virtual_thread_can_still_write_and_stays_interrupted() throws Exception {
    User user = Fixtures.aUser();
    AtomicInteger interrupted = new AtomicInteger();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  in(stores -> stores.users().add(user, Optional.empty()));
                  interrupted.set(Thread.currentThread().isInterrupted() ? 1 : -1);
                });
    thread.join();
    assertThat(interrupted).hasValue(1);
    Optional<User> found = in(stores -> stores.users().find(user.id()));
    assertThat(found).contains(user);
  }

  @Test
  void text_with_the_one_character_that_postgresql_cannot_keep_loses_nothing_else() {
    User user = givenUser();
    Job job = Fixtures.aJob(user.id());
    LogEntry run = new LogEntry.TextRun(1, Fixtures.NOW, Task.WRITE, 0, "a\0b", List.of(1, 2, 3));
    in(
        stores -> {
          stores.jobs().add(job);
          stores.jobs().claim(job.id(), Fixtures.aWorker(), Duration.ofSeconds(15));
          stores.events().append(List.of(new JobEvents.Batch(job.id(), 1, List.of(run))));
          return true;
        });
    List<LogEntry> read = in(stores -> stores.events().readAfter(job.id(), 0, 10));
    assertThat(read)
        .containsExactly(
            new LogEntry.TextRun(1, Fixtures.NOW, Task.WRITE, 0, "a\uFFFDb", List.of(1, 2, 3)));
  }

  @Test
  void what_the_database_refuses_shows_no_statement_and_no_value() {
    User user = givenUser();
    Job job = Fixtures.aJob(user.id());
    in(
        stores -> {
          stores.jobs().add(job);
          stores.artifacts().add(job.id(), Fixtures.aStoredArtifact(Format.BLOG));
          return true;
        });
    assertThatThrownBy(
            () ->
                in(
                    stores -> {
                      stores.artifacts().add(job.id(), Fixtures.aStoredArtifact(Format.BLOG));
                      return true;
                    }))
        .isInstanceOf(PortFailureException.class)
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString())
                  .contains("23505")
                  .doesNotContainIgnoringCase("insert into")
                  .doesNotContain(job.id().toString())
                  .doesNotContain("org.jdbi.v3.core.statement.UnableTo");
            });
  }
}
