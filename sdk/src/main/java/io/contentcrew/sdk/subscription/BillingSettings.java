package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PriceList;
import java.time.Duration;
import java.util.Objects;

/**
 * What is sold, and by which rules.
 *
 * @param prices under which names the providers know it
 * @param grace for how long a tier goes on where a payment is late; 0 to 90 days
 */
public record BillingSettings(PriceList prices, Duration grace) {
  public BillingSettings {
    Objects.requireNonNull(prices, "prices");
    if (grace.isNegative() || grace.compareTo(Duration.ofDays(90)) > 0) {
      throw new IllegalArgumentException("the grace for late payments is 0 to 90 days");
    }
  }

  /** Those prices, and a grace of 7 days. */
  public static BillingSettings of(PriceList prices) {
    return new BillingSettings(prices, Duration.ofDays(7));
  }

  /** A copy with another grace. */
  public BillingSettings withGrace(Duration changed) {
    return new BillingSettings(prices, changed);
  }
}
