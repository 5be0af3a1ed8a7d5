package io.contentcrew.domain.subscription;

/**
 * Where a subscription is, in its provider's words: each provider has a state machine of its own.
 */
public sealed interface SubscriptionStatus permits StripeStatus, PaystackStatus {
  /** What a subscription gives its owner there. */
  enum Access {
    /** The tier, for as long as it is paid for and a grace longer. */
    FULL,
    /** The tier, until the grace is over: a payment is owed. */
    GRACE,
    /** The tier, until what was paid for is over. */
    UNTIL_PERIOD_END,
    /** Nothing. */
    NONE
  }

  /** What it gives. */
  Access access();

  /** Whether it is the last one: nothing follows it. */
  boolean isFinal();

  /** Its place among the statuses of its provider, from low to high. */
  int rank();

  /** The provider's word for it. */
  String wireName();
}
