package io.contentcrew.adapters.llmhttp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How far apart the reads of a stream are, by how many streams there are. */
final class ReadPacing {
  /** Below this a pause costs more than it saves. */
  private static final long WORTH_WHILE = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicInteger streams = new AtomicInteger();
  private final long step;
  private final long max;

  ReadPacing(LlmHttpConfig.Pacing config) {
    this.step = config.step().toNanos();
    this.max = config.maxPause().toNanos();
  }

  void begin() {
    streams.incrementAndGet();
  }

  void end() {
    streams.decrementAndGet();
  }

  /** The least time between two reads of one stream, in nanoseconds. */
  long pause() {
    long pause = Math.min(max, streams.get() * step);
    return pause < WORTH_WHILE ? 0 : pause;
  }
}
