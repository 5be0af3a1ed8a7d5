package io.contentcrew.adapters.memory;

import com.google.common.base.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/** Shows a clock's time in nanoseconds, for what counts in them. */
final class ClockTicker extends Ticker {
  private final InstantSource clock;

  ClockTicker(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long read() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
