package io.contentcrew.domain.generation;

import java.time.Instant;
import java.util.Objects;

/**
 * An event of a job's log with its place in it.
 *
 * @param seq its number: the log's numbers are 1, 2, 3 and so on. An event that stands for several
 *     (text that was joined for a slow reader, a snapshot) has the number of the last of them.
 */
public record LoggedEvent(long seq, Instant at, JobEvent event) {
  public LoggedEvent {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(event, "event");
    if (seq < 1) {
      throw new IllegalArgumentException("events are numbered from 1");
    }
  }
}
