package io.contentcrew.testkit;

import java.time.Instant;

/**
 * An event of {@link FakeStripe}.
 *
 * @param type for example {@code invoice.paid}
 * @param created in whole seconds, as Stripe dates
 * @param body what Stripe would deliver, byte by byte
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as they are, and never compared
public record FakeStripeEvent(String id, String type, Instant created, byte[] body) {
  @Override
  public String toString() {
    return type + " " + id;
  }
}
