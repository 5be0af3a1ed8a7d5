package io.contentcrew.adapters.stripe;

import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.WebhookDelivery;

/** What Stripe tells. */
final class StripeEvents implements SubscriptionEvents {
  private final Verifier verifier;

  StripeEvents(Verifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Verdict verify(WebhookDelivery delivery) {
    return verifier.verify(delivery);
  }

  @Override
  public WebhookEvent read(byte[] body) {
    return EventReader.read(body);
  }
}
