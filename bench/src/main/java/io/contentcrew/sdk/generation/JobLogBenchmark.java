package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.testkit.Fixtures;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A piece of text on its way through a job's log, beside a list of events that nobody guards. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JobLogBenchmark {
  private static final int PIECES = 2_000;
  private static final int PIECES_A_FLUSH = 200;
  private static final String PIECE = " plan";

  private final InstantSource clock = Clock.systemUTC();

  /** Appended only, and taken by the flusher now and then, as it must be. */
  @Benchmark
  @OperationsPerInvocation(PIECES)
  public JobLog appended(Blackhole sink) {
    JobLog log = begun();
    for (int i = 0; i < PIECES; i++) {
      log.text(Task.WRITE, PIECE);
      flushNowAndThen(log, i, sink);
    }
    return log;
  }

  /** Appended, flushed, and read one by one by somebody who watches. */
  @Benchmark
  @OperationsPerInvocation(PIECES)
  public JobLog watched(Blackhole sink) {
    JobLog log = begun();
    List<LoggedEvent> batch = new ArrayList<>();
    long seen = 0;
    for (int i = 0; i < PIECES; i++) {
      log.text(Task.WRITE, PIECE);
      batch.clear();
      log.read(seen, 256, batch);
      seen = batch.getLast().seq();
      sink.consume(batch);
      flushNowAndThen(log, i, sink);
    }
    return log;
  }

  /** An event each, added to a list, and the text joined. */
  @Benchmark
  @OperationsPerInvocation(PIECES)
  public List<LoggedEvent> baseline(Blackhole sink) {
    List<LoggedEvent> log = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PIECES; i++) {
      JobEvent event = new TextDelta(Task.WRITE, text.length(), PIECE);
      text.append(PIECE);
      log.add(new LoggedEvent(i + 1L, clock.instant(), event));
    }
    sink.consume(text);
    return log;
  }

  private JobLog begun() {
    JobLog log = new JobLog(Fixtures.aJobId(), 1, 0, clock);
    log.start(Task.WRITE, "1", Fixtures.NOW);
    return log;
  }

  private static void flushNowAndThen(JobLog log, int i, Blackhole sink) {
    if (i % PIECES_A_FLUSH == 0) {
      JobLog.Unstored unstored = Objects.requireNonNull(log.tryBeginFlush());
      sink.consume(unstored);
      log.endFlush(unstored, true);
    }
  }
}
