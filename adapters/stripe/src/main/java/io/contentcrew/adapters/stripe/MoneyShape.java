package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Reads what tells of money that goes back: refunds, disputes, and charges with refunds. */
final class MoneyShape {
  private MoneyShape() {}

  /** The Refund object, or the Dispute object. */
  static MoneyReturned returned(Kind kind, JsonNode object, Instant at) {
    return new MoneyReturned(
        PaymentProviderName.STRIPE,
        kind,
        Json.id(object.path("charge"), "customer"), // only where the charge is there whole
        id(object),
        Json.text(object, "status").orElse(""),
        Json.money(object, "amount"),
        at);
  }

  /**
   * The Charge object. It has its refunds with it until 2022-11-15: then it is the newest of these,
   * by its own name, under which refund events tell it, too. Since then it only says how much was
   * refunded in all, which names this one, and what it was before.
   */
  static MoneyReturned refunded(JsonNode charge, JsonNode previous, Instant at) {
    Optional<String> customer = Json.id(charge, "customer");
    Optional<JsonNode> newest =
        Json.list(charge, "refunds")
            .filter(refund -> Json.text(refund, "id").isPresent())
            .max(
                Comparator.comparing(refund -> Json.time(refund, "created").orElse(Instant.EPOCH)));
    if (newest.isPresent()) {
      MoneyReturned refund = returned(Kind.REFUND, newest.get(), at);
      return new MoneyReturned(
          refund.provider(),
          refund.kind(),
          customer,
          refund.reference(),
          refund.state(),
          refund.amount(),
          at);
    }
    long before = Json.whole(previous, "amount_refunded").orElse(0L);
    Optional<Money> all = Json.money(charge, "amount_refunded");
    return new MoneyReturned(
        PaymentProviderName.STRIPE,
        Kind.REFUND,
        customer,
        id(charge) + all.map(money -> "/" + money.minor()).orElse(""),
        charge.path("refunded").booleanValue() ? "refunded" : "partially_refunded",
        all.map(money -> new Money(money.currency(), money.minor() - before)),
        at);
  }

  private static String id(JsonNode object) {
    return Json.text(object, "id")
        .orElseThrow(() -> new NotReadableException("what money goes back for has no id"));
  }
}
