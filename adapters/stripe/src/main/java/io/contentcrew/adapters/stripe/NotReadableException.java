package io.contentcrew.adapters.stripe;

/** What Stripe has said cannot be read. The message says why, without a word of it. */
final class NotReadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotReadableException(String why) {
    super(why, null, false, false); // it never leaves this package: no need to know the way
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
