package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes the webhooks of {@link TestPayments}. Safe for use by many threads. */
final class TestPaymentsDesk {
  private static final Duration UNTIL_NEXT_ATTEMPT = Duration.ofDays(3);

  private final TestPaymentsSeal seal;
  private final InstantSource clock;

  TestPaymentsDesk(TestPaymentsSeal seal, InstantSource clock) {
    this.seal = seal;
    this.clock = clock;
  }

  // ---- what is bought

  /** The same names each time: who delivers both does nothing twice. */
  List<WebhookDelivery> bought(TestPaymentsOrder order) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = after(now, order.plan().interval().length());
    Snapshot snapshot =
        new Snapshot(
            new SubscriptionRef(PaymentProviderName.TEST, order.subscription()),
            order.customer(),
            Optional.of(order.user()),
            StripeStatus.ACTIVE,
            List.of(order.price()),
            Term.of(Optional.of(now), Optional.of(end)),
            Optional.empty(),
            Optional.empty());
    TestPaymentsForm customer =
        event("test_evt_" + order.name() + "_customer", "customer.known", now)
            .put("customer", order.customer())
            .put("user", order.user().toString());
    TestPaymentsForm created =
        event("test_evt_" + order.name() + "_created", "subscription.created", now);
    TestPaymentsSnapshot.write(snapshot, created);
    paid(created, bill(snapshot.ref(), now), order.amount(), end);
    return List.of(seal.sign(customer.bytes()), seal.sign(created.bytes()));
  }

  private static Instant after(Instant from, Period period) {
    return from.atOffset(ZoneOffset.UTC).plus(period).toInstant();
  }

  // ---- what becomes of it

  /** It ends with its period, or goes on after it; empty if it does so already. */
  Optional<WebhookDelivery> turned(Subscription subscription, boolean off) {
    boolean isOver = isOver(subscription);
    if (isOver && !off) {
      throw over();
    }
    Term term = subscription.snapshot().term();
    return isOver || term.cancelsAtPeriodEnd() == off
        ? Optional.empty()
        : updated(
            subscription,
            randomName(),
            subscription.snapshot().withTerm(term.withCancelsAtPeriodEnd(off)));
  }

  /** It is for something else; empty if it is so already. */
  Optional<WebhookDelivery> changed(Subscription subscription, String price, String key) {
    if (isOver(subscription)) {
      throw over();
    }
    String name = "test_evt_" + TestPaymentsSeal.name(subscription.ref() + "\n" + key);
    return subscription.snapshot().prices().equals(List.of(price))
        ? Optional.empty()
        : updated(subscription, name, subscription.snapshot().withPrices(List.of(price)));
  }

  private static PortFailureException over() {
    return new PortFailureException(
        "what has ended at the test payments stays so: subscribe anew", null);
  }

  /** It is over; empty if it is so already. */
  Optional<WebhookDelivery> ended(Subscription subscription) {
    if (isOver(subscription)) {
      return Optional.empty();
    }
    Instant now = second(subscription);
    Snapshot after =
        subscription
            .snapshot()
            .withStatus(StripeStatus.CANCELED)
            .withTerm(subscription.snapshot().term().withEndedAt(now));
    TestPaymentsForm form = event(randomName(), "subscription.deleted", now);
    TestPaymentsSnapshot.write(after, form);
    previous(form, subscription.snapshot(), after);
    return Optional.of(seal.sign(form.bytes()));
  }

  /** Its period is over: it is paid, or it ends. */
  Optional<WebhookDelivery> renewed(Subscription subscription) {
    Snapshot before = subscription.snapshot();
    if (before.term().cancelsAtPeriodEnd() || isOver(subscription)) {
      return ended(subscription);
    }
    Instant start = before.term().periodEnd().orElseGet(() -> second(subscription));
    Instant end = after(start, subscription.plan().interval().length());
    Snapshot after =
        before
            .withStatus(StripeStatus.ACTIVE)
            .withTerm(Term.of(Optional.of(start), Optional.of(end)));
    TestPaymentsForm form = update(subscription, randomName(), after);
    paid(form, bill(before.ref(), start), Optional.empty(), end);
    return Optional.of(seal.sign(form.bytes()));
  }

  /** A payment fails; empty if it has ended, and nothing is to be paid. */
  Optional<WebhookDelivery> failed(Subscription subscription) {
    if (isOver(subscription)) {
      return Optional.empty();
    }
    Snapshot before = subscription.snapshot();
    Instant now = second(subscription);
    int attempts = subscription.payments().problem().map(known -> known.attempts() + 1).orElse(1);
    TestPaymentsForm form =
        update(subscription, randomName(), before.withStatus(StripeStatus.PAST_DUE))
            .put("failed.invoice", bill(before.ref(), before.term().periodEnd().orElse(now)))
            .put("failed.attempts", Integer.toString(attempts))
            .put("failed.next", Long.toString(now.plus(UNTIL_NEXT_ATTEMPT).getEpochSecond()));
    return Optional.of(seal.sign(form.bytes()));
  }

  private static boolean isOver(Subscription subscription) {
    return subscription.snapshot().status().isFinal();
  }

  // ---- how it is written

  private Optional<WebhookDelivery> updated(
      Subscription subscription, String name, Snapshot after) {
    return Optional.of(seal.sign(update(subscription, name, after).bytes()));
  }

  private TestPaymentsForm update(Subscription subscription, String name, Snapshot after) {
    TestPaymentsForm form = event(name, "subscription.updated", second(subscription));
    TestPaymentsSnapshot.write(after, form);
    previous(form, subscription.snapshot(), after);
    return form;
  }

  private static TestPaymentsForm event(String name, String type, Instant now) {
    return new TestPaymentsForm()
        .put("id", name)
        .put("type", type)
        .put("created", Long.toString(now.getEpochSecond()));
  }

  private static String randomName() {
    return "test_evt_" + UUID.randomUUID();
  }

  /** Now, but later than what was told last: nobody shall have to guess which came first. */
  private Instant second(Subscription subscription) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return subscription.known() instanceof Known.Dated(Instant told, var all) && !now.isAfter(told)
        ? told.plusSeconds(1)
        : now;
  }

  private static void previous(TestPaymentsForm form, Snapshot before, Snapshot after) {
    Map<Snapshot.Facet, String> changed = after.facets();
    before
        .facets()
        .forEach(
            (facet, value) -> {
              if (!value.equals(changed.get(facet))) {
                form.put("previous." + facet.name().toLowerCase(Locale.ROOT), value);
              }
            });
  }

  private static String bill(SubscriptionRef subscription, Instant from) {
    return "test_inv_" + TestPaymentsSeal.name(subscription + "\n" + from.getEpochSecond());
  }

  private static void paid(
      TestPaymentsForm form, String bill, Optional<Money> amount, Instant through) {
    form.put("paid.invoice", bill)
        .put("paid.amount", amount.map(Money::minor))
        .put("paid.currency", amount.map(money -> money.currency().getCurrencyCode()))
        .put("paid.through", Long.toString(through.getEpochSecond()));
  }
}
