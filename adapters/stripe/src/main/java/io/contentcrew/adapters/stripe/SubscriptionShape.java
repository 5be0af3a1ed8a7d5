package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the Subscription object in the shapes of all API versions: until 2019 an item has a plan
 * and no price; since 2025-03-31 (basil) the period is the items', not the subscription's.
 */
final class SubscriptionShape {
  /** Beyond any price: a sum of them stays a number. */
  private static final long MOST = 1_000_000_000_000L;

  private SubscriptionShape() {}

  /** Which it is. */
  static SubscriptionRef ref(JsonNode object) {
    return Json.text(object, "id")
        .map(SubscriptionShape::ref)
        .orElseThrow(() -> new NotReadableException("a subscription has no id"));
  }

  /** Stripe's subscription of that name. */
  static SubscriptionRef ref(String id) {
    return new SubscriptionRef(PaymentProviderName.STRIPE, id);
  }

  /** Where it is, in Stripe's word. */
  static String status(JsonNode object) {
    return Json.text(object, "status")
        .orElseThrow(() -> new NotReadableException("a subscription has no status"));
  }

  /** What it says. */
  static Snapshot snapshot(JsonNode object, StripeStatus status) {
    String customer =
        Json.id(object, "customer")
            .or(() -> Json.id(object, "customer_account"))
            .orElseThrow(() -> new NotReadableException("a subscription has no customer"));
    return new Snapshot(
        ref(object),
        customer,
        Json.user(object.path("metadata"), "user_id"),
        status,
        prices(object),
        term(object),
        Optional.empty(),
        cost(object));
  }

  /** The sum of all items; empty where one has no fixed price, or they differ in currency. */
  private static Optional<Money> cost(JsonNode object) {
    List<Optional<Money>> costs = Json.list(object, "items").map(item -> itemCost(item)).toList();
    List<Currency> currencies =
        costs.stream().flatMap(Optional::stream).map(Money::currency).distinct().toList();
    return currencies.size() == 1 && costs.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            new Money(
                currencies.getFirst(),
                costs.stream().flatMap(Optional::stream).mapToLong(Money::minor).sum()))
        : Optional.empty();
  }

  private static Optional<Money> itemCost(JsonNode item) {
    long quantity = Json.whole(item, "quantity").filter(many -> many >= 0).orElse(1L);
    return Json.money(item.path("price"), "unit_amount")
        .or(() -> Json.money(item.path("plan"), "amount"))
        .filter(one -> one.minor() >= 0 && quantity < 1_000_000 && one.minor() < MOST)
        .map(one -> new Money(one.currency(), one.minor() * quantity));
  }

  private static List<String> prices(JsonNode object) {
    List<String> ofItems = itemPrices(object);
    return ofItems.isEmpty() ? Json.id(object, "plan").stream().toList() : ofItems;
  }

  private static List<String> itemPrices(JsonNode object) {
    return Json.list(object, "items").flatMap(item -> price(item).stream()).distinct().toList();
  }

  private static Optional<String> price(JsonNode item) {
    return Json.id(item, "price").or(() -> Json.id(item, "plan"));
  }

  /** Items may have different periods: that of the one that goes on for longest. */
  private static Term term(JsonNode object) {
    JsonNode period =
        Json.list(object, "items")
            .filter(item -> end(item).isPresent())
            .max(Comparator.comparing(item -> end(item).orElseThrow()))
            .orElse(object);
    return new Term(
        Json.time(period, "current_period_start"),
        end(period),
        object.path("cancel_at_period_end").booleanValue(),
        Json.time(object, "cancel_at"),
        Json.time(object, "trial_end"),
        Json.time(object, "ended_at"));
  }

  private static Optional<Instant> end(JsonNode object) {
    return Json.time(object, "current_period_end");
  }

  /**
   * What has changed, as it was before, of {@code previous_attributes}. Of members that are objects
   * it holds only what has changed within; lists are there whole.
   */
  static Map<Facet, String> previous(JsonNode previous) {
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    Json.text(previous, "status").ifPresent(status -> facets.put(Facet.STATUS, status));
    previousPrices(previous).ifPresent(prices -> facets.put(Facet.PRICES, prices));
    previousTime(previous, "current_period_end")
        .or(() -> previousItemEnd(previous))
        .ifPresent(end -> facets.put(Facet.PERIOD_END, end));
    JsonNode cancels = previous.path("cancel_at_period_end");
    if (cancels.isBoolean()) {
      facets.put(Facet.CANCELS_AT_PERIOD_END, Boolean.toString(cancels.booleanValue()));
    }
    previousTime(previous, "cancel_at").ifPresent(at -> facets.put(Facet.CANCEL_AT, at));
    previousTime(previous, "trial_end").ifPresent(at -> facets.put(Facet.TRIAL_END, at));
    return facets;
  }

  private static Optional<String> previousPrices(JsonNode previous) {
    List<JsonNode> items = Json.list(previous, "items").toList();
    if (items.isEmpty()) {
      return Json.text(previous.path("plan"), "id");
    }
    return items.stream().allMatch(item -> price(item).isPresent())
        ? Optional.of(String.join(",", itemPrices(previous).stream().sorted().toList()))
        : Optional.empty();
  }

  private static Optional<String> previousItemEnd(JsonNode previous) {
    return Json.list(previous, "items")
        .flatMap(item -> end(item).stream())
        .max(Comparator.naturalOrder())
        .map(SubscriptionShape::seconds);
  }

  /** Null is that there was none. */
  private static Optional<String> previousTime(JsonNode previous, String name) {
    return previous.path(name).isNull()
        ? Optional.of("")
        : Json.time(previous, name).map(SubscriptionShape::seconds);
  }

  private static String seconds(Instant time) {
    return Long.toString(time.getEpochSecond());
  }
}
