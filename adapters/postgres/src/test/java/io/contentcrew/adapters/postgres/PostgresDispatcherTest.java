package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresDispatcherTest {
  /** So long that only a wake explains that something is handled within the test. */
  private final PostgresConfig database =
      TestServer.database().withPollingInterval(Duration.ofHours(1));

  private final PostgresAdapter adapter = PostgresAdapter.open(database);
  private final BlockingQueue<JobId> handled = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    adapter.close();
  }

  private JobId queued() {
    JobId id = Fixtures.aJobId();
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.queue().add(id, Duration.ZERO, Duration.ZERO);
              return true;
            });
    return id;
  }

  private JobId next() throws InterruptedException {
    return handled.poll(60, TimeUnit.SECONDS);
  }

  @Test
  void looks_at_once_when_it_is_woken() throws Exception {
    JobId first = queued();
    adapter
        .dispatcher()
        .start(
            2,
            id -> {
              handled.add(id);
              return new Next.Done();
            });
    assertThat(next()).isEqualTo(first);
    for (int i = 0; i < 20; i++) {
      JobId id = queued();
      adapter.dispatcher().wake();
      assertThat(next()).isEqualTo(id);
    }
  }

  @Test
  void goes_on_with_what_waits_as_soon_as_a_handler_returns() throws Exception {
    for (int i = 0; i < 12; i++) {
      queued();
    }
    CountDownLatch go = new CountDownLatch(1);
    adapter
        .dispatcher()
        .start(
            4,
            id -> {
              handled.add(id);
              go.await();
              return new Next.Done();
            });
    for (int i = 0; i < 4; i++) {
      assertThat(next()).isNotNull();
    }
    go.countDown();
    for (int i = 0; i < 8; i++) {
      assertThat(next()).as("handled without a look at the interval").isNotNull();
    }
  }

  @Test
  void an_error_of_the_handler_is_a_failure_like_any_other() throws Exception {
    JobId id = queued();
    adapter
        .dispatcher()
        .start(
            1,
            job -> {
              handled.add(job);
              throw new AssertionError("of the handler");
            });
    assertThat(next()).isEqualTo(id);
    adapter.dispatcher().stop(Duration.ofMinutes(1));
    assertThat(
            TestServer.ask(
                database,
                "select consecutive_failures from scheduled_tasks where not picked and"
                    + " execution_time > clock_timestamp() - interval '1 min'"))
        .isEqualTo("1");
  }

  @Test
  void a_pause_before_the_start_is_for_good_too() throws Exception {
    queued();
    AtomicInteger chores = new AtomicInteger();
    adapter.dispatcher().repeat("a-chore", Duration.ofMillis(10), chores::incrementAndGet);
    adapter.dispatcher().pause();
    adapter
        .dispatcher()
        .start(
            1,
            id -> {
              handled.add(id);
              return new Next.Done();
            });
    adapter.dispatcher().wake();
    assertThat(handled.poll(3, TimeUnit.SECONDS)).isNull();
    assertThat(chores).hasValue(0);
  }

  @Test
  void needs_room_for_one_call() {
    assertThatThrownBy(() -> adapter.dispatcher().start(0, id -> new Next.Done()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
