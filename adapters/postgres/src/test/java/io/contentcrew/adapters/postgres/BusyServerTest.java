package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Stores;
import io.contentcrew.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that is slow, or full, or lets nobody else in, and is not to be taken for lost. */
class BusyServerTest {
  private static final PostgresConfig.Pool POOL =
      new PostgresConfig.Pool(
          4, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30));

  private static final String LINE =
      "select coalesce(max(pid), 0) from pg_stat_activity where datname = current_database()"
          + " and query = 'select 1' and pid <> pg_backend_pid()";

  private final PostgresConfig direct = TestServer.database();
  private final FaultProxy proxy = FaultProxy.to(direct.server().host(), direct.server().port());
  private final PostgresAdapter adapter = PostgresAdapter.open(byProxy());
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  private PostgresConfig byProxy() {
    PostgresConfig.Server server = direct.server();
    return PostgresConfig.of(
            "127.0.0.1", proxy.port(), server.database(), server.user(), server.password())
        .withMigrateOnStart(false)
        .withPool(POOL);
  }

  @AfterEach
  void close() {
    proxy.pass();
    adapter.close();
    proxy.close();
  }

  private static void ask(Stores stores, String sql) {
    ((PostgresStores) stores).tx().list(sql, values -> {}, row -> row.getString(1));
  }

  private boolean works() {
    try {
      adapter
          .transactions()
          .inTransaction(
              stores -> {
                ask(stores, "select 2");
                return true;
              });
      return true;
    } catch (PortUnavailableException e) {
      return false;
    }
  }

  private static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** A statement that takes long makes the watch ask, so that its connection shows. */
  private String line() {
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              ask(stores, "select pg_sleep(1.5)");
              return true;
            });
    until("the watch has a line", () -> !TestServer.ask(direct, LINE).equals("0"));
    return TestServer.ask(direct, LINE);
  }

  /** Transactions that do the same statement again and again, each on a connection in use. */
  private void begin(int transactions, int statements, String sql) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(transactions);
    for (int i = 0; i < transactions; i++) {
      threads.add(Thread.ofVirtual().start(() -> work(begun, statements, sql)));
    }
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
  }

  private void work(CountDownLatch begun, int statements, String sql) {
    try {
      adapter
          .transactions()
          .inTransaction(
              stores -> {
                ask(stores, "select 2");
                begun.countDown();
                for (int i = 0; i < statements; i++) {
                  ask(stores, sql);
                }
                return true;
              });
      done.incrementAndGet();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
    }
  }

  @Test
  void nobody_is_cut_where_every_answer_takes_much_longer_than_usual() throws Exception {
    line();
    begin(3, 5, "select pg_sleep(0.2)");
    proxy.delay(Duration.ofMillis(800));
    for (int i = 0; i < 4; i++) {
      long begun = System.nanoTime();
      boolean answered = works(); // or refused
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as("answered: " + answered)
          .isLessThan(Duration.ofSeconds(15));
    }
    join();
    assertThat(failures).isEmpty();
    assertThat(done).hasValue(3);
    proxy.pass();
    until("all is well again", this::works);
  }

  @Test
  void nobody_is_cut_where_all_connections_are_busy_for_long() throws Exception {
    String line = line();
    begin(4, 1, "select pg_sleep(7)");
    assertThat(works()).as("there is no connection").isFalse();
    join();
    assertThat(failures).isEmpty();
    assertThat(done).hasValue(4);
    assertThat(works()).isTrue();
    assertThat(TestServer.ask(direct, LINE)).as("the line was never given up").isEqualTo(line);
  }

  @Test
  void nobody_is_cut_and_most_are_served_where_the_watch_alone_is_not_let_in() throws Exception {
    begin(2, 1, "select pg_sleep(1)");
    join();
    String line = line();
    proxy.refuse();
    TestServer.ask(direct, "select pg_terminate_backend(" + line + ")");
    begin(1, 1, "select pg_sleep(9)");
    int refused = 0;
    for (int i = 0; i < 7; i++) { // by the other connection of the pool
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      refused += works() ? 0 : 1;
    }
    join();
    assertThat(failures).isEmpty();
    assertThat(refused).isLessThanOrEqualTo(3);
  }
}
