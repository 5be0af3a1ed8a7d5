package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FakeStripe} knows, and the events of what happens to it. For one thread at a time.
 */
final class FakeStripeAccount {
  /** What was begun to be bought. */
  record Session(
      String id, Map<String, String> fields, Instant expiresAt, @Nullable String subscription) {}

  private static final Duration SHORTEST_SESSION = Duration.ofMinutes(30);
  private static final Duration LONGEST_SESSION = Duration.ofHours(24);

  private final InstantSource clock;
  private final String name = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, FakeStripePrice> prices = new LinkedHashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, FakeStripeSubscription> subscriptions = new LinkedHashMap<>();
  private final Map<String, String> customers = new LinkedHashMap<>();
  private final Set<String> declining = new HashSet<>();
  private final List<FakeStripeEvent> events = new ArrayList<>();
  private String version = "2026-07-29.dahlia";
  private int names;
  private int failures;

  FakeStripeAccount(InstantSource clock) {
    this.clock = clock;
  }

  /** A name that no other thing has, at this server or another one. */
  String nextId(String kind) {
    return "%s_%s%04d".formatted(kind, name, ++names);
  }

  void speak(String apiVersion) {
    version = apiVersion;
  }

  void sell(FakeStripePrice price) {
    prices.put(price.id(), price);
  }

  FakeStripePrice price(String id, String param) {
    FakeStripePrice price = prices.get(id);
    if (price == null) {
      throw FakeStripeRefusal.invalid("resource_missing", param, "No such price: '" + id + "'");
    }
    return price;
  }

  void requireCustomer(String id) {
    if (!customers.containsKey(id)) {
      throw FakeStripeRefusal.invalid(
          "resource_missing", "customer", "No such customer: '" + id + "'");
    }
  }

  Map<String, Session> sessions() {
    return sessions;
  }

  List<FakeStripeEvent> events() {
    return events;
  }

  List<String> subscriptions() {
    return List.copyOf(subscriptions.keySet());
  }

