package io.contentcrew.adapters.stripe;

import io.contentcrew.ports.PortFailureException;

/** Stripe has refused what it was asked. */
final class RefusedException extends PortFailureException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why, where it matters to who has asked. */
  enum Reason {
    /** There is nothing of that name, neither in test mode nor else. */
    MISSING,
    /** The customer that was named is not there, or is of the other mode. */
    NO_CUSTOMER,
    /** What was to be paid was not paid. */
    DECLINED,
    /** For whatever else. */
    OTHER
  }

  /** Refused. */
  RefusedException(String message, Reason reason) {
    super(message, null);
    this.reason = reason;
  }

  /** Why. */
  Reason reason() {
    return reason;
  }
}
