package io.contentcrew.adapters.stripe;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import java.util.Optional;

/** Stripe, whole. */
record StripeProvider(
    SubscriptionEvents events, Optional<Checkout> checkout, Optional<SubscriptionArbiter> arbiter)
    implements PaymentProvider {

  @Override
  public PaymentProviderName name() {
    return PaymentProviderName.STRIPE;
  }

  @Override
  public String displayName() {
    return "Stripe";
  }

  /** Also with a key of Stripe's test mode: whoever sets that wants the pages to be seen. */
  @Override
  public boolean isTest() {
    return false;
  }
}
