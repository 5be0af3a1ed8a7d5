package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.testkit.FakePaystackAccount.Held;
import io.contentcrew.testkit.FakePaystackAccount.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The objects and events of {@link FakePaystack}, as odd as Paystack's own. */
final class FakePaystackEvents {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private FakePaystackEvents() {}

  static ObjectNode plan(Plan plan) {
    return FakePaystackAccount.fresh()
        .put("name", "Plan " + plan.code())
        .put("plan_code", plan.code())
        .putNull("description")
        .put("amount", plan.price().minor())
        .put("interval", plan.interval().name().equals("YEAR") ? "annually" : "monthly")
        .put("currency", plan.price().currency().getCurrencyCode());
  }

  /**
   * A subscription.
   *
   * @param dated whether its next payment is said
   */
  static ObjectNode subscription(Held held, boolean dated) {
    ObjectNode data =
        bare(held, dated).put("domain", "test").put("createdAt", time(held.createdAt));
    data.set("plan", plan(held.plan));
    data.set("customer", customer(held));
    return data.put("created_at", time(held.createdAt));
  }

  private static ObjectNode bare(Held held, boolean dated) {
    return FakePaystackAccount.fresh()
        .put("status", held.status)
        .put("subscription_code", held.code)
        .put("email_token", held.token)
        .put("amount", held.plan.price().minor())
        .put("cron_expression", "0 0 28 * *")
        .put("next_payment_date", dated ? time(held.nextPayment) : null)
        .putNull("open_invoice");
  }

  private static ObjectNode customer(Held held) {
    return FakePaystackAccount.fresh()
        .put("email", held.email)
        .put("customer_code", held.customer)
        .putNull("metadata");
  }

  /** What is told first has no token. */
  static byte[] created(Held held) {
    ObjectNode data = subscription(held, true);
    data.remove("email_token");
    return event("subscription.create", data);
  }

  static byte[] notRenewing(Held held) {
    return event("subscription.not_renew", subscription(held, false));
  }

  static byte[] disabled(Held held) {
    ObjectNode data = subscription(held, true);
    if (held.status.equals("completed")) {
      data.put("status", "complete"); // in events it is spelt so
    }
    return event("subscription.disable", data);
  }

  static byte[] charged(Held held, String reference, JsonNode metadata, Instant at) {
    ObjectNode data = charge(held, reference, held.plan.price().minor(), metadata, at);
    data.set("plan", plan(held.plan));
    return event("charge.success", data);
  }

  /** A small amount, for no plan, and nothing to say. */
  static byte[] cardChanged(Held held, String reference, Instant at) {
    JsonNode nothing = FakePaystackAccount.fresh().numberNode(0);
    ObjectNode data = charge(held, reference, 5_000, nothing, at);
    data.putObject("plan");
    return event("charge.success", data);
  }

  private static ObjectNode charge(
      Held held, String reference, long amount, JsonNode metadata, Instant at) {
    ObjectNode data =
        FakePaystackAccount.fresh()
            .put("id", 1_000_000 + held.bills)
            .put("status", "success")
            .put("reference", reference)
            .put("amount", amount)
            .put("currency", held.plan.price().currency().getCurrencyCode())
            .put("paid_at", time(at))
            .put("created_at", time(at));
    data.set("metadata", metadata);
    data.set("customer", customer(held));
    return data;
  }

  /**
   * A bill.
   *
   * @param paidAt empty if it was not paid
   */
  static byte[] invoice(String type, Held held, Instant at, Optional<Instant> paidAt) {
    ObjectNode data =
        FakePaystackAccount.fresh()
            .put("invoice_code", "INV_" + held.code + "_" + held.bills)
            .put("amount", held.plan.price().minor())
            .put("period_start", time(at))
            .put("period_end", time(at.minusSeconds(1)))
            .put("status", paidAt.isPresent() ? "success" : "pending")
            .put("paid", paidAt.isPresent())
            .put("paid_at", paidAt.map(FakePaystackEvents::time).orElse(null))
            .put("created_at", time(at));
    data.set("subscription", bare(held, true));
    data.set("customer", customer(held));
    ObjectNode transaction = data.putObject("transaction");
    if (paidAt.isPresent()) {
      transaction
          .put("reference", "renewal-" + held.code + "-" + held.bills)
          .put("status", "success")
          .put("amount", held.plan.price().minor())
          .put("currency", held.plan.price().currency().getCurrencyCode());
    }
    return event(type, data);
  }

  private static byte[] event(String type, ObjectNode data) {
    ObjectNode event = FakePaystackAccount.fresh().put("event", type);
    event.set("data", data);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
