package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.sdk.Now;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Task;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Applies the deliveries that are due: those that whoever has received them could not apply. */
final class ApplyDue {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final int FEW = 20;

  private final Transactions transactions;
  private final Providers providers;
  private final BillingSettings settings;
  private final ApplySubscriptionEvent apply;
  private final CrewObserver observer;
  private final InstantSource clock;

  ApplyDue(
      Transactions transactions,
      Providers providers,
      BillingSettings settings,
      ApplySubscriptionEvent apply,
      CrewObserver observer,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = providers;
    this.settings = settings;
    this.apply = apply;
    this.observer = observer;
    this.clock = clock;
  }

  /** Applies all that are due now. */
  void run() {
    try {
      List<Entry> due;
      List<PaymentProviderName> names = providers.names();
      do {
        Instant now = Now.by(clock);
        due = transactions.inTransaction(stores -> stores.webhooks().take(now, LEASE, names, FEW));
        due.forEach(this::apply);
      } while (due.size() == FEW && !Thread.currentThread().isInterrupted());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Applying what was delivered must wait: {0}", e.getMessage());
    }
  }

  /** Applies one that was taken, or found. Empty if its provider is not there any more. */
  Optional<Result> apply(Entry entry) {
    Optional<PaymentProvider> provider = providers.find(entry.provider());
    if (provider.isEmpty()) { // it stays due for whoever has it
      return Optional.empty();
    }
    WebhookEvent event = provider.get().events().read(entry.body());
    boolean isSaidAgain = !event.hasOwnId() && entry.deliveries() > 1;
    Result result =
        apply.apply(new Task(entry.id(), provider.get(), event, entry.attempts(), isSaidAgain));
    observer.webhookHandled(entry.provider(), entry.type(), result.name().toLowerCase(Locale.ROOT));
    return Optional.of(result);
  }

  /**
   * Makes due what waited for something that came with a start: names of prices, and credentials
   * with which to ask. Again and again, as an instance that does not know them yet may park it
   * anew.
   */
  void releaseKnown() {
    try {
      providers.all().forEach(this::releaseKnown);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Looking at what is parked must wait: {0}", e.getMessage());
    }
  }

  private void releaseKnown(PaymentProvider provider) {
    Instant now = Now.by(clock);
    transactions.inTransaction(
        stores -> {
          WebhookInbox inbox = stores.webhooks();
          long prices =
              inbox.awaited(provider.name(), Waiting.For.PRICE).stream()
                  .filter(price -> settings.prices().plan(provider.name(), price).isPresent())
                  .map(price -> new Waiting(Waiting.For.PRICE, price))
                  .mapToInt(waiting -> inbox.release(provider.name(), waiting, now))
                  .sum();
          long answers =
              provider.arbiter().isEmpty()
                  ? 0
                  : inbox.awaited(provider.name(), Waiting.For.ANSWER).stream()
                      .map(name -> new Waiting(Waiting.For.ANSWER, name))
                      .mapToInt(waiting -> inbox.release(provider.name(), waiting, now))
                      .sum();
          return prices + answers;
        });
  }
}
