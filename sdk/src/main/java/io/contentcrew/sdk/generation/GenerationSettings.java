package io.contentcrew.sdk.generation;

import java.time.Duration;

/**
 * The timers and sizes of the work on jobs.
 *
 * @param jobTimeout a job that runs longer ends with {@code DEADLINE_EXCEEDED}
 * @param heartbeat between two signs of life of this process
 * @param deadAfter without a sign of life for so long, a process is taken for dead and its jobs are
 *     taken over; at least three heartbeats
 * @param attempts how often a job is taken up before it ends with {@code WORKER_LOST}
 * @param concurrency jobs that run in this process at the same time; the others wait in the queue
 * @param minFlushPause between two writes of what jobs have written, when few jobs run
 * @param maxFlushPause the same, when many do
 * @param watchPoll how often a reader looks in the store for a job that does not run here, even if
 *     no signal says that there is something new; four times as often when no signals arrive
 * @param foldAfter when the single pieces of text of a finished job are folded away
 * @param idempotencyKeyLifetime how long a key stands for its submit
 */
public record GenerationSettings(
    Duration jobTimeout,
    Duration heartbeat,
    Duration deadAfter,
    int attempts,
    int concurrency,
    Duration minFlushPause,
    Duration maxFlushPause,
    Duration watchPoll,
    Duration foldAfter,
    Duration idempotencyKeyLifetime) {
  public GenerationSettings {
    positive(jobTimeout, "jobTimeout");
    positive(heartbeat, "heartbeat");
    positive(minFlushPause, "minFlushPause");
    positive(watchPoll, "watchPoll");
    positive(idempotencyKeyLifetime, "idempotencyKeyLifetime");
    if (deadAfter.compareTo(heartbeat.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException("deadAfter must be at least three heartbeats");
    }
    if (maxFlushPause.compareTo(minFlushPause) < 0) {
      throw new IllegalArgumentException("maxFlushPause must not be shorter than minFlushPause");
    }
    if (attempts < 1 || concurrency < 1) {
      throw new IllegalArgumentException("attempts and concurrency must be at least 1");
    }
    if (foldAfter.isNegative()) {
      throw new IllegalArgumentException("foldAfter must not be negative");
    }
  }

  private static void positive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than nothing");
    }
  }

  /** What suits a service on one machine. */
  public static GenerationSettings standard() {
    return new GenerationSettings(
        Duration.ofMinutes(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        3,
        256,
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofHours(24));
  }

  /** A copy with another time for a job. */
  public GenerationSettings withJobTimeout(Duration changed) {
    return new GenerationSettings(
        changed,
        heartbeat,
        deadAfter,
        attempts,
        concurrency,
        minFlushPause,
        maxFlushPause,
        watchPoll,
        foldAfter,
        idempotencyKeyLifetime);
  }

  /** A copy with other signs of life. */
  public GenerationSettings withHeartbeat(Duration changed, Duration changedDeadAfter) {
    return new GenerationSettings(
        jobTimeout,
        changed,
        changedDeadAfter,
        attempts,
        concurrency,
        minFlushPause,
        maxFlushPause,
        watchPoll,
        foldAfter,
        idempotencyKeyLifetime);
  }

  /** A copy that runs so many jobs at the same time. */
  public GenerationSettings withConcurrency(int changed) {
    return new GenerationSettings(
        jobTimeout,
        heartbeat,
        deadAfter,
        attempts,
        changed,
        minFlushPause,
        maxFlushPause,
        watchPoll,
        foldAfter,
        idempotencyKeyLifetime);
  }

  /** A copy that folds finished logs away after another time. */
  public GenerationSettings withFoldAfter(Duration changed) {
    return new GenerationSettings(
        jobTimeout,
        heartbeat,
        deadAfter,
        attempts,
        concurrency,
        minFlushPause,
        maxFlushPause,
        watchPoll,
        changed,
        idempotencyKeyLifetime);
  }

  /** A copy whose readers look for news of jobs that run elsewhere at least so often. */
  public GenerationSettings withWatchPoll(Duration changed) {
    return new GenerationSettings(
        jobTimeout,
        heartbeat,
        deadAfter,
        attempts,
        concurrency,
        minFlushPause,
        maxFlushPause,
        changed,
        foldAfter,
        idempotencyKeyLifetime);
  }
}
