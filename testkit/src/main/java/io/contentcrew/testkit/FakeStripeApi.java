package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.testkit.FakeStripeAccount.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The calls that {@link FakeStripe} knows, and no field more than these take: an unknown one is
 * refused, as Stripe does.
 */
final class FakeStripeApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> SESSION =
      Set.of(
          "mode",
          "line_items[0][price]",
          "line_items[0][quantity]",
          "client_reference_id",
          "metadata[user_id]",
          "subscription_data[metadata][user_id]",
          "customer",
          "customer_email",
          "success_url",
          "cancel_url",
          "expires_at");
  private static final Set<String> PORTAL = Set.of("customer", "return_url");
  private static final Set<String> UPDATE =
      Set.of(
          "cancel_at_period_end",
          "cancel_at",
          "items[0][id]",
          "items[0][price]",
          "proration_behavior",
          "payment_behavior");
  private static final Set<String> EVENTS =
      Stream.concat(
              Stream.of("delivery_success", "created[gte]", "limit", "starting_after"),
              IntStream.range(0, 20).mapToObj("types[%d]"::formatted))
          .collect(Collectors.toUnmodifiableSet());

  private final FakeStripeAccount account;
  private final Set<String> taken;
  private final String pages;

  /**
   * Answers for that account.
   *
   * @param taken the names of the events that were delivered
   * @param pages where its pages begin
   */
  FakeStripeApi(FakeStripeAccount account, Set<String> taken, String pages) {
    this.account = account;
    this.taken = taken;
    this.pages = pages;
  }

  ObjectNode answer(FakeStripeRequest request) {
    String path = request.path();
    if (path.startsWith("/v1/subscriptions/")) {
      return subscription(request, path.substring("/v1/subscriptions/".length()));
    }
    return switch (request.method() + " " + path) {
      case "POST /v1/checkout/sessions" -> session(known(request, SESSION));
      case "POST /v1/billing_portal/sessions" -> portal(known(request, PORTAL));
      case "GET /v1/events" -> events(known(request, EVENTS));
      default ->
          throw FakeStripeRefusal.of(
              404, "invalid_request_error", "", "", "Unrecognized request URL (" + request + ").");
    };
  }

  private static Map<String, String> known(FakeStripeRequest request, Set<String> names) {
    Set<String> unknown = new TreeSet<>(request.fields().keySet());
    unknown.removeAll(names);
    for (String name : unknown) {
      throw FakeStripeRefusal.invalid(
          "parameter_unknown", name, "Received unknown parameter: " + name);
    }
    return request.fields();
  }

  private static String wanted(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw FakeStripeRefusal.invalid(
          "parameter_missing", name, "Missing required param: " + name + ".");
    }
    return value;
  }

  private ObjectNode session(Map<String, String> fields) {
    if (!wanted(fields, "mode").equals("subscription")) {
      throw FakeStripeRefusal.invalid("", "mode", "this fake sells subscriptions only");
    }
    account.price(wanted(fields, "line_items[0][price]"), "line_items[0][price]");
    wanted(fields, "line_items[0][quantity]");
    wanted(fields, "success_url");
    if (fields.containsKey("customer") && fields.containsKey("customer_email")) {
      throw FakeStripeRefusal.invalid(
          "",
          "customer",
          "You may only specify one of these parameters: customer, customer_email.");
    }
    if (fields.containsKey("customer")) {
      account.requireCustomer(wanted(fields, "customer"));
    }
    Session session = account.begin(fields);
    return new FakeStripeShapes("")
        .session(session.id(), fields, null, pages + "/c/pay/" + session.id() + "#fidkdWxOYHwn");
  }

  private ObjectNode portal(Map<String, String> fields) {
    String customer = wanted(fields, "customer");
    account.requireCustomer(customer);
    String id = account.nextId("bps");
    return FakeStripeShapes.object(id, "billing_portal.session")
        .put("customer", customer)
        .put("livemode", false)
        .put("return_url", fields.get("return_url"))
        .put("url", pages + "/p/session/" + id);
  }

  private ObjectNode subscription(FakeStripeRequest request, String id) {
    FakeStripeSubscription subscription =
        switch (request.method()) {
          case "GET" -> account.subscription(id);
          case "POST" -> updated(id, known(request, UPDATE));
          case "DELETE" -> ended(id);
          default -> throw FakeStripeRefusal.invalid("", "", "no way to ask about a subscription");
        };
    return new FakeStripeShapes(request.header("Stripe-Version").orElseThrow())
        .subscription(subscription);
  }

  private FakeStripeSubscription ended(String id) {
    if (account.subscription(id).isOver()) {
      throw FakeStripeRefusal.missing("subscription", id);
    }
    return account.end(id);
  }

  private FakeStripeSubscription updated(String id, Map<String, String> fields) {
    if (fields.containsKey("cancel_at_period_end") && fields.containsKey("cancel_at")) {
      throw FakeStripeRefusal.invalid(
          "", "cancel_at", "You cannot set both cancel_at_period_end and cancel_at.");
    }
    if (fields.containsKey("cancel_at_period_end")) {
      return account.ending(id, Boolean.parseBoolean(fields.get("cancel_at_period_end")));
    }
    if (fields.containsKey("cancel_at")) {
      if (!wantedEmpty(fields)) {
        throw FakeStripeRefusal.invalid("", "cancel_at", "this fake only unsets it");
      }
      account.update(account.subscription(id).ending(null));
      return account.subscription(id);
    }
    FakeStripeSubscription before = account.subscription(id);
    if (!wanted(fields, "items[0][id]").equals(before.item())) {
      throw FakeStripeRefusal.invalid("resource_missing", "items[0][id]", "No such item");
    }
    only(fields, "proration_behavior", "always_invoice");
    only(fields, "payment_behavior", "error_if_incomplete");
    return account.change(id, account.price(wanted(fields, "items[0][price]"), "items[0][price]"));
  }

  private static void only(Map<String, String> fields, String name, String value) {
    if (!wanted(fields, name).equals(value)) {
      throw FakeStripeRefusal.invalid("", name, "this fake knows " + value + " only");
    }
  }

  private static boolean wantedEmpty(Map<String, String> fields) {
    return fields.getOrDefault("cancel_at", "").isEmpty();
  }

  private ObjectNode events(Map<String, String> fields) {
    if (!fields.getOrDefault("delivery_success", "").equals("false")) {
      throw FakeStripeRefusal.invalid("", "delivery_success", "this fake lists what failed only");
    }
    long since = Long.parseLong(fields.getOrDefault("created[gte]", "0"));
    int limit = Integer.parseInt(fields.getOrDefault("limit", "10"));
    String after = fields.getOrDefault("starting_after", "");
    Set<String> types =
        fields.entrySet().stream()
            .filter(field -> field.getKey().startsWith("types["))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    List<FakeStripeEvent> found =
        account.events().reversed().stream()
            .filter(event -> !taken.contains(event.id()))
            .filter(event -> types.isEmpty() || types.contains(event.type()))
            .filter(event -> event.created().getEpochSecond() >= since)
            .dropWhile(Predicate.not(event -> after.isEmpty() || event.id().equals(after)))
            .skip(after.isEmpty() ? 0 : 1)
            .toList();
    ObjectNode list = FakeStripeShapes.list("/v1/events");
    found.stream().limit(limit).forEach(event -> list.withArray("data").add(read(event)));
    return list.put("has_more", found.size() > limit);
  }

  private static ObjectNode read(FakeStripeEvent event) {
    try {
      return (ObjectNode) JSON.readTree(event.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
