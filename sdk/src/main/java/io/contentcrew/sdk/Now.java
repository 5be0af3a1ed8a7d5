package io.contentcrew.sdk;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The present. */
public final class Now {
  private Now() {}

  /** Now, as exactly as every store can keep it: in microseconds. */
  public static Instant by(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
