package io.contentcrew.domain.subscription;

import java.util.regex.Pattern;

/**
 * Names whoever takes payments, for example {@code stripe}: 1 to 32 lower-case letters, digits or
 * {@code -}. Part of addresses and stores, so that of a provider must never change.
 */
public record PaymentProviderName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** Stripe. */
  public static final PaymentProviderName STRIPE = new PaymentProviderName("stripe");

  /** Paystack. */
  public static final PaymentProviderName PAYSTACK = new PaymentProviderName("paystack");

  /** Takes no money: for development and for tests. */
  public static final PaymentProviderName TEST = new PaymentProviderName("test");

  /** What stands in a provider's place where an operator has granted a tier. */
  public static final String BY_HAND = "manual";

  public PaymentProviderName {
    if (!SHAPE.matcher(value).matches() || value.equals(BY_HAND)) {
      throw new IllegalArgumentException(
          "a payment provider is named by 1 to 32 lower-case letters, digits or -, and not "
              + BY_HAND);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
