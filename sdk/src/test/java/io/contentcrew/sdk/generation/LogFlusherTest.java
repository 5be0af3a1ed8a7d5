package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LogFlusherTest {
  private final JobLog log = new JobLog(new JobId(UUID.randomUUID()), 1, 0, Clock.systemUTC());
  private final CountDownLatch stored = new CountDownLatch(1);
  private LogFlusher flusher;

  /** A store that is away for the first flush, during which the job writes on. */
  private final class AwayAtFirst implements Transactions {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public <T> T inTransaction(Work<T> work) {
      throw new AssertionError("text needs no durable transaction");
    }

    @Override
    @SuppressWarnings("unchecked") // what a flush asks for is the set of jobs it has lost
    public <T> T inRelaxedTransaction(Work<T> work) {
      if (calls.incrementAndGet() == 1) {
        if (log.text(Task.WRITE, "more")) {
          flusher.dirty(log);
        }
        throw new PortUnavailableException("away", null);
      }
      stored.countDown();
      return (T) Set.of();
    }

    @Override
    public <T> T read(Work<T> work) {
      throw new AssertionError("a flush reads nothing");
    }
  }

  @Test
  void a_flush_that_fails_while_text_comes_leaves_the_log_free_for_commits() throws Exception {
    flusher =
        new LogFlusher(
            new AwayAtFirst(),
            new CrewObserver() {},
            new Signals(List.of(), id -> {}, id -> {}),
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            (id, attempt) -> {});
    log.start(Task.WRITE, "v", Instant.now());
    flusher.dirty(log);
    assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
    FutureTask<Boolean> commit =
        new FutureTask<>(
            () -> {
              log.endCommit(log.beginCommit(List.of()), List.of(), true);
              return true;
            });
    Thread.ofVirtual().start(commit);
    assertThat(commit.get(20, TimeUnit.SECONDS)).isTrue();
    flusher.close();
  }

  @Test
  void however_many_jobs_write_the_store_sees_at_most_twenty_flushes_a_second() throws Exception {
    AtomicInteger flushes = new AtomicInteger();
    List<JobLog> logs =
        java.util.stream.IntStream.range(0, 200)
            .mapToObj(i -> new JobLog(new JobId(UUID.randomUUID()), 1, 0, Clock.systemUTC()))
            .toList();
    flusher =
        new LogFlusher(
            new Counted(flushes),
            new CrewObserver() {},
            new Signals(List.of(), id -> {}, id -> {}),
            GenerationSettings.standard().minFlushPause(),
            GenerationSettings.standard().maxFlushPause(),
            (id, attempt) -> {});
    long begun = System.nanoTime();
    for (JobLog each : logs) {
      each.start(Task.WRITE, "v", Instant.now());
      flusher.dirty(each);
    }
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(1)) {
      for (JobLog each : logs) {
        if (each.text(Task.WRITE, "word ")) {
          flusher.dirty(each);
        }
      }
      Thread.sleep(1);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(flushes.get()).isBetween(2, (int) (20 * seconds) + 1);
    flusher.close();
  }

  /** A store that loses nothing and keeps nothing. */
  private record Counted(AtomicInteger flushes) implements Transactions {
    @Override
    public <T> T inTransaction(Work<T> work) {
      throw new AssertionError("text needs no durable transaction");
    }

    @Override
    @SuppressWarnings("unchecked") // what a flush asks for is the set of jobs it has lost
    public <T> T inRelaxedTransaction(Work<T> work) {
      flushes.incrementAndGet();
      return (T) Set.of();
    }

    @Override
    public <T> T read(Work<T> work) {
      throw new AssertionError("a flush reads nothing");
    }
  }
}
