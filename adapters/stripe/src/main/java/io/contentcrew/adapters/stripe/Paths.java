package io.contentcrew.adapters.stripe;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.SubscriptionRef;
import java.util.Set;

/** Where things are in the API. */
final class Paths {
  /** What leads elsewhere however it is written. */
  private static final Set<String> STEPS = Set.of(".", "..");

  private Paths() {}

  /**
   * A subscription.
   *
   * @throws RefusedException if Stripe can have none of that name
   */
  static String of(SubscriptionRef subscription) {
    if (!subscription.provider().equals(PaymentProviderName.STRIPE)) {
      throw new IllegalArgumentException(
          "a subscription at " + subscription.provider() + " is none of Stripe's");
    }
    if (STEPS.contains(subscription.id())) {
      throw new RefusedException(
          "Stripe has no subscription of such a name", RefusedException.Reason.MISSING);
    }
    return "/v1/subscriptions/" + Form.segment(subscription.id());
  }
}
