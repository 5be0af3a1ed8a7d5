package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.JobId;
import java.time.Duration;

/** Calls for work when a job in the {@link JobQueue} is due. Safe for use by many threads. */
public interface JobDispatcher {
  /** Does the work. */
  @FunctionalInterface
  interface Handler {
    /**
     * Handles a due job; blocks until it is done with it. It may be called again for the same job,
     * also by another instance at the same time, so it must first claim the job. If it throws, it
     * is called again after a while.
     */
    Next handle(JobId id) throws InterruptedException;
  }

  /** What is to become of an entry that was handled. */
  sealed interface Next {
    /** It is done: the entry is removed. */
    record Done() implements Next {}

    /** It is due again after a while. */
    record Again(Duration in) implements Next {}
  }

  /** Work that is to be done again and again. */
  @FunctionalInterface
  interface Chore {
    /** Does it; blocks until it is done. If it throws, it is called again after its period. */
    void run();
  }

  /**
   * Calls {@code chore} again and again once the dispatcher has begun: by one of all instances that
   * share the storage, never by two at the same time, the first time soon after the start of the
   * first instance ever, and then {@code period} after it last ended. What an instance that died
   * was at, another does again.
   *
   * @param name under which all instances know it
   * @throws IllegalStateException if the dispatcher has begun already, or the name is taken
   */
  void repeat(String name, Duration period, Chore chore);

  /**
   * Begins to call the handler, on threads of its own.
   *
   * @param concurrency how many calls there may be at the same time
   * @throws IllegalStateException if it has begun already
   */
  void start(int concurrency, Handler handler);

  /** Says that something has become due: it is looked for at once, not at the next regular look. */
  void wake();

  /**
   * Begins no further call of the handler or of a chore, for good; those under way go on, and what
   * is due is left to other instances. For a process that will soon be stopped. Idempotent.
   */
  void pause();

  /**
   * Calls the handler no more, and waits up to {@code grace} for calls under way before they are
   * interrupted. Idempotent.
   */
  void stop(Duration grace);
}
