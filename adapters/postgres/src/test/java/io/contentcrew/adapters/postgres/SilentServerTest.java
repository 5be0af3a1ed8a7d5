package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Listening;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server that takes what is sent to it and says nothing. The sockets here would wait for half a
 * minute, so whatever ends sooner was not ended by them.
 */
class SilentServerTest {
  private static final PostgresConfig.Pool POOL =
      new PostgresConfig.Pool(
          4, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30));

  /** Two and a half seconds are promised; the rest is for a busy machine. */
  private static final Duration PROMISED = Duration.ofSeconds(4);

  private static final Duration SOON = Duration.ofSeconds(20);

  private final PostgresConfig direct = TestServer.database();
  private final SwallowProxy proxy = new SwallowProxy(direct.server());
  private final PostgresAdapter adapter = PostgresAdapter.open(proxy.before(direct).withPool(POOL));

  @AfterEach
  void close() {
    proxy.heal();
    adapter.close();
    proxy.close();
  }

  /** The adapter connects for its watch soon after it is used for the first time. */
  @BeforeEach
  void use() {
    ask("select 1");
    String others =
        "select count(*) from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and state = 'idle'";
    until("watches", SOON, () -> Integer.parseInt(TestServer.ask(direct, others)) >= 2);
  }

  private static void ask(Stores stores, String sql) {
    ((PostgresStores) stores).tx().list(sql, values -> {}, row -> row.getString(1));
  }

  private void ask(String sql) {
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              ask(stores, sql);
              return true;
            });
  }

  private static void until(String what, Duration longest, BooleanSupplier holds) {
    long begun = System.nanoTime();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as(what).isLessThan(longest.toNanos());
      LockSupport.parkNanos(10_000_000);
    }
    System.out.printf("%s after %d ms%n", what, (System.nanoTime() - begun) / 1_000_000);
  }

  private boolean works() {
    try {
      ask("select 1");
      return true;
    } catch (PortUnavailableException e) {
      return false;
    }
  }

  private Duration refused() {
    long begun = System.nanoTime();
    assertThatThrownBy(() -> ask("select 1")).isInstanceOf(PortUnavailableException.class);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  void who_begins_then_is_refused_soon_and_at_once_when_it_is_known() {
    proxy.swallow();
    Duration first = refused();
    assertThat(first).isLessThan(PROMISED);
    until("known to be away", SOON, () -> refused().compareTo(Duration.ofMillis(100)) < 0);
    System.out.println("refused first after " + first);
  }

  @Test
  void who_is_under_way_or_waits_is_let_go_soon_wherever_he_is() throws Exception {
    Map<Integer, Long> longest = new ConcurrentHashMap<>();
    AtomicInteger failed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (long begun = System.nanoTime(); works(); begun = System.nanoTime()) {
                      longest.merge(number, System.nanoTime() - begun, Math::max);
                    }
                    failed.incrementAndGet();
                  }));
    }
    until("all of them work", SOON, () -> longest.size() == 16);
    proxy.swallow();
    long begun = System.nanoTime();
    for (Thread thread : threads) {
      assertThat(thread.join(PROMISED)).isTrue();
    }
    System.out.println("all let go after " + Duration.ofNanos(System.nanoTime() - begun));
    assertThat(failed).hasValue(16);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
  }

  @Test
  void what_takes_long_is_left_alone_while_the_server_answers() {
    long begun = System.nanoTime();
    ask("select pg_sleep(5)");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(4));
  }

  @Test
  void when_it_speaks_again_everything_works_again() throws Exception {
    BlockingQueue<JobId> handled = new LinkedBlockingQueue<>();
    adapter
        .dispatcher()
        .start(
            1,
            id -> {
              handled.add(id);
              return new Next.Done();
            });
    proxy.swallow();
    until("away", SOON, () -> !works());
    assertThatThrownBy(adapter::ping).isInstanceOf(PortUnavailableException.class);
    proxy.heal();
    until("works again", Duration.ofSeconds(60), this::works);
    JobId id = Fixtures.aJobId();
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.queue().add(id, Duration.ZERO, Duration.ZERO);
              return true;
            });
    adapter.ping();
    assertThat(handled.poll(150, TimeUnit.SECONDS)).isEqualTo(id);
  }

  @Test
  void who_listens_knows_that_nothing_is_heard_and_hears_again() throws Exception {
    BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    try (Listening listening = adapter.signals().listen(heard::add)) {
      until("hears", SOON, listening::hears);
      proxy.swallow();
      until("hears nothing", Duration.ofSeconds(40), () -> !listening.hears());
      Signal lost = new Signal(Kind.CANCEL, Fixtures.aJobId());
      long begun = System.nanoTime();
      assertThatThrownBy(() -> adapter.signals().send(List.of(lost)))
          .isInstanceOf(PortUnavailableException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
      proxy.heal();
      until("hears again", Duration.ofSeconds(40), listening::hears);
      until("works again", Duration.ofSeconds(60), this::works);
      Signal next = new Signal(Kind.GROWN, Fixtures.aJobId());
      adapter.signals().send(List.of(next));
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(next);
    }
  }
}
