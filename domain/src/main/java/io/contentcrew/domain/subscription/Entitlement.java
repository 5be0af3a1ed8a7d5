package io.contentcrew.domain.subscription;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The tier a user may use now.
 *
 * @param billingPeriod of the subscription that grants it; empty where none does, or where it was
 *     granted without a period
 */
public record Entitlement(TierId tier, Optional<UsagePeriod> billingPeriod) {
  public Entitlement {
    Objects.requireNonNull(tier, "tier");
    Objects.requireNonNull(billingPeriod, "billingPeriod");
  }

  /** What everybody has without a subscription. */
  public static Entitlement free() {
    return new Entitlement(TierId.FREE, Optional.empty());
  }

  /**
   * The period in which usage counts at {@code now}: the billing period when it holds {@code now},
   * or the month of it where it is a year; else the calendar month.
   */
  public UsagePeriod usagePeriod(Instant now) {
    return billingPeriod
        .filter(period -> period.contains(now))
        .map(period -> period.monthAt(now))
        .orElseGet(() -> UsagePeriod.calendarMonth(now));
  }
}
