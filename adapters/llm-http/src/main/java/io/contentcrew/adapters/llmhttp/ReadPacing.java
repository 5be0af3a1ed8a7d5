package io.contentcrew.adapters.llmhttp;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the reads of a stream apart, the further the more streams there are. */
final class ReadPacing implements AutoCloseable {
  /** Below this a pause costs more than it saves. */
  private static final long WORTH_WHILE = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicInteger streams = new AtomicInteger();
  private final Ticker ticker;
  private final long step;
  private final long max;

  ReadPacing(LlmHttpConfig.Pacing config) {
    this.step = config.step().toNanos();
    this.max = config.maxPause().toNanos();
    this.ticker = new Ticker(max);
  }

  void begin() {
    streams.incrementAndGet();
  }

  void end() {
    streams.decrementAndGet();
  }

  /** The least time between two reads of one stream now, in nanoseconds. */
  long pause() {
    long pause = Math.min(max, streams.get() * step);
    return pause < WORTH_WHILE ? 0 : pause;
  }

  /**
   * Sleeps when a stream was read a short while ago.
   *
   * @param lastRead when it was, by {@link System#nanoTime()}
   * @return the time when it is done
   */
  long pause(long lastRead, long now) throws InterruptedException {
    long until = lastRead + pause();
    if (until - now <= 0) {
      return now;
    }
    ticker.sleepUntil(until);
    return System.nanoTime();
  }

  @Override
  public void close() {
    ticker.close();
  }
}
