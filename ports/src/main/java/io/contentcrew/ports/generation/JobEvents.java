package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The logs of the jobs: append-only, each with one writer at a time. The piece of an {@code
 * ArtifactReady} must be among the job's {@link Artifacts} when the transaction ends, unless it is
 * a revised one: that belongs to another job, and stays in this log as it is, whatever becomes of
 * it there.
 */
public interface JobEvents {
  /**
   * Appends to the logs of running jobs. Fenced: what is for a job that does not run in exactly
   * that attempt is left out. So is what would leave a gap: a store that crashed may have lost what
   * was appended in a relaxed transaction, and whoever wrote that must begin anew. An entry whose
   * last number is in the log already is not written again, so that an append may be repeated,
   * entry by entry, where its answer was lost.
   *
   * @return the jobs whose entries were left out
   */
  Set<JobId> append(List<Batch> batches);

  /** Appends to the log of a job that nobody runs; call it under {@link Jobs#lock}. */
  void appendIdle(JobId id, List<LogEntry> entries);

  /** The highest number in the log of a job; 0 if it is empty. */
  long lastSeq(JobId id);

  /**
   * Entries that cover numbers above {@code after}, in order. A run that covers both sides of it is
   * returned whole.
   *
   * @param limit at most so many entries
   */
  List<LogEntry> readAfter(JobId id, long after, int limit);

  /**
   * Reads several logs, each as {@link #readAfter(JobId, long, int)} does: for many readers at
   * once, at the cost of little more than one.
   *
   * @param limit at most so many entries of each
   * @return the entries for each place
   */
  Map<Place, List<LogEntry>> readAfter(Set<Place> places, int limit);

  /** A place in the log of a job: behind the number {@code after}. */
  record Place(JobId id, long after) {}

  /**
   * Folds away the text runs of jobs that ended before {@code endedBefore}: their artifacts and the
   * outputs of their tasks tell it all. Milestones stay, with their numbers.
   *
   * @param limit at most so many jobs
   * @return how many jobs were folded; fewer than {@code limit} when no more are left
   */
  int fold(Instant endedBefore, int limit);

  /** Entries for the log of one job, in order, by the writer of that attempt. */
  record Batch(JobId id, int attempt, List<LogEntry> entries) {
    public Batch {
      entries = List.copyOf(entries);
    }
  }
}
