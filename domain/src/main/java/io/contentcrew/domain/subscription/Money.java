package io.contentcrew.domain.subscription;

import java.util.Currency;
import java.util.Objects;

/**
 * An amount of money.
 *
 * @param minor in minor units of the currency (cents, kobo)
 */
public record Money(Currency currency, long minor) {
  public Money {
    Objects.requireNonNull(currency, "currency");
  }
}
