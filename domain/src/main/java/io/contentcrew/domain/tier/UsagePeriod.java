package io.contentcrew.domain.tier;

import java.time.Instant;
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

  /** The calendar month in UTC that holds {@code now}. */
  public static UsagePeriod calendarMonth(Instant now) {
    var first = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    return new UsagePeriod(first.toInstant(), first.plusMonths(1).toInstant());
  }

  /** Whether {@code instant} lies in the period. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
