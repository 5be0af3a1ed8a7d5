package io.contentcrew.app.badhouse.sdk;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Supplier;

/** The ways to the system's clock, and two that are none. */
final class ReadsTheClock {
  Instant now() {
    return Instant.now();
  }

  LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  Supplier<Instant> byReference() {
    return Instant::now;
  }

  InstantSource source() {
    return InstantSource.system();
  }

  long millis() {
    return System.currentTimeMillis();
  }

  Date date() {
    return new Date();
  }

  long allowedForDurations() {
    return System.nanoTime();
  }

  LocalDate allowedWithAClock(InstantSource clock) {
    return LocalDate.now(clock.withZone(ZoneOffset.UTC));
  }
}
