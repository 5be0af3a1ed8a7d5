package io.contentcrew.sdk.subscription;

import io.contentcrew.adapters.memory.MemoryStorage;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.RecordingMailer;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A crew in memory that sells plans by scripted providers. */
final class BillingHarness implements AutoCloseable {
  static final SubscriptionRef SUB = new SubscriptionRef(PaymentProviderName.STRIPE, "sub_1");
  static final SubscriptionRef PAYSTACK_SUB =
      new SubscriptionRef(PaymentProviderName.PAYSTACK, "SUB_1");
  static final Plan BASIC = new Plan(new TierId("basic"), BillingInterval.MONTH);
  static final Plan PRO = new Plan(new TierId("pro"), BillingInterval.MONTH);
  static final PriceList PRICES =
      new PriceList(
          List.of(
              new PriceList.Entry(PaymentProviderName.STRIPE, "price_basic", BASIC),
              new PriceList.Entry(PaymentProviderName.STRIPE, "price_pro", PRO),
              new PriceList.Entry(PaymentProviderName.PAYSTACK, "PLN_basic", BASIC)));

  final TestClock clock = new TestClock(Fixtures.NOW);
  final FaultyStorage storage = new FaultyStorage(MemoryStorage.create(clock));
  final ScriptedPayments stripe = new ScriptedPayments(PaymentProviderName.STRIPE, true);
  final ScriptedPayments paystack = new ScriptedPayments(PaymentProviderName.PAYSTACK, false);
  final RecordingMailer mailer = new RecordingMailer();
  ContentCrew crew;

  BillingHarness() {
    crew = crew(PRICES);
  }

  /** Another crew on the same stores, which sells that. */
  ContentCrew crew(PriceList prices) {
    return ContentCrew.builder()
        .storage(storage)
        .clock(clock)
        .mailer(mailer, URI.create("https://crew.example"))
        .payments(BillingSettings.of(prices), stripe, paystack)
        .build();
  }

  Billing billing() {
    return crew.billing();
  }

  User ada() {
    return crew.users().add("ada@example.com", "Ada");
  }

  String tier(UserId user) {
    return crew.tierOf(user).id().value();
  }

  Result tell(String key, SubscriptionEvent... events) {
    return tell(stripe, key, events);
  }

  Result tell(ScriptedPayments provider, String key, SubscriptionEvent... events) {
    return result(
        billing()
            .receiveSubscriptionEvent()
            .receive(provider.name(), provider.delivery(key, events)));
  }

  static Result result(ReceiveSubscriptionEvent.Outcome outcome) {
    if (outcome instanceof ReceiveSubscriptionEvent.Outcome.Accepted(var id, Result result)) {
      return result;
    }
    throw new AssertionError(outcome);
  }

  /** Does what is due, as it is done every few seconds. */
  void applyDue() {
    storage.run("apply-webhooks");
  }

  /** The subjects of the letters that were sent, when there are so many at least. */
  List<String> letters(int atLeast) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    do {
      storage.run("send-letters"); // what a thread of its own is at, that one sends
    } while (mailer.sent().size() < atLeast && System.nanoTime() < deadline);
    storage.run("send-letters");
    return mailer.sent().stream().map(Mailer.Message::subject).toList();
  }

  List<BillingLedger.Row> ledger(UserId user) {
    return storage.read(stores -> stores.billing().list(user));
  }

  // ---- what is told

  Snapshot snapshot(Optional<UserId> user, StripeStatus status, String price) {
    Instant now = clock.instant();
    Snapshot snapshot =
        Snapshot.of(SUB, "cus_1", status)
            .withPrices(List.of(price))
            .withTerm(Term.of(Optional.of(now), Optional.of(now.plus(Duration.ofDays(30)))));
    return user.map(snapshot::withUser).orElse(snapshot);
  }

  Stated stated(Snapshot snapshot, String event, long second) {
    return new Stated(
        snapshot, new Order.Dated(Fixtures.NOW.plusSeconds(second), event, Step.UPDATED, Map.of()));
  }

  Stated active(UserId user) {
    return stated(snapshot(Optional.of(user), StripeStatus.ACTIVE, "price_basic"), "evt_active", 0);
  }

  Stated paystack(UserId user, PaystackStatus status) {
    Instant end = clock.instant().plus(Duration.ofDays(30));
    return new Stated(
        Snapshot.of(PAYSTACK_SUB, "CUS_1", status)
            .withUser(user)
            .withPrices(List.of("PLN_basic"))
            .withTerm(Term.of(Optional.empty(), Optional.of(end))),
        new Order.Ranked());
  }

  @Override
  public void close() {
    crew.close();
  }
}
