package io.contentcrew.domain.tier;

import java.util.Currency;
import java.util.Objects;

/**
 * What a tier costs.
 *
 * @param monthly for a month, in minor units of {@code currency} (cents)
 * @param yearly for a year, in minor units
 */
public record Price(Currency currency, long monthly, long yearly) {
  public Price {
    Objects.requireNonNull(currency, "currency");
    if (monthly < 0 || yearly < 0) {
      throw new IllegalArgumentException("a price cannot be negative");
    }
  }
}
