package io.contentcrew.domain.subscription;

import java.time.Period;
import java.util.Locale;

/** How often a subscription is paid for. */
public enum BillingInterval {
  /** Each month. */
  MONTH(Period.ofMonths(1)),
  /** Each year. */
  YEAR(Period.ofYears(1));

  private final Period length;

  BillingInterval(Period length) {
    this.length = length;
  }

  /** From one payment to the next. */
  public Period length() {
    return length;
  }

  /** Its name in stores and interfaces. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
