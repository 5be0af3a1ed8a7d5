package io.contentcrew.domain.subscription;

import java.util.Objects;

/**
 * Names a subscription.
 *
 * @param id the provider's name for it: 1 to 255 characters without blanks
 */
public record SubscriptionRef(PaymentProviderName provider, String id) {
  public SubscriptionRef {
    Objects.requireNonNull(provider, "provider");
    if (id.isEmpty() || id.length() > 255 || id.chars().anyMatch(c -> c <= ' ' || c == 127)) {
      throw new IllegalArgumentException(
          "a subscription is named by 1 to 255 characters without blanks");
    }
  }

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
