package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.JobId;
import java.time.Duration;
import java.util.Collection;

/**
 * The jobs that wait to be run. An entry is durable; it stays until it is removed or its handler
 * says that it is done.
 */
public interface JobQueue {
  /**
   * Adds a job, due {@code delay} from now. An entry that is there already stays as it is.
   *
   * <p>Of jobs that are due, those go first that were added first, as if each had been added {@code
   * handicap} later than it was. Nobody waits for ever: whatever the handicap, the time comes when
   * all that is added now goes behind.
   *
   * @param handicap for reasons of fairness; negative for who is to go before others. Counts in
   *     whole seconds
   */
  void add(JobId id, Duration handicap, Duration delay);

  /**
   * Puts off the entries of jobs that are being run without them: makes each due {@code delay} from
   * now. One that is just being handled stays as it is; nothing happens for jobs without an entry.
   */
  void postpone(Collection<JobId> ids, Duration delay);

  /**
   * Removes a job; nothing happens if it is not there. An entry that is just being handled is
   * removed when its handler returns.
   */
  void remove(JobId id);
}
