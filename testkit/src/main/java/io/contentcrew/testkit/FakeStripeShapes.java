package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes objects as a version of Stripe's API has them. */
record FakeStripeShapes(String version) {
  /** Since then, an item has a price; before, a plan. */
  private static final String PRICES = "2020-03-02";

  /** Since then (basil), the period is the items', and bills name what they are of elsewhere. */
  private static final String PARENTS = "2025-03-31";

  private boolean hasPrices() {
    return version.compareTo(PRICES) >= 0;
  }

  private boolean hasParents() {
    return version.compareTo(PARENTS) >= 0;
  }

  static ObjectNode object(String id, String kind) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    return object.put("id", id).put("object", kind);
  }

  static void time(ObjectNode object, String name, @Nullable Instant at) {
    if (at == null) {
      object.putNull(name);
    } else {
      object.put(name, at.getEpochSecond());
    }
  }

  ObjectNode subscription(FakeStripeSubscription of) {
    ObjectNode object = object(of.id(), "subscription");
    object.put("billing_cycle_anchor", of.created().getEpochSecond());
    time(object, "cancel_at", of.cancelAt());
    object.put("cancel_at_period_end", of.cancelAtPeriodEnd());
    time(object, "canceled_at", of.canceledAt());
    object.put("collection_method", "charge_automatically");
    time(object, "created", of.created());
    object.put("currency", "usd");
    if (!hasParents()) {
      time(object, "current_period_end", of.periodEnd());
      time(object, "current_period_start", of.periodStart());
    }
    object.put("customer", of.customer());
    time(object, "ended_at", of.endedAt());
    object.set("items", items(of));
    object.put("latest_invoice", of.invoice());
    object.put("livemode", false);
    object.set("metadata", texts(of.metadata()));
    object.put("status", of.status());
    object.putNull("trial_end");
    return object;
  }

  ObjectNode items(FakeStripeSubscription of) {
    ObjectNode item = object(of.item(), "subscription_item");
    time(item, "created", of.created());
    if (hasParents()) {
      time(item, "current_period_end", of.periodEnd());
      time(item, "current_period_start", of.periodStart());
    }
    item.set("plan", plan(of.price()));
    if (hasPrices()) {
      item.set("price", price(of.price()));
    }
    item.put("quantity", 1).put("subscription", of.id());
    ObjectNode list = list("/v1/subscription_items?subscription=" + of.id());
    list.withArray("data").add(item);
    return list;
  }

  private static ObjectNode plan(FakeStripePrice price) {
    return object(price.id(), "plan")
        .put("active", true)
        .put("amount", price.minor())
        .put("currency", "usd")
        .put("interval", price.interval().wireName())
        .put("interval_count", 1);
  }

  private static ObjectNode price(FakeStripePrice price) {
    ObjectNode object =
        object(price.id(), "price")
            .put("active", true)
            .put("currency", "usd")
            .put("type", "recurring");
    object
        .putObject("recurring")
        .put("interval", price.interval().wireName())
        .put("interval_count", 1);
    return object.put("unit_amount", price.minor());
  }

  ObjectNode invoice(
      FakeStripeSubscription of, boolean paid, int attempts, @Nullable Instant next) {
    ObjectNode object = object(of.invoice(), "invoice");
    object.put("amount_due", of.price().minor());
    object.put("amount_paid", paid ? of.price().minor() : 0);
    object.put("attempt_count", attempts).put("currency", "usd").put("customer", of.customer());
    object.put("hosted_invoice_url", "https://invoice.stripe.com/i/acct_fake/" + of.invoice());
    ObjectNode lines = list("/v1/invoices/" + of.invoice() + "/lines");
    lines.withArray("data").add(line(of));
    object.set("lines", lines);
    object.put("livemode", false);
    time(object, "next_payment_attempt", next);
    if (hasParents()) {
      ObjectNode parent = object.putObject("parent").put("type", "subscription_details");
      parent
          .putObject("subscription_details")
          .put("subscription", of.id())
          .set("metadata", texts(of.metadata()));
    } else {
      object.put("subscription", of.id()).put("paid", paid);
    }
    time(object, "period_end", of.periodStart()); // of the bill: not what it pays for
    time(object, "period_start", of.periodStart());
    return object.put("status", paid ? "paid" : "open");
  }

  private ObjectNode line(FakeStripeSubscription of) {
    ObjectNode line = object("il_" + of.invoice(), "line_item");
    line.put("amount", of.price().minor()).put("currency", "usd");
    ObjectNode period = line.putObject("period");
    time(period, "end", of.periodEnd());
    time(period, "start", of.periodStart());
    if (hasParents()) {
      ObjectNode parent = line.putObject("parent").put("type", "subscription_item_details");
      parent
          .putObject("subscription_item_details")
          .put("subscription", of.id())
          .put("subscription_item", of.item());
      ObjectNode pricing = line.putObject("pricing").put("type", "price_details");
      pricing.putObject("price_details").put("price", of.price().id());
    } else {
      line.put("subscription", of.id()).put("subscription_item", of.item());
      line.put("type", "subscription").set("plan", plan(of.price()));
    }
    return line;
  }

  ObjectNode session(
      String id, Map<String, String> fields, @Nullable FakeStripeSubscription bought, String url) {
    ObjectNode object = object(id, "checkout.session");
    object.put("cancel_url", fields.get("cancel_url"));
    object.put("client_reference_id", fields.get("client_reference_id"));
    object.put("customer", bought == null ? fields.get("customer") : bought.customer());
    object.put("livemode", false);
    object.set("metadata", texts(within(fields, "metadata")));
    object.put("mode", "subscription");
    object.put("payment_status", bought == null ? "unpaid" : "paid");
    object.put("status", bought == null ? "open" : "complete");
    object.put("subscription", bought == null ? null : bought.id());
    object.put("success_url", fields.get("success_url"));
    return object.put("url", bought == null ? url : null);
  }

  /** The members of a field that is an object: {@code metadata[a]} is {@code a} of it. */
  static Map<String, String> within(Map<String, String> fields, String name) {
    Map<String, String> members = new TreeMap<>();
    fields.forEach(
        (field, value) -> {
          if (field.startsWith(name + "[") && field.endsWith("]")) {
            members.put(field.substring(name.length() + 1, field.length() - 1), value);
          }
        });
    return members;
  }

  static ObjectNode list(String url) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("object", "list").putArray("data");
    return list.put("has_more", false).put("url", url);
  }

  private static ObjectNode texts(Map<String, String> values) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    values.forEach(object::put);
    return object;
  }
}
