package io.contentcrew.ports.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.SearchText;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The jobs and their tasks.
 *
 * <p>A job that runs belongs to a worker and has an attempt, which grows each time a worker takes
 * it up. Methods that take an attempt are fenced: they change nothing and return false unless the
 * job is running in exactly that attempt, so a worker that was taken for dead can do no harm when
 * it comes back. Whether a worker is dead is judged by the store's own clock.
 */
public interface Jobs {
  /** Adds a job together with its tasks, all waiting. What it revises must be there. */
  void add(Job job);

  /** The job, whoever owns it: for workers. */
  Optional<Job> find(JobId id);

  /** The job, if {@code owner} owns it: for requests. */
  Optional<Job> find(JobId id, UserId owner);

  /** Holds the job until the end of the transaction, as {@code Users.lock} does an account. */
  Optional<Job> lock(JobId id);

  /** The tasks of a job, in the order of their declaration. */
  List<JobTask> tasks(JobId id);

  /** Jobs of an owner, the newest first. */
  List<Job> page(UserId owner, Query query);

  /**
   * Gives a job the name that its owner wants, or takes it away; in every state of the job. Returns
   * false if the job is not there or not the owner's.
   */
  boolean rename(JobId id, UserId owner, Optional<Title> title);

  /**
   * A revision of that piece of a job which waits or runs, and whose version is not there yet. In a
   * transaction that holds {@linkplain #lock the job} it is certain: none can be added meanwhile by
   * others who hold it too.
   */
  Optional<JobId> revisionUnderWay(JobId of, Format format);

  /** How many jobs of the owner wait or run. */
  int countActive(UserId owner);

  /**
   * Holds the owner's jobs that wait or run, each as {@link #lock} does.
   *
   * @return how many there are
   */
  int lockActive(UserId owner);

  /**
   * Makes all jobs of one owner another's, in whatever state they are, with all that belongs to
   * them; workers go on with them in the same attempt. Both accounts must exist, and be held by
   * {@code Users.lock}; to {@link #lockActive} before keeps this and the workers from waiting for
   * each other.
   *
   * @return how many there were
   */
  int handOver(UserId from, UserId to);

  /**
   * Takes the job up for {@code worker}: if it is pending, or running at a worker that has given no
   * sign of life for {@code deadAfter}. Atomic: of several workers that claim it, one gets it.
   */
  Claim claim(JobId id, WorkerId worker, Duration deadAfter);

  /**
   * A sign of life for those of the jobs that run at {@code worker}; other jobs get none, also if
   * they were left behind as running there.
   *
   * @return those of the jobs that run there; one that is missing has been taken from the worker
   */
  List<Pulse> heartbeat(WorkerId worker, Collection<JobId> ids);

  /** Asks whoever runs the job to stop it. Returns false if it is over already. */
  boolean requestCancel(JobId id);

  /**
   * Notes that tasks have begun; those of jobs that do not run in exactly that attempt are left
   * out.
   */
  void startTasks(List<TaskStart> starts);

  /** Keeps a task's new state and output. Fenced. */
  boolean saveTask(JobId id, int attempt, JobTask task);

  /** Keeps what became of a format. Fenced. */
  boolean saveResult(JobId id, int attempt, Format format, FormatResult result);

  /** Ends the job. Fenced. */
  boolean finish(
      JobId id,
      int attempt,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now);

  /** Ends a job that nobody runs: only if it is pending. Returns whether it was. */
  boolean finishPending(
      JobId id,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now);

  /** Makes a running job pending again, for another worker to go on with. Fenced. */
  boolean giveBack(JobId id, int attempt);

  /**
   * Deletes a job that is over, with all that belongs to it, its revisions too; waits for who holds
   * it by {@link #lock}. Returns false if it is not there, not the owner's, or not over, or if one
   * of its revisions is not over.
   */
  boolean delete(JobId id, UserId owner);

  /**
   * Looks at jobs that are over, were submitted on {@code tier}, and ended before {@code
   * endedBefore}. Deletes them with all that belongs to them, unless their owner is entitled to a
   * higher tier at {@code now}: those it keeps, and from then on they count here as submitted on
   * that higher tier, so that they are not looked at again and again. Passes over what is being
   * used, and over jobs with a revision that is not over. What has ended since then by a shared
   * storage's own clock stays, however far ahead the caller's is.
   *
   * @param limit looks at so many at most
   * @return at how many it looked, to delete or to keep them; fewer than {@code limit} when no more
   *     are left
   */
  int purge(TierId tier, Instant endedBefore, Instant now, int limit);

  /**
   * Which jobs are wanted.
   *
   * @param status only in that state
   * @param format only those whose brief asks for it
   * @param words only those with all of these in their {@link SearchText}, made by {@link
   *     SearchText#words}
   * @param scope whether revisions are wanted
   * @param before only older ones than that job
   * @param limit at most so many, 1 to 100
   */
  record Query(
      Optional<JobStatus> status,
      Optional<Format> format,
      List<String> words,
      Scope scope,
      Optional<JobId> before,
      int limit) {
    public Query {
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(scope, "scope");
      Objects.requireNonNull(before, "before");
      words = List.copyOf(words);
      if (limit < 1 || limit > 100) {
        throw new IllegalArgumentException("a page has 1 to 100 jobs");
      }
    }

    /** All jobs, revisions too, or those in a state. */
    public Query(Optional<JobStatus> status, Optional<JobId> before, int limit) {
      this(status, Optional.empty(), List.of(), new Scope.All(), before, limit);
    }
  }

  /** Whether revisions are wanted. */
  sealed interface Scope {
    /** They are, like all other jobs. */
    record All() implements Scope {}

    /** They are not. */
    record WithoutRevisions() implements Scope {}

    /** Nothing but they are, those of that job. */
    record RevisionsOf(JobId of) implements Scope {
      public RevisionsOf {
        Objects.requireNonNull(of, "of");
      }
    }
  }

  /** A task that has begun, in an attempt of its job. */
  record TaskStart(JobId id, int attempt, Task task, String promptVersion, Instant at) {}

  /** A job that runs at a worker. */
  record Pulse(JobId id, int attempt, boolean cancelRequested) {}

  /** What a claim led to. */
  sealed interface Claim {
    /**
     * The job is the worker's.
     *
     * @param job as it is now: running, in its new attempt
     * @param takenOver whether another worker had it and died: it may have shown readers more than
     *     it could store
     */
    record Taken(Job job, boolean takenOver) implements Claim {}

    /** Another worker has it, and gave a sign of life; look again after that time. */
    record Busy(Duration lookAgainIn) implements Claim {}

    /** There is nothing to do: it is over, or it is not there. */
    record Over() implements Claim {}
  }
}
