package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.SubscriptionStatus;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The shape in which is kept as JSON what a provider has said of a subscription, but for its name.
 *
 * @param statusOf whose word the status is
 */
record SnapshotJson(
    @Nullable String customer,
    @Nullable String user,
    @Nullable String statusOf,
    @Nullable String status,
    @Nullable List<String> prices,
    @Nullable TermJson term,
    @Nullable String manageToken,
    @Nullable String currency,
    @Nullable Long cost) {
  private static final String STRIPE = "stripe";
  private static final String PAYSTACK = "paystack";

  /** For how long it goes. */
  record TermJson(
      @Nullable String periodStart,
      @Nullable String periodEnd,
      boolean cancelsAtPeriodEnd,
      @Nullable String cancelAt,
      @Nullable String trialEnd,
      @Nullable String endedAt) {
    static TermJson of(Term term) {
      return new TermJson(
          text(term.periodStart()),
          text(term.periodEnd()),
          term.cancelsAtPeriodEnd(),
          text(term.cancelAt()),
          text(term.trialEnd()),
          text(term.endedAt()));
    }

    Term toTerm() {
      return new Term(
          maybe(periodStart),
          maybe(periodEnd),
          cancelsAtPeriodEnd,
          maybe(cancelAt),
          maybe(trialEnd),
          maybe(endedAt));
    }
  }

  static SnapshotJson of(Snapshot snapshot) {
    return new SnapshotJson(
        snapshot.customer(),
        snapshot.user().map(UserId::toString).orElse(null),
        switch (snapshot.status()) {
          case StripeStatus status -> STRIPE;
          case PaystackStatus status -> PAYSTACK;
        },
        snapshot.status().wireName(),
        snapshot.prices().isEmpty() ? null : snapshot.prices(),
        TermJson.of(snapshot.term()),
        snapshot.manageToken().orElse(null),
        snapshot.cost().map(money -> money.currency().getCurrencyCode()).orElse(null),
        snapshot.cost().map(Money::minor).orElse(null));
  }

  Snapshot toSnapshot(SubscriptionRef ref) {
    return new Snapshot(
        ref,
        SubscriptionJson.there(customer),
        Optional.ofNullable(user).map(id -> new UserId(UUID.fromString(id))),
        toStatus(SubscriptionJson.there(status)),
        prices == null ? List.of() : prices,
        term == null ? Term.unknown() : term.toTerm(),
        Optional.ofNullable(manageToken),
        cost == null || currency == null
            ? Optional.empty()
            : Optional.of(new Money(Currency.getInstance(currency), cost)));
  }

  private SubscriptionStatus toStatus(String name) {
    Optional<? extends SubscriptionStatus> found =
        switch (SubscriptionJson.there(statusOf)) {
          case STRIPE -> StripeStatus.of(name);
          case PAYSTACK -> PaystackStatus.of(name);
          default -> Optional.empty();
        };
    return found.orElseThrow(() -> Json.unreadable("status of a subscription"));
  }

  /** The facets of those names; one that is not known is of a newer version, and passed over. */
  static Map<Facet, String> facets(@Nullable Map<String, String> byName) {
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    if (byName != null) {
      byName.forEach(
          (name, value) ->
              Arrays.stream(Facet.values())
                  .filter(facet -> facet.name().equals(name))
                  .forEach(facet -> facets.put(facet, value)));
    }
    return facets;
  }

  /** With the fraction that columns keep, too. */
  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }

  static @Nullable String text(Optional<Instant> time) {
    return time.map(SnapshotJson::text).orElse(null);
  }

  static Instant parsed(String time) {
    try {
      return Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw Json.unreadable("time");
    }
  }

  static Optional<Instant> maybe(@Nullable String time) {
    return Optional.ofNullable(time).map(SnapshotJson::parsed);
  }
}
