package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Keys under which users made submits, so that a submit that is sent twice happens once. A key
 * belongs to its user.
 */
public interface IdempotencyKeys {
  /**
   * Takes the key for a job. Atomic: of several jobs that want it, one gets it, and the others wait
   * for its transaction and get to know it. A key that has expired at {@code now} is free again.
   *
   * @param requestHash of what was asked; tells a repeated request from another one under the same
   *     key
   * @return empty if the key is now the job's, else whose it is
   */
  Optional<Entry> take(
      UserId user, String key, String requestHash, JobId job, Instant now, Instant expiresAt);

  /**
   * Makes all keys of one user another's; where both have the same key, the other's stays and the
   * first one's is forgotten. Both accounts must exist.
   */
  void handOver(UserId from, UserId to);

  /**
   * Forgets keys that expired before {@code now}. Passes over what is being used.
   *
   * @param limit at most so many
   * @return how many; fewer than {@code limit} when no more are left
   */
  int purge(Instant now, int limit);

  /** Whose a key is. */
  record Entry(String requestHash, JobId job) {}
}
