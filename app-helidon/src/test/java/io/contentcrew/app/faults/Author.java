package io.contentcrew.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes up the story of a subscription at Stripe. What happens at once is told in one and the same
 * second, by several events; what an update has changed it says, as Stripe does.
 */
final class Author {
  /** The settings by which instances understand the stories. */
  static final String PRICES = "basic.month=price_basic,pro.month=price_pro";

  /** A word in every body, that may stand in no log. */
  static final String BODY_CANARY = "xylobody";

  private static final Map<String, String> TIERS =
      Map.of("price_basic", "basic", "price_pro", "pro");
  private static final long MONTH = 30 * 86_400;

  private final RandomGenerator random;
  private final String user;
  private final String name;
  private final List<Story.Event> events = new ArrayList<>();
  private final Map<String, Long> paid = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private long second;
  private String owner; // as the subscription's metadata tell it; empty if they do not
  private String status = "";
  private String price;
  private long periodStart;
  private boolean cancels;
  private int bills;

  /**
   * Writes one story.
   *
   * @param name of the subscription
   * @param second when it begins, since 1970
   */
  Author(RandomGenerator random, String user, String name, long second) {
    this.random = random;
    this.user = user;
    this.owner = user;
    this.name = name;
    this.second = second;
    this.periodStart = second;
    this.price = random.nextBoolean() ? "price_basic" : "price_pro";
  }

  /** Of a subscription that is begun, goes on for a while, and may end. */
  Story write() {
    begin();
    int turns = random.nextInt(2, 6);
    for (int i = 0; i < turns; i++) {
      later();
      goOn();
    }
    if (random.nextBoolean()) {
      later();
      end();
    }
    return new Story(user, name, events, new Story.Known(status, TIERS.get(price), paid, failed));
  }

  /** Of a subscription of somebody whom nobody knows. */
  Story ofAStranger() {
    owner = "";
    status = "active";
    tell("customer.subscription.created", subscription(), Map.of());
    return new Story(user, name, events, new Story.Parked("CUSTOMER"));
  }

  /** Of a subscription to something that is not sold here. */
  Story ofAnUnknownPrice() {
    price = "price_of_" + name;
    status = "active";
    tell("customer.subscription.created", subscription(), Map.of());
    return new Story(user, name, events, new Story.Parked("PRICE"));
  }

  /** Of a bill for a subscription of which nothing is told. */
  Story ofABillAlone() {
    pay();
    return new Story(user, name, events, new Story.Parked("SUBSCRIPTION"));
  }

  private void later() {
    second += random.nextInt(1, 3);
  }

  // ---- what happens

  private void begin() {
    boolean isToldByCheckout = random.nextInt(3) == 0;
    if (isToldByCheckout) {
      owner = "";
    }
    if (random.nextInt(4) == 0) {
      status = "trialing";
      tell("customer.subscription.created", subscription(), Map.of());
    } else {
      status = "incomplete";
      tell("customer.subscription.created", subscription(), Map.of());
      become("active");
      pay();
    }
    if (isToldByCheckout) {
      Map<String, Object> session = object("cs_" + name, "checkout.session");
      session.put("mode", "subscription");
      session.put("client_reference_id", user);
      session.put("subscription", name);
      tell("checkout.session.completed", session, Map.of());
    }
  }

  private void goOn() {
    switch (random.nextInt(5)) {
      case 0 -> renew();
      case 1, 2 -> payOrFail();
      case 3 -> {
        changePrice();
        if (random.nextBoolean()) {
          changeCancellation();
        }
      }
      default -> changeCancellation();
    }
  }

  private void renew() {
    Map<String, Object> before = Map.of("items", items());
    periodStart += MONTH / 30;
    update(before);
    if (!status.equals("trialing")) {
      pay();
    }
  }

  /** Who owes pays or is given up; who does not cannot be collected from. */
  private void payOrFail() {
    switch (status) {
      case "past_due" -> {
        if (random.nextBoolean()) {
          become("active");
          pay();
        } else {
          become("unpaid");
        }
      }
      case "unpaid" -> {
        become("active");
        pay();
      }
      default -> {
        become("past_due");
        fail();
        if (random.nextInt(3) == 0) {
          become("unpaid"); // in the same second
        }
      }
    }
  }

  private void changePrice() {
    Map<String, Object> before = Map.of("items", items());
    price = price.equals("price_basic") ? "price_pro" : "price_basic";
    update(before);
  }

  private void changeCancellation() {
    Map<String, Object> before = Map.of("cancel_at_period_end", cancels);
    cancels = !cancels;
    update(before);
  }

  private void end() {
    if (random.nextInt(3) == 0) {
      changeCancellation();
    }
    status = "canceled";
    Map<String, Object> subscription = subscription();
    subscription.put("ended_at", second);
    tell("customer.subscription.deleted", subscription, Map.of());
  }

  private void become(String next) {
    Map<String, Object> before = Map.of("status", status);
    status = next;
    update(before);
  }

  // ---- how it is told

  private void update(Map<String, Object> before) {
    tell("customer.subscription.updated", subscription(), before);
  }

  private void pay() {
    Map<String, Object> invoice = invoice();
    long amount = 1_000 + bills;
    invoice.put("amount_paid", amount);
    paid.put((String) invoice.get("id"), amount);
    tell("invoice.paid", invoice, Map.of());
  }

  private void fail() {
    Map<String, Object> invoice = invoice();
    invoice.put("attempt_count", 1);
    failed.add((String) invoice.get("id"));
    tell("invoice.payment_failed", invoice, Map.of());
  }

  private Map<String, Object> object(String id, String kind) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", id);
    object.put("object", kind);
    object.put("customer", "cus_" + name);
    object.put("description", BODY_CANARY);
    return object;
  }

  private Map<String, Object> subscription() {
    Map<String, Object> subscription = object(name, "subscription");
    subscription.put("status", status);
    subscription.put("cancel_at_period_end", cancels);
    subscription.put("metadata", owner.isEmpty() ? Map.of() : Map.of("user_id", owner));
    subscription.put("items", items());
    return subscription;
  }

  private Map<String, Object> items() {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", "si_" + name);
    item.put("price", Map.of("id", price, "object", "price"));
    item.put("current_period_start", periodStart);
    item.put("current_period_end", periodStart + MONTH);
    return Map.of("object", "list", "data", List.of(item));
  }

  private Map<String, Object> invoice() {
    Map<String, Object> invoice = object("in_%s_%d".formatted(name, ++bills), "invoice");
    invoice.put("currency", "usd");
    invoice.put("hosted_invoice_url", "https://pay.example/" + BODY_CANARY);
    invoice.put("parent", Map.of("subscription_details", Map.of("subscription", name)));
    Map<String, Object> line =
        Map.of(
            "parent",
            Map.of(
                "type",
                "subscription_item_details",
                "subscription_item_details",
                Map.of("subscription", name)),
            "period",
            Map.of("start", periodStart, "end", periodStart + MONTH));
    invoice.put("lines", Map.of("object", "list", "data", List.of(line)));
    return invoice;
  }

  /** Names of events have no order. */
  private void tell(String type, Map<String, Object> object, Map<String, Object> before) {
    String id = "evt_%08x_%s_%d".formatted(random.nextInt(), name, events.size() + 1);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("object", object);
    if (!before.isEmpty()) {
      data.put("previous_attributes", before);
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", id);
    event.put("object", "event");
    event.put("api_version", "2025-09-30.clover");
    event.put("created", second);
    event.put("livemode", false);
    event.put("type", type);
    event.put("data", data);
    try {
      byte[] body = Api.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(event);
      events.add(new Story.Event(id, type, second, body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
