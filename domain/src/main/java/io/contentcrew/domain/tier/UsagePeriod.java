package io.contentcrew.domain.tier;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The time over which pieces are counted: the billing period of a subscription, else the calendar
 * month in UTC.
 *
 * @param start the first instant of the period
 * @param end the first instant after it: when the count begins anew
 */
public record UsagePeriod(Instant start, Instant end) {
  public UsagePeriod {
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException("a usage period must end after it starts");
    }
  }

  /** A period that is longer is no month, whatever its provider calls one. */
  private static final Duration LONGEST_MONTH = Duration.ofDays(45);

  /** A guest is not deleted on the dot. */
  private static final Duration LATE = Duration.ofDays(10);

  /** The longest time for which a guest may be kept. */
  public static final Duration LONGEST_STAY = Duration.ofDays(30);

  /** For a guest who came then: all of the stay, so that nothing is had anew in another month. */
  public static UsagePeriod ofGuest(Instant since) {
    return new UsagePeriod(since, since.plus(LONGEST_STAY).plus(LATE));
  }

  /** The calendar month in UTC that holds {@code now}. */
  public static UsagePeriod calendarMonth(Instant now) {
    var first = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    return new UsagePeriod(first.toInstant(), first.plusMonths(1).toInstant());
  }

  /**
   * The part of it in which pieces are counted at {@code now}, which it must hold: itself, or, of a
   * year, the month since the day on which it began.
   */
  public UsagePeriod monthAt(Instant now) {
    if (Duration.between(start, end).compareTo(LONGEST_MONTH) <= 0) {
      return this;
    }
    OffsetDateTime begun = start.atOffset(ZoneOffset.UTC);
    long months = ChronoUnit.MONTHS.between(begun, now.atOffset(ZoneOffset.UTC));
    Instant next = begun.plusMonths(months + 1).toInstant();
    return new UsagePeriod(begun.plusMonths(months).toInstant(), next.isBefore(end) ? next : end);
  }

  /** Whether {@code instant} lies in the period. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
