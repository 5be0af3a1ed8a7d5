package io.contentcrew.domain.generation;

import io.contentcrew.domain.tier.Tier;
import java.time.Duration;

/**
 * Who goes first when more jobs wait than can run. Jobs go in the order of their submission, but
 * each counts as submitted the later, the more jobs of its user wait or run already, and earlier if
 * its tier has priority. So of jobs that come within half a minute everybody's first goes before
 * anybody's second, who submits a hundred makes nobody wait behind all of them, and everybody's
 * turn comes: priority is a head start, no right of way for ever.
 */
public final class FairShare {
  /** What each job of the same user that waits or runs already costs. */
  static final Duration PER_JOB = Duration.ofSeconds(30);

  /** What priority is worth. */
  static final Duration PRIORITY = Duration.ofMinutes(10);

  private FairShare() {}

  /**
   * By how much later a job is to be taken than its time of submission says; negative for earlier.
   *
   * @param ahead jobs of the same user that wait or run
   */
  public static Duration handicap(Tier tier, int ahead) {
    Duration handicap = PER_JOB.multipliedBy(ahead);
    return tier.priority() ? handicap.minus(PRIORITY) : handicap;
  }
}
