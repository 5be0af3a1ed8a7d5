package io.contentcrew.adapters.paystack;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** What there is of Paystack with the keys that we have. */
final class PaystackProvider implements PaymentProvider {
  private final PaystackEvents events;
  private final Optional<Checkout> checkout;
  private final Optional<SubscriptionArbiter> arbiter;

  PaystackProvider(
      PaystackEvents events, Optional<PaystackApi> api, URI baseUrl, InstantSource clock) {
    this.events = events;
    this.checkout = api.map(one -> new PaystackCheckout(one, Urls.isThisMachine(baseUrl)));
    this.arbiter = api.map(one -> new PaystackArbiter(one, clock));
  }

  @Override
  public PaymentProviderName name() {
    return PaymentProviderName.PAYSTACK;
  }

  @Override
  public String displayName() {
    return "Paystack";
  }

  @Override
  public boolean isTest() {
    return false;
  }

  @Override
  public SubscriptionEvents events() {
    return events;
  }

  @Override
  public Optional<Checkout> checkout() {
    return checkout;
  }

  @Override
  public Optional<SubscriptionArbiter> arbiter() {
    return arbiter;
  }
}
