package io.contentcrew.ports.user;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import java.time.Instant;

/** Counts what may not be tried too often, whoever it is that tries. */
public interface Attempts {
  /**
   * Counts a try, if one may be made now; a try that may not be made is not counted. Atomic: of
   * tries that come together, as many may be made as the rule says, and not one more.
   *
   * @param what names what is tried, and on what; a digest, so that no address need be kept
   * @return whether it may be made
   */
  boolean attempt(Digest what, AttemptRule rule, Instant now);

  /** Forgets the tries, as after a success. */
  void clear(Digest what);

  /**
   * Forgets those of which the last try was counted before {@code lastBefore}.
   *
   * @param limit at most so many
   * @return how many were forgotten; fewer than {@code limit} when no more are left
   */
  int purge(Instant lastBefore, int limit);
}
