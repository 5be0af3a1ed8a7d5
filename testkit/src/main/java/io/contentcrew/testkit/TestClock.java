package io.contentcrew.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Safe for use by many threads. */
public final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock that shows {@code start}. */
  public TestClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Lets {@code time} pass. */
  public void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Shows {@code instant} from now on. */
  public void set(Instant instant) {
    now.set(instant);
  }
}
