package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Charged;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.domain.subscription.SubscriptionRef;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What Paystack's events mean to us. */
final class Translation {
  /** When something happened of which Paystack does not say when, as of refunds. */
  static final Instant UNSAID = Instant.EPOCH;

  private Translation() {}

  static List<SubscriptionEvent> events(String type, JsonNode data) {
    return switch (type) {
      case "subscription.create" -> created(data);
      case "subscription.not_renew" -> stated(data, ending(data));
      case "subscription.disable" -> stated(data, ended(data));
      case "invoice.create", "invoice.update", "invoice.payment_failed" ->
          Invoices.events(type, data);
      case "charge.success" -> List.of(charged(data));
      default -> others(type, data);
    };
  }

  private static List<SubscriptionEvent> others(String type, JsonNode data) {
    if (type.startsWith("charge.dispute.")) {
      return List.of(disputed(type, data));
    }
    return List.of(type.startsWith("refund.") ? refunded(type, data) : new Irrelevant());
  }

  /** When it happened. What has no time of its own only says when the subscription was made. */
  static Optional<Instant> at(String type, JsonNode data) {
    return switch (type) {
      case "subscription.not_renew", "subscription.disable" -> Optional.empty();
      case "invoice.payment_failed" -> Fields.time(data, "created_at", "createdAt");
      default -> Fields.time(data, "paid_at", "paidAt", "created_at", "createdAt");
    };
  }

  private static List<SubscriptionEvent> created(JsonNode data) {
    String word = Snapshots.word(data).orElse(PaystackStatus.ACTIVE.wireName());
    Optional<PaystackStatus> status = PaystackStatus.of(word);
    if (status.isPresent()) {
      return stated(data, status.get());
    }
    return List.of(
        Snapshots.ref(data)
            .<SubscriptionEvent>map(ref -> new StatusUnknown(ref, word))
            .orElseGet(Translation::nameless));
  }

  private static PaystackStatus ending(JsonNode data) {
    return Snapshots.word(data)
        .flatMap(PaystackStatus::of)
        .filter(PaystackStatus::isFinal)
        .orElse(PaystackStatus.NON_RENEWING);
  }

  private static PaystackStatus ended(JsonNode data) {
    return Snapshots.word(data)
        .flatMap(PaystackStatus::of)
        .filter(PaystackStatus::isFinal)
        .orElse(PaystackStatus.CANCELLED);
  }

  private static List<SubscriptionEvent> stated(JsonNode data, PaystackStatus status) {
    return List.of(
        Snapshots.ref(data)
            .<SubscriptionEvent>map(ref -> stated(ref, data, Fields.customer(data), status))
            .orElseGet(Translation::nameless));
  }

  static Stated stated(
      SubscriptionRef ref, JsonNode data, Optional<String> customer, PaystackStatus status) {
    return new Stated(Snapshots.of(ref, data, customer, status), new Order.Ranked());
  }

  private static Unreadable nameless() {
    return new Unreadable("it does not name its subscription");
  }

  /** Without a plan it is no subscription's: a card was changed, or something else was sold. */
  private static SubscriptionEvent charged(JsonNode data) {
    Optional<String> customer = Fields.customer(data);
    Optional<String> reference = Fields.name(data, "reference");
    if (customer.isEmpty() || reference.isEmpty()) {
      return new Unreadable("the charge lacks its reference or its customer");
    }
    return new Charged(
        PaymentProviderName.PAYSTACK,
        customer.get(),
        Fields.plan(data),
        Fields.user(data),
        reference.get(),
        Fields.money(data, "amount", Fields.currency(data)),
        at("charge.success", data).orElse(UNSAID));
  }

  private static SubscriptionEvent disputed(String type, JsonNode data) {
    JsonNode transaction = data.path("transaction");
    Optional<Currency> currency = Fields.currency(data, transaction);
    Optional<Money> amount =
        Fields.money(data, "refund_amount", currency)
            .or(() -> Fields.money(transaction, "amount", currency));
    return returned(MoneyReturned.Kind.DISPUTE, Fields.name(data, "id"), amount, type, data);
  }

  private static SubscriptionEvent refunded(String type, JsonNode data) {
    Optional<Money> amount = Fields.money(data, "amount", Fields.currency(data));
    return returned(MoneyReturned.Kind.REFUND, refund(data), amount, type, data);
  }

  private static SubscriptionEvent returned(
      MoneyReturned.Kind kind,
      Optional<String> reference,
      Optional<Money> amount,
      String type,
      JsonNode data) {
    if (reference.isEmpty()) {
      return new Unreadable("it does not name the money that is given back");
    }
    return new MoneyReturned(
        PaymentProviderName.PAYSTACK,
        kind,
        Fields.customer(data),
        reference.get(),
        Fields.name(data, "status").orElse(type.substring(type.lastIndexOf('.') + 1)),
        amount,
        at(type, data).orElse(UNSAID));
  }

  /** The refund's own name, which it gets some time after it was begun. */
  static Optional<String> refund(JsonNode data) {
    return Fields.name(data, "refund_reference")
        .or(() -> Fields.name(data, "transaction_reference"))
        .or(() -> Fields.name(data.path("transaction"), "reference"));
  }
}
