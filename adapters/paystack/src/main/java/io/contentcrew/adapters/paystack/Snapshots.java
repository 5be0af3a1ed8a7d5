package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import java.util.Optional;

/** Reads Paystack's object for a subscription, in each of the forms that it has. */
final class Snapshots {
  private static final String NAMELESS = "without a name";

  private Snapshots() {}

  /** Which one it is. */
  static Optional<SubscriptionRef> ref(JsonNode subscription) {
    return Fields.name(subscription, "subscription_code")
        .map(code -> new SubscriptionRef(PaymentProviderName.PAYSTACK, code));
  }

  /** Paystack's word for where it is; empty if none is said. */
  static Optional<String> word(JsonNode subscription) {
    JsonNode status = subscription.path("status");
    if (status.isMissingNode() || status.isNull() || status.asText("?").isEmpty()) {
      return Optional.empty();
    }
    return Fields.name(subscription, "status").or(() -> Optional.of(NAMELESS));
  }

  /**
   * What is said of it.
   *
   * @param customer who pays, where that is said
   */
  static Snapshot of(
      SubscriptionRef ref,
      JsonNode subscription,
      Optional<String> customer,
      PaystackStatus status) {
    return new Snapshot(
        ref,
        customer.orElse(""),
        Fields.user(subscription),
        status,
        Fields.plan(subscription).stream().toList(),
        Term.of(Optional.empty(), Fields.time(subscription, "next_payment_date")),
        Fields.name(subscription, "email_token"),
        Fields.money(
            subscription, "amount", Fields.currency(subscription.path("plan"), subscription)));
  }
}
