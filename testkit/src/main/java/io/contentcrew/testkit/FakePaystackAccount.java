package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link FakePaystack} holds, and its answers. For one thread at a time. */
final class FakePaystackAccount {
  private static final String NOT_ACTIVE = "Subscription with code not found or already inactive";

  record Plan(String code, Money price, BillingInterval interval) {}

  record Transaction(String reference, String email, Optional<Plan> plan, JsonNode metadata) {}

  /** A subscription; changes. */
  static final class Held {
    final String code;
    final String customer;
    final String email;
    final Plan plan;
    final JsonNode metadata;
    final Instant createdAt;
    String token;
    String status = "active";
    Instant nextPayment;
    int bills;

    Held(String code, String customer, Transaction bought, Plan plan, Instant now) {
      this.code = code;
      this.customer = customer;
      this.email = bought.email();
      this.plan = plan;
      this.metadata = bought.metadata();
      this.createdAt = now;
      this.token = "token-of-" + code;
      this.nextPayment = later(now);
    }

    Instant later(Instant from) {
      return from.atOffset(ZoneOffset.UTC).plus(plan.interval().length()).toInstant();
    }

    boolean renews() {
      return status.equals("active") || status.equals("attention");
    }
  }

  record Answer(int status, JsonNode body) {}

  final Map<String, Plan> plans = new HashMap<>();
  final Map<String, Transaction> transactions = new HashMap<>();
  final Map<String, Held> subscriptions = new HashMap<>();
  final Map<String, Held> paid = new HashMap<>();
  final List<byte[]> events = new ArrayList<>();
  private final InstantSource clock;

  FakePaystackAccount(InstantSource clock) {
    this.clock = clock;
  }

  Answer answer(String method, String path, JsonNode body, URI self) {
    String[] parts = path.substring(1).split("/", -1);
    String call = method + " /" + parts[0] + (parts.length > 1 ? "/" + parts[1] : "");
    return switch (call) {
      case "POST /transaction/initialize" -> initialize(body, self);
      case "POST /subscription/disable" -> turn(body, true);
      case "POST /subscription/enable" -> turn(body, false);
      default -> method.equals("GET") ? get(parts, self) : refusal(404, "Route not found", "");
    };
  }

  private Answer get(String[] parts, URI self) {
    boolean isPlan = parts.length == 2 && parts[0].equals("plan");
    if (isPlan) {
      return plans.containsKey(parts[1])
          ? done(FakePaystackEvents.plan(plans.get(parts[1])))
          : refusal(404, "Plan not found", "not_found");
    }
    boolean isManage = parts.length == 4 && parts[2].equals("manage") && parts[3].equals("link");
    if (!parts[0].equals("subscription") || (parts.length != 2 && !isManage)) {
      return refusal(404, "Route not found", "");
    }
    Held held = subscriptions.get(parts[1]);
    if (held == null) {
      return refusal(404, "Subscription not found", "not_found");
    }
    return done(
        isManage
            ? fresh().put("link", self + "/manage/" + held.code)
            : FakePaystackEvents.subscription(held, held.renews()));
  }

  private Answer initialize(JsonNode body, URI self) {
    String reference = body.path("reference").asText("");
    if (transactions.containsKey(reference)) {
      return refusal(400, "Duplicate Transaction Reference", "duplicate_reference");
    }
    if (!body.path("email").asText("").contains("@")) {
      return refusal(400, "Invalid Email Address Passed", "invalid_params");
    }
    if (body.path("amount").asLong(0) <= 0) {
      return refusal(400, "Invalid Amount Sent", "invalid_params");
    }
    Optional<Plan> plan = Optional.ofNullable(plans.get(body.path("plan").asText("")));
    if (body.hasNonNull("plan") && plan.isEmpty()) {
      return refusal(400, "Invalid plan Sent", "invalid_params");
    }
    String currency = plan.map(one -> one.price().currency().getCurrencyCode()).orElse("NGN");
    if (!body.path("currency").asText(currency).equals(currency)) {
      return refusal(403, "Currency not supported by merchant", "unsupported_currency");
    }
    transactions.put(
        reference,
        new Transaction(reference, body.path("email").asText(), plan, body.path("metadata")));
    return done(
        fresh()
            .put("authorization_url", self + "/checkout/" + reference)
            .put("access_code", "access-" + reference)
            .put("reference", reference));
  }

  private Answer turn(JsonNode body, boolean off) {
    Held held = subscriptions.get(body.path("code").asText(""));
    boolean isOver = held != null && (held.status.equals("cancelled") || isComplete(held));
    if (held == null
        || isOver
        || held.renews() != off
        || !held.token.equals(body.path("token").asText(""))) {
      return refusal(404, NOT_ACTIVE, "not_found");
    }
    held.status = off ? "non-renewing" : "active";
    if (off) {
      events.add(FakePaystackEvents.notRenewing(held));
    }
    return done(fresh());
  }

  private static boolean isComplete(Held held) {
    return held.status.equals("completed");
  }

  /** The subscription that a payment makes; the same when it is asked for again. */
  Held pay(String reference) {
    Transaction transaction = transactions.get(reference);
    if (transaction == null || transaction.plan().isEmpty()) {
      throw new IllegalArgumentException("no payment for a plan was begun as " + reference);
    }
    return paid.computeIfAbsent(reference, key -> subscribe(transaction));
  }

  private Held subscribe(Transaction transaction) {
    String number = Integer.toString(subscriptions.size() + 1);
    String customer =
        subscriptions.values().stream()
            .filter(other -> other.email.equals(transaction.email()))
            .map(other -> other.customer)
            .findFirst()
            .orElse("CUS_fake" + number);
    Held held =
        new Held(
            "SUB_fake" + number,
            customer,
            transaction,
            transaction.plan().orElseThrow(),
            clock.instant());
    subscriptions.put(held.code, held);
    return held;
  }

  Held subscription(String code) {
    Held held = subscriptions.get(code);
    if (held == null) {
      throw new IllegalArgumentException("there is no subscription " + code);
    }
    return held;
  }

  static Answer refusal(int status, String message, String code) {
    ObjectNode body = fresh().put("status", false).put("message", message);
    return new Answer(status, code.isEmpty() ? body : body.put("code", code));
  }

  private static Answer done(JsonNode data) {
    return new Answer(200, fresh().put("status", true).put("message", "Done").set("data", data));
  }

  static ObjectNode fresh() {
    return JsonNodeFactory.instance.objectNode();
  }
}
