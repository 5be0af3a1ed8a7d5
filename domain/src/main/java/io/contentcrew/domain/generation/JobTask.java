package io.contentcrew.domain.generation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A task of a job, as it is kept.
 *
 * @param output what the agent wrote; of a cancelled or failed task what there was of it; empty
 *     before that
 * @param promptVersion of the template that was used last
 */
public record JobTask(
    Task task,
    TaskState state,
    Optional<String> output,
    Optional<String> promptVersion,
    TokenUsage tokens,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {
  public JobTask {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(promptVersion, "promptVersion");
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
  }

  /** A task that nobody has begun. */
  public static JobTask waiting(Task task) {
    return new JobTask(
        task,
        TaskState.WAITING,
        Optional.empty(),
        Optional.empty(),
        TokenUsage.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
