package io.contentcrew.domain.subscription;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * For how long a subscription goes, as far as its provider says.
 *
 * @param periodStart since when the current period is paid for, or owed
 * @param periodEnd when the next payment falls due
 * @param cancelsAtPeriodEnd whether it ends with the period
 * @param cancelAt when it ends, if it was said when
 * @param trialEnd when the trial ends, if it is or was one
 * @param endedAt when it has ended, if it has
 */
public record Term(
    Optional<Instant> periodStart,
    Optional<Instant> periodEnd,
    boolean cancelsAtPeriodEnd,
    Optional<Instant> cancelAt,
    Optional<Instant> trialEnd,
    Optional<Instant> endedAt) {
  public Term {
    Objects.requireNonNull(periodStart, "periodStart");
    Objects.requireNonNull(periodEnd, "periodEnd");
    Objects.requireNonNull(cancelAt, "cancelAt");
    Objects.requireNonNull(trialEnd, "trialEnd");
    Objects.requireNonNull(endedAt, "endedAt");
  }

  /** Of which nothing is said. */
  public static Term unknown() {
    return of(Optional.empty(), Optional.empty());
  }

  /** With a period, and no end in sight. */
  public static Term of(Optional<Instant> periodStart, Optional<Instant> periodEnd) {
    return new Term(
        periodStart, periodEnd, false, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A copy that ends with the period, or goes on after it. */
  public Term withCancelsAtPeriodEnd(boolean changed) {
    return new Term(periodStart, periodEnd, changed, cancelAt, trialEnd, endedAt);
  }

  /** A copy that ends then. */
  public Term withCancelAt(Instant end) {
    return new Term(
        periodStart, periodEnd, cancelsAtPeriodEnd, Optional.of(end), trialEnd, endedAt);
  }

  /** A copy with a trial that ends then. */
  public Term withTrialEnd(Instant end) {
    return new Term(
        periodStart, periodEnd, cancelsAtPeriodEnd, cancelAt, Optional.of(end), endedAt);
  }

  /** A copy that has ended then. */
  public Term withEndedAt(Instant end) {
    return new Term(
        periodStart, periodEnd, cancelsAtPeriodEnd, cancelAt, trialEnd, Optional.of(end));
  }
}
