package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.sdk.Now;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells apart, of providers whose events have no names, the same event delivered again from the
 * same said again, as when a subscription is cancelled, resumed and cancelled once more: it is
 * meant again if things are not as it says any more. Then it is applied again; whoever does that
 * asks the provider, where it can be asked.
 */
final class SaidAgain {
  private final Transactions transactions;
  private final Books books;
  private final InstantSource clock;

  SaidAgain(Transactions transactions, Books books, InstantSource clock) {
    this.transactions = transactions;
    this.books = books;
    this.clock = clock;
  }

  /** Whether it is meant again; then it is due. */
  boolean isMeant(PaymentProvider provider, WebhookEvent event, WebhookId id) {
    Instant now = Now.by(clock);
    boolean changes =
        transactions.read(
            stores ->
                event.events().stream()
                    .anyMatch(one -> one instanceof Stated stated && changes(stores, stated)));
    return changes && transactions.inTransaction(stores -> stores.webhooks().replay(id, now));
  }

  private boolean changes(Stores stores, Stated stated) {
    Optional<Subscription> held = stores.subscriptions().find(stated.subscription());
    return books.transition(stores, held, stated) instanceof Transition.Changed;
  }
}
