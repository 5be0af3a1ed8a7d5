package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to a job, as its log tells it. A reader who starts with nothing and
 * follows the events in order knows what the job has written; the last event of a log is an {@link
 * Ended}.
 */
public sealed interface JobEvent {
  /** An instance has taken the job up for the first time. */
  record JobStarted(Engine engine, List<Task> tasks) implements JobEvent {
    public JobStarted {
      Objects.requireNonNull(engine, "engine");
      tasks = List.copyOf(tasks);
    }
  }

  /** An agent has begun. */
  record TaskStarted(Task task) implements JobEvent {
    public TaskStarted {
      Objects.requireNonNull(task, "task");
    }
  }

  /**
   * An agent has written on.
   *
   * @param offset where the text begins in all that the agent has written since it last
   *     (re)started, in Unicode code points; so a reader can neither double nor lose text
   */
  record TextDelta(Task task, int offset, String text) implements JobEvent {
    public TextDelta {
      Objects.requireNonNull(task, "task");
      if (offset < 0 || text.isEmpty()) {
        throw new IllegalArgumentException("a text delta has text, at an offset from 0");
      }
    }
  }

  /** An agent is done. */
  record TaskCompleted(Task task, TokenUsage tokens, Duration took) implements JobEvent {
    public TaskCompleted {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(tokens, "tokens");
      Objects.requireNonNull(took, "took");
    }
  }

  /** What the agent had written does not count any more: it begins again, from offset 0. */
  record TaskRestarted(Task task, Reason reason) implements JobEvent {
    /** Why an agent begins again. */
    public enum Reason {
      /** Its answer did not pass the checks. */
      INVALID_OUTPUT,
      /** The instance that worked on it is gone. */
      WORKER_LOST;

      /** The name in lower case, as it goes over the wire. */
      public String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public TaskRestarted {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** A format is there; of a revision, the next version of the piece of the job that it revises. */
  record ArtifactReady(Format format, StoredArtifact artifact) implements JobEvent {
    public ArtifactReady {
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(artifact, "artifact");
    }
  }

  /** A format will not be there. */
  record ArtifactFailed(Format format, Failure failure) implements JobEvent {
    public ArtifactFailed {
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * What all agents have written so far: replaces all text a reader has. Sent where single pieces
   * are not to be had any more.
   */
  record Snapshot(List<TaskText> texts) implements JobEvent {
    /** The text of one agent since it last (re)started. */
    public record TaskText(Task task, TaskState state, String text) {
      public TaskText {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(text, "text");
      }
    }

    public Snapshot {
      texts = List.copyOf(texts);
    }
  }

  /**
   * How far the job is.
   *
   * @param done tasks that have ended
   * @param total tasks in all
   * @param queued the task that waits for a place at the model, with how many requests are ahead of
   *     it; empty when none waits
   */
  record Progress(int done, int total, Optional<Queued> queued) implements JobEvent {
    /** A task that waits for the model. */
    public record Queued(Task task, int ahead) {}

    public Progress {
      Objects.requireNonNull(queued, "queued");
      if (done < 0 || total < done) {
        throw new IllegalArgumentException("progress goes from 0 to all");
      }
    }
  }

  /** The job is over; nothing follows. */
  sealed interface Ended extends JobEvent {
    /** The job's final state. */
    JobStatus status();

    /** What became of each format. */
    Map<Format, FormatResult> results();
  }

  /** The job is over, and at least one format is there. */
  record Completed(JobStatus status, Map<Format, FormatResult> results) implements Ended {
    public Completed {
      if (status != JobStatus.COMPLETED && status != JobStatus.PARTIAL) {
        throw new IllegalArgumentException("a job completes fully or in part");
      }
      results = Collections.unmodifiableMap(new EnumMap<>(results));
    }
  }

  /** The job is over, and no format is there. */
  record Failed(Failure failure, Map<Format, FormatResult> results) implements Ended {
    public Failed {
      Objects.requireNonNull(failure, "failure");
      results = Collections.unmodifiableMap(new EnumMap<>(results));
    }

    @Override
    public JobStatus status() {
      return JobStatus.FAILED;
    }
  }

  /** The job is over because its owner stopped it. */
  record Cancelled(Map<Format, FormatResult> results) implements Ended {
    public Cancelled {
      results = Collections.unmodifiableMap(new EnumMap<>(results));
    }

    @Override
    public JobStatus status() {
      return JobStatus.CANCELLED;
    }
  }
}
