package io.contentcrew.domain.user;

import java.time.Duration;

/**
 * How often something may be tried that did not succeed: some times freely, then after a pause that
 * doubles with every further try. Nobody is locked out for good, and a try that comes too early
 * makes the pause no longer: else a stranger could keep an account's owner out.
 *
 * @param free how many tries are free
 * @param firstPause how long to wait before the next one
 * @param longestPause what the pause grows to
 * @param forgottenAfter how long after the last counted try all are free again
 */
public record AttemptRule(
    int free, Duration firstPause, Duration longestPause, Duration forgottenAfter) {
  /** Five free tries, then 1 s, doubling to 15 minutes; forgotten after a day. */
  public static final AttemptRule SIGN_IN =
      new AttemptRule(5, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofDays(1));

  /** Three letters, then one after 5 minutes, doubling to 6 hours; forgotten after a day. */
  public static final AttemptRule LETTER =
      new AttemptRule(3, Duration.ofMinutes(5), Duration.ofHours(6), Duration.ofDays(1));

  public AttemptRule {
    if (free < 1
        || !firstPause.isPositive()
        || longestPause.compareTo(firstPause) < 0
        || forgottenAfter.compareTo(longestPause) < 0) {
      throw new IllegalArgumentException(
          "of a rule for attempts at least one is free, and its times grow: "
              + firstPause
              + ", "
              + longestPause
              + ", "
              + forgottenAfter);
    }
  }

  /** How long to wait after the last of {@code count} counted tries. */
  public Duration pauseAfter(int count) {
    Duration pause = firstPause;
    if (count < free) {
      return Duration.ZERO;
    }
    for (int i = free; i < count && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
