package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Payments;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.SubscriptionStatus;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Values for tests of what is bought. Every name is new, and ids of deliveries grow, as those of
 * real ones do.
 */
public final class BillingFixtures {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Instant NOW = Fixtures.NOW;

  private BillingFixtures() {}

  /** The name of a subscription at Stripe that nobody has seen before. */
  public static SubscriptionRef aRef() {
    return aRef(PaymentProviderName.STRIPE);
  }

  /** The name of a subscription that nobody has seen before; later ones are greater. */
  public static SubscriptionRef aRef(PaymentProviderName provider) {
    return new SubscriptionRef(provider, "sub_%06d".formatted(COUNTER.incrementAndGet()));
  }

  /** A customer that nobody has seen before. */
  public static String aCustomer() {
    return "cus_" + COUNTER.incrementAndGet();
  }

  /**
   * A subscription at Stripe to the tier pro, paid for the thirty days from {@link Fixtures#NOW}.
   */
  public static Subscription aSubscription(UserId user) {
    return aSubscription(user, aRef(), StripeStatus.ACTIVE);
  }

  /** One of that name and in that status. */
  public static Subscription aSubscription(
      UserId user, SubscriptionRef ref, SubscriptionStatus status) {
    Snapshot snapshot =
        Snapshot.of(ref, aCustomer(), status)
            .withPrices(List.of("price_pro"))
            .withTerm(Term.of(Optional.of(NOW), Optional.of(NOW.plus(Duration.ofDays(30)))));
    Known known =
        status instanceof PaystackStatus
            ? new Known.Ranked()
            : new Known.Dated(NOW, List.of(told("evt_1", snapshot, Map.of())));
    return new Subscription(
        user, new Plan(new TierId("pro"), BillingInterval.MONTH), snapshot, known, Payments.none());
  }

  private static Known.Told told(String event, Snapshot snapshot, Map<Facet, String> previous) {
    return new Known.Told(event, Step.UPDATED, previous, snapshot);
  }

  /** A subscription at Stripe of which everything is known that can be. */
  public static Subscription aFullSubscription(UserId user) {
    SubscriptionRef ref = aRef();
    Instant micros = NOW.plusNanos(123_456_000);
    Term term =
        new Term(
            Optional.of(NOW),
            Optional.of(NOW.plus(Duration.ofDays(365))),
            true,
            Optional.of(NOW.plus(Duration.ofDays(20))),
            Optional.of(NOW.plus(Duration.ofDays(7))),
            Optional.of(micros));
    Snapshot snapshot =
        new Snapshot(
            ref,
            aCustomer(),
            Optional.of(user),
            StripeStatus.PAST_DUE,
            List.of("price_\"b\"", "price_\u00E4"),
            term,
            Optional.of("token"),
            Optional.of(new Money(Currency.getInstance("NGN"), 500_000)));
    Snapshot before = snapshot.withStatus(StripeStatus.TRIALING).withTerm(Term.unknown());
    PaymentFailed failed =
        new PaymentFailed(
            ref,
            "in_1",
            3,
            Optional.of(NOW.plus(Duration.ofDays(2))),
            Optional.of(URI.create("https://pay.example.com/in_1?a=b%20c")),
            true,
            micros);
    Map<Facet, String> previous = Map.of(Facet.STATUS, "trialing", Facet.TRIAL_END, "");
    return new Subscription(
        user,
        new Plan(new TierId("enterprise"), BillingInterval.YEAR),
        snapshot,
        new Known.Dated(
            NOW, List.of(told("evt_1", before, Map.of()), told("evt_2", snapshot, previous))),
        new Payments(
            Optional.of(NOW.minusSeconds(9)),
            Optional.of(NOW.plus(Duration.ofDays(30))),
            Optional.of(failed),
            List.of(NOW.minusSeconds(3), micros)));
  }

  /** The same with another term, and all else as it was. */
  public static Subscription withTerm(Subscription subscription, Term term) {
    return withSnapshot(subscription, subscription.snapshot().withTerm(term));
  }

  /** The same in another status, and all else as it was. */
  public static Subscription withStatus(Subscription subscription, SubscriptionStatus status) {
    return withSnapshot(subscription, subscription.snapshot().withStatus(status));
  }

  /** The same by other words of the provider. */
  public static Subscription withSnapshot(Subscription subscription, Snapshot snapshot) {
    return new Subscription(
        subscription.user(),
        subscription.plan(),
        snapshot,
        subscription.known(),
        subscription.payments());
  }

  /** The same for another tier. */
  public static Subscription withTier(Subscription subscription, String tier) {
    return new Subscription(
        subscription.user(),
        new Plan(new TierId(tier), subscription.plan().interval()),
        subscription.snapshot(),
        subscription.known(),
        subscription.payments());
  }

  /** An id greater than all before it, shaped like UUIDv7. */
  public static WebhookId aWebhookId() {
    return new WebhookId(Fixtures.aJobId().value());
  }

  /** A delivery of Stripe that was received at {@link Fixtures#NOW}. */
  public static Delivered aDelivery() {
    return aDelivery(PaymentProviderName.STRIPE, "evt_" + UUID.randomUUID(), NOW);
  }

  /** A delivery. */
  public static Delivered aDelivery(PaymentProviderName provider, String key, Instant receivedAt) {
    return new Delivered(
        aWebhookId(),
        provider,
        key,
        "customer.subscription.updated",
        Optional.of("2025-03-31.basil"),
        Optional.of(aCustomer()),
        Optional.of(receivedAt.minusSeconds(2)),
        Fixtures.aDigest(),
        ("{\"key\": \"" + key + "\"}").getBytes(StandardCharsets.UTF_8),
        receivedAt);
  }

  /** The same delivery about another customer. */
  public static Delivered withCustomer(Delivered delivered, Optional<String> customer) {
    return new Delivered(
        delivered.id(),
        delivered.provider(),
        delivered.key(),
        delivered.type(),
        delivered.apiVersion(),
        customer,
        delivered.providerTime(),
        delivered.signature(),
        delivered.body(),
        delivered.receivedAt());
  }

  /** A bill of 29.99 dollars that the user has paid at {@link Fixtures#NOW}. */
  public static BillingLedger.Row aRow(UserId user) {
    return new BillingLedger.Row(
        PaymentProviderName.STRIPE,
        BillingLedger.Kind.PAID,
        "in_" + COUNTER.incrementAndGet(),
        Optional.of(user),
        Optional.of(new Money(Currency.getInstance("USD"), 2999)),
        "paid",
        NOW);
  }
}
