package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.Task;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An entry of a job's log. Entries cover the numbers from 1 without a gap: most one number each,
 * some a run of them.
 */
public sealed interface LogEntry {
  /** The first number it covers. */
  long first();

  /** The last number it covers. */
  long last();

  /** When it was written; of a run, its beginning. */
  Instant at();

  /**
   * An event other than text.
   *
   * @param first equal to {@code last}, unless numbers were set aside (see {@link
   *     JobEvent.Snapshot})
   */
  record Milestone(long first, long last, Instant at, JobEvent event) implements LogEntry {
    public Milestone {
      Objects.requireNonNull(at, "at");
      if (first < 1 || last < first || event instanceof TextDelta) {
        throw new IllegalArgumentException("a milestone covers numbers from 1 and is no text");
      }
    }

    /** A milestone with the one number {@code seq}. */
    public static Milestone of(long seq, Instant at, JobEvent event) {
      return new Milestone(seq, seq, at, event);
    }
  }

  /**
   * Pieces of one task's text that follow each other, each with a number of its own.
   *
   * @param offset where the run begins in the task's text, in code points
   * @param ends where each piece ends in {@code text}, in code points from its beginning; the last
   *     one is the length of the text
   */
  record TextRun(long first, Instant at, Task task, int offset, String text, List<Integer> ends)
      implements LogEntry {
    public TextRun {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(task, "task");
      ends = List.copyOf(ends);
      if (first < 1 || ends.isEmpty() || ends.getLast() != text.codePointCount(0, text.length())) {
        throw new IllegalArgumentException(
            "a run covers numbers from 1 and its last piece ends with its text");
      }
    }

    @Override
    public long last() {
      return first + ends.size() - 1;
    }
  }
}