  FakeStripeSubscription subscription(String id) {
    return Optional.ofNullable(subscriptions.get(id))
        .orElseThrow(() -> FakeStripeRefusal.missing("subscription", id));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  // ---- what happens

  Session begin(Map<String, String> fields) {
    Session session = new Session(nextId("cs_test"), Map.copyOf(fields), expiry(fields), null);
    sessions.put(session.id(), session);
    return session;
  }

  private Instant expiry(Map<String, String> fields) {
    if (!fields.containsKey("expires_at")) {
      return now().plus(LONGEST_SESSION);
    }
    Instant wanted = Instant.ofEpochSecond(Long.parseLong(fields.get("expires_at")));
    if (wanted.isBefore(now().plus(SHORTEST_SESSION))
        || wanted.isAfter(now().plus(LONGEST_SESSION))) {
      throw FakeStripeRefusal.invalid(
          "",
          "expires_at",
          "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.");
    }
    return wanted;
  }

  FakeStripeSubscription pay(String sessionId) {
    Session session = sessions.get(sessionId);
    if (session == null
        || session.subscription() != null
        || !session.expiresAt().isAfter(clock.instant())) {
      throw new IllegalStateException("no open checkout session " + sessionId);
    }
    String known = session.fields().get("customer");
    String customer = known == null ? nextId("cus") : known;
    customers.put(customer, session.fields().getOrDefault("customer_email", ""));
    FakeStripePrice price = price(session.fields().getOrDefault("line_items[0][price]", ""), "");
    Instant now = now();
    FakeStripeSubscription begun =
        new FakeStripeSubscription(
            nextId("sub"),
            nextId("si"),
            customer,
            price,
            "incomplete",
            FakeStripeShapes.within(session.fields(), "subscription_data[metadata]"),
            now,
            now,
            after(now, price),
            false,
            null,
            null,
            null,
            nextId("in"));
    sessions.put(
        sessionId, new Session(sessionId, session.fields(), session.expiresAt(), begun.id()));
    put("customer.subscription.created", begun, null);
    FakeStripeSubscription paid = begun.withStatus("active");
    bill("invoice.paid", paid, true, 1, null);
    put("customer.subscription.updated", paid, begun);
    ObjectNode object = shapes().session(sessionId, session.fields(), paid, "");
    tell("checkout.session.completed", object, null);
    return paid;
  }

  private static Instant after(Instant start, FakeStripePrice price) {
    return start.atOffset(ZoneOffset.UTC).plus(price.interval().length()).toInstant();
  }

  /** The period is over: the next one is paid for, or it ends. */
  void renew(String id) {
    FakeStripeSubscription before = live(id);
    if (before.cancelAtPeriodEnd()) {
      end(id);
      return;
    }
    FakeStripeSubscription next = nextPeriod(before).withStatus("active");
    bill("invoice.paid", next, true, 1, null);
    put("customer.subscription.updated", next, before);
  }

  /** The period is over, and the next one cannot be paid for. */
  void fail(String id) {
    FakeStripeSubscription before = live(id);
    FakeStripeSubscription next =
        before.status().equals("past_due") ? before : nextPeriod(before).withStatus("past_due");
    failures++;
    bill("invoice.payment_failed", next, false, failures, now().plus(Duration.ofDays(3)));
    if (!next.equals(before)) {
      put("customer.subscription.updated", next, before);
    }
  }

  private FakeStripeSubscription nextPeriod(FakeStripeSubscription before) {
    return before.withPeriod(
        before.periodEnd(), after(before.periodEnd(), before.price()), nextId("in"));
  }

  /** It is paid for after all. */
  void settle(String id) {
    FakeStripeSubscription before = live(id);
    FakeStripeSubscription next = before.withStatus("active");
    bill("invoice.paid", next, true, failures, null);
    put("customer.subscription.updated", next, before);
    failures = 0;
  }

  void update(FakeStripeSubscription next) {
    FakeStripeSubscription before = live(next.id());
    if (!next.equals(before)) {
      put("customer.subscription.updated", next, before);
    }
  }

  void decline(String customer, boolean declines) {
    requireCustomer(customer);
    if (declines) {
      declining.add(customer);
    } else {
      declining.remove(customer);
    }
  }

  /**
   * Has another price from now on, and the difference is paid at once: as if not a second of the
   * period were over. Where it cannot be paid, nothing changes.
   */
  FakeStripeSubscription change(String id, FakeStripePrice price) {
    FakeStripeSubscription before = live(id);
    long difference = price.minor() - before.price().minor();
    if (difference > 0 && declining.contains(before.customer())) {
      throw FakeStripeRefusal.of(402, "card_error", "card_declined", "", "Your card was declined.");
    }
    FakeStripeSubscription next = before.withPrice(price);
    if (!next.equals(before)) {
      next = next.withPeriod(before.periodStart(), before.periodEnd(), nextId("in"));
      ObjectNode bill = shapes().invoice(next, true, 1, null);
      bill.put("amount_due", Math.max(difference, 0)).put("amount_paid", Math.max(difference, 0));
      tell("invoice.paid", bill.put("billing_reason", "subscription_update"), null);
      put("customer.subscription.updated", next, before);
    }
    return next;
  }

  FakeStripeSubscription end(String id) {
    FakeStripeSubscription ended = live(id).ended(now());
    put("customer.subscription.deleted", ended, null);
    return ended;
  }

  FakeStripeSubscription ending(String id, boolean ends) {
    FakeStripeSubscription before = live(id);
    if (before.cancelAtPeriodEnd() == ends) {
      return before;
    }
    FakeStripeSubscription next = before.ending(ends ? now() : null);
    update(next);
    return next;
  }

  void endAt(String id, Instant end) {
    update(live(id).endingAt(now(), end));
  }

  private FakeStripeSubscription live(String id) {
    FakeStripeSubscription subscription = subscription(id);
    if (subscription.isOver()) {
      throw FakeStripeRefusal.invalid(
          "", "", "A canceled subscription can only update its cancellation_details and metadata.");
    }
    return subscription;
  }

  void deleteCustomer(String id) {
    requireCustomer(id);
    for (FakeStripeSubscription each : List.copyOf(subscriptions.values())) {
      if (each.customer().equals(id) && !each.isOver()) {
        end(each.id());
      }
    }
    customers.remove(id);
    tell("customer.deleted", FakeStripeShapes.object(id, "customer"), null);
  }

  void refund(String id) {
    FakeStripeSubscription of = subscription(id);
    ObjectNode refund = FakeStripeShapes.object(nextId("re"), "refund");
    refund.put("amount", of.price().minor()).put("charge", nextId("ch")).put("currency", "usd");
    tell("refund.created", refund.put("status", "succeeded"), null);
  }

  // ---- what is told of it

  private FakeStripeShapes shapes() {
    return new FakeStripeShapes(version);
  }

  private void put(
      String type, FakeStripeSubscription next, @Nullable FakeStripeSubscription before) {
    subscriptions.put(next.id(), next);
    ObjectNode object = shapes().subscription(next);
    tell(type, object, before == null ? null : changes(shapes().subscription(before), object));
  }

  /** The members that have changed, as they were before; of a list of items the items alone. */
  private static ObjectNode changes(ObjectNode before, ObjectNode now) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    before
        .properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (!value.equals(now.path(member.getKey()))) {
                ObjectNode items = JsonNodeFactory.instance.objectNode();
                changes.set(
                    member.getKey(),
                    value.has("data") ? items.set("data", value.get("data")) : value);
              }
            });
    return changes;
  }

  private void bill(
      String type, FakeStripeSubscription of, boolean paid, int attempts, @Nullable Instant next) {
    tell(type, shapes().invoice(of, paid, attempts, next), null);
  }

  private void tell(String type, ObjectNode object, @Nullable ObjectNode previous) {
    String id = nextId("evt");
    ObjectNode event = FakeStripeShapes.object(id, "event");
    event.put("api_version", version).put("created", now().getEpochSecond());
    ObjectNode data = event.putObject("data");
    data.set("object", object);
    if (previous != null) {
      data.set("previous_attributes", previous);
    }
    event.put("livemode", false).put("pending_webhooks", 1);
    event.putObject("request").putNull("id").putNull("idempotency_key");
    event.put("type", type);
    byte[] body = event.toPrettyString().getBytes(StandardCharsets.UTF_8);
    events.add(new FakeStripeEvent(id, type, now(), body));
  }
}
