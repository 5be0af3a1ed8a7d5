package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import java.util.Optional;

/** Somebody who takes payments for subscriptions. Safe for use by many threads. */
public interface PaymentProvider {
  /** Its name: part of addresses and stores, so it must never change. */
  PaymentProviderName name();

  /** What it is called on a button. */
  String displayName();

  /** Whether no money moves there: never to be offered to customers. */
  boolean isTest();

  /** What it tells. */
  SubscriptionEvents events();

  /** What it does; empty where we have no credentials. */
  Optional<Checkout> checkout();

  /** What it answers; empty where we have no credentials, or it has nobody to ask. */
  Optional<SubscriptionArbiter> arbiter();
}
