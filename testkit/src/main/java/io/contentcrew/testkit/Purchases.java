package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.TierChanges.Change;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.ports.subscription.WebhookInbox.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What somebody has bought, with something in every store that has to do with it. */
final class Purchases {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final PaymentProviderName STRIPE = PaymentProviderName.STRIPE;
  private static final Waiting WAITING = new Waiting(Waiting.For.PRICE, "price");
  private static final Query ALL =
      new Query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 100);

  private final UserId user;
  private final Subscription bought;
  private final String customer;
  private final Delivered delivery;
  private final Delivered parked = BillingFixtures.aDelivery();
  private final Delivered dead = BillingFixtures.aDelivery();
  private final Delivered done = BillingFixtures.aDelivery();
  private final BillingLedger.Row bill;
  private final Subscription ending = BillingFixtures.aSubscription(Fixtures.aUserId());

  Purchases(UserId user) {
    this.user = user;
    bought = BillingFixtures.aSubscription(user);
    customer = bought.snapshot().customer();
    delivery = BillingFixtures.withCustomer(BillingFixtures.aDelivery(), Optional.of(customer));
    bill = BillingFixtures.aRow(user);
  }

  /** Puts something into every store; the user and the tier pro must be stored. */
  void put(Stores stores) {
    stores.customers().link(STRIPE, customer, user, NOW);
    stores.subscriptions().save(bought, Optional.of(NOW.plus(DAY)), NOW);
    WebhookInbox inbox = stores.webhooks();
    for (Delivered one : List.of(delivery, parked, dead, done)) {
      inbox.store(one, NOW, Duration.ZERO);
    }
    inbox.park(parked.id(), WAITING, NOW, DAY);
    inbox.bury(dead.id(), "hopeless", NOW);
    inbox.finish(done.id(), "APPLIED", NOW);
    stores.billing().add(bill);
    stores.tierChanges().add(user, 1, NOW);
    stores.endings().add(ending, NOW);
  }

  /** What is in the stores, of which each differs after {@link #change}. */
  List<Object> look(Stores stores) {
    WebhookInbox inbox = stores.webhooks();
    return List.of(
        stores.subscriptions().find(bought.ref()),
        stores.subscriptions().bought(user),
        stores.subscriptions().bought(STRIPE, customer),
        stores.subscriptions().live(Optional.empty(), 100),
        stores.subscriptions().lapsed(NOW, NOW.plus(DAY).plus(DAY), 100),
        stores.customers().of(STRIPE, user),
        words(inbox, delivery.id()),
        words(inbox, parked.id()),
        words(inbox, dead.id()),
        words(inbox, done.id()),
        inbox.page(ALL).stream().map(Purchases::words).toList(),
        inbox.counts(),
        inbox.awaited(STRIPE, WAITING.what()),
        stores.billing().list(user),
        changes(stores).toList(),
        stores.endings().take(NOW.plus(DAY), Duration.ZERO, 100));
  }

  private Stream<Change> changes(Stores stores) {
    return stores.tierChanges().take(NOW.plus(DAY), Duration.ZERO, 100).stream()
        .filter(change -> change.user().equals(user));
  }

  private static Optional<String> words(WebhookInbox inbox, WebhookId id) {
    return inbox.find(id).map(Purchases::words);
  }

  /** Entries are never equal, as their bodies are not. */
  private static String words(Entry entry) {
    return "%s %s %d %d %s %s %s"
        .formatted(
            entry.id(),
            entry.state(),
            entry.attempts(),
            entry.deliveries(),
            entry.nextAt(),
            entry.note(),
            entry.settledAt());
  }

  /** Changes something in every store, in every way there is. */
  void change(Stores stores) {
    stores.customers().link(STRIPE, BillingFixtures.aCustomer(), user, NOW.plusSeconds(1));
    Subscription over = BillingFixtures.withStatus(bought, StripeStatus.CANCELED);
    stores.subscriptions().lock(bought.ref());
    stores.subscriptions().save(over, Optional.of(Instant.EPOCH), NOW);
    stores.subscriptions().save(BillingFixtures.aSubscription(user), Optional.empty(), NOW);
    changeInbox(stores.webhooks());
    stores.billing().add(BillingFixtures.aRow(user));
    stores.tierChanges().add(user, 2, NOW);
    stores.tierChanges().take(NOW, DAY, 100);
    stores.tierChanges().remove(user, 2);
    stores.endings().add(BillingFixtures.aSubscription(user), NOW);
    stores.endings().take(NOW, DAY, 100);
    stores.endings().postpone(ending.ref(), NOW);
    stores.endings().remove(ending.ref());
  }

  private void changeInbox(WebhookInbox inbox) {
    inbox.store(BillingFixtures.aDelivery(STRIPE, delivery.key(), NOW), NOW, Duration.ZERO);
    inbox.take(NOW, DAY, List.of(STRIPE), 100);
    inbox.retry(delivery.id(), "no luck", NOW, Duration.ZERO);
    inbox.release(STRIPE, WAITING, NOW);
    inbox.replay(dead.id(), NOW);
    inbox.purge(NOW.plusSeconds(1), NOW, 100);
    Delivered other = BillingFixtures.aDelivery();
    inbox.store(other, NOW, Duration.ZERO);
    inbox.park(other.id(), new Waiting(Waiting.For.CUSTOMER, "other"), NOW, Duration.ZERO);
    inbox.bury(other.id(), "hopeless", NOW);
    Delivered another = BillingFixtures.aDelivery();
    inbox.store(another, NOW, Duration.ZERO);
    inbox.finish(another.id(), "APPLIED", NOW);
  }

  /** Which stores still hold something of it, after the account was erased. */
  void left(Stores stores, BiConsumer<String, Boolean> left) {
    left.accept("what was bought", !stores.subscriptions().bought(user).isEmpty());
    left.accept("the subscription", stores.subscriptions().find(bought.ref()).isPresent());
    left.accept(
        "what the customer has", !stores.subscriptions().bought(STRIPE, customer).isEmpty());
    left.accept("the customer", stores.customers().find(STRIPE, customer).isPresent());
    left.accept("who it is", stores.customers().of(STRIPE, user).isPresent());
    left.accept("the delivery", stores.webhooks().find(delivery.id()).isPresent());
    left.accept("the bill", !stores.billing().list(user).isEmpty());
    left.accept("the change", changes(stores).findAny().isPresent());
  }
}
