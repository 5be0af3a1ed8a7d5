package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is done with a chore at moments that only a slow database makes long enough. */
class PostgresChoresTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final PostgresConfig database = TestServer.database();

  /** The rows, with something that happens before the first, second, ... use of a connection. */
  private ChoreRows rows(IntConsumer beforeUse) {
    DataSource connections = Connections.dataSource(database, Duration.ofSeconds(60));
    AtomicInteger uses = new AtomicInteger();
    return new ChoreRows(
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  beforeUse.accept(uses.incrementAndGet());
                  try {
                    return method.invoke(connections, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
  }

  @Test
  void a_call_that_was_taken_too_late_to_begin_is_left_to_other_instances() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch ending = new CountDownLatch(1);
    PostgresChores chores = new PostgresChores();
    chores.plan("chore", HOUR, calls::incrementAndGet);
    chores.start(
        rows(
            use -> {
              if (use == 2) { // the first puts it in, the second takes it
                chores.refuse();
              } else if (use == 3) {
                ending.countDown();
              }
            }));
    assertThat(ending.await(60, TimeUnit.SECONDS)).as("it was given back").isTrue();
    chores.drain(Duration.ofMinutes(1));
    assertThat(calls).hasValue(0);
    assertThat(
            TestServer.ask(
                database,
                "select run = 1 and held_until is null and due_at <= clock_timestamp()"
                    + " from chores"))
        .isEqualTo("t");
  }

  @Test
  void a_chore_is_interrupted_before_its_lease_ends_though_the_database_answers_nothing()
      throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicBoolean hangs = new AtomicBoolean(true);
    PostgresChores chores = new PostgresChores(Duration.ofSeconds(2));
    chores.plan(
        "chore",
        HOUR,
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    chores.start(
        rows(
            use -> {
              if (use == 3 && hangs.get()) { // a sign of life that is begun and never ends
                await(answer);
              }
            }));
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).as("it was interrupted").isTrue();
    hangs.set(false);
    answer.countDown();
    chores.refuse();
    chores.drain(Duration.ofMinutes(1));
    assertThat(TestServer.ask(database, "select held_until is null from chores")).isEqualTo("t");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
