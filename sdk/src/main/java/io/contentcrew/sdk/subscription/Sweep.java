package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.Notice;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.Endings.Due;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.sdk.Now;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What is to be done about subscriptions when time passes. One instance of all does it. */
final class Sweep {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");
  private static final int FEW = 100;

  /** How far back to look for plans that have ended by the clock: longer than any outage. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  /**
   * What comes before all that test payments have named: nothing that may stand in a name is less.
   */
  private static final SubscriptionRef BEFORE_TESTS =
      new SubscriptionRef(PaymentProviderName.TEST, "!");

  /** For whoever is at one of them, with the provider's slowest answer. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  /** How long it is kept what was delivered and applied. */
  private static final Duration KEEP_DONE = Duration.ofDays(30);

  /** How long it is kept what was given up. */
  private static final Duration KEEP_DEAD = Duration.ofDays(180);

  private final Transactions transactions;
  private final Providers providers;
  private final Keeper keeper;
  private final Aftermath aftermath;
  private final InstantSource clock;

  Sweep(
      Transactions transactions,
      Providers providers,
      Keeper keeper,
      Aftermath aftermath,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = providers;
    this.keeper = keeper;
    this.aftermath = aftermath;
    this.clock = clock;
  }

  /** Tells owners whose plan has ended by the clock, because nothing was paid or said any more. */
  void tellOfLapsed() {
    try {
      Instant now = Now.by(clock);
      Instant from = now.minus(LOOK_BACK);
      int found;
      do {
        List<Subscription> lapsed = tellOfLapsed(from, now);
        found = lapsed.size();
        from = found == 0 ? now : end(lapsed.getLast()).plus(1, ChronoUnit.MICROS);
      } while (found == FEW && from.isBefore(now) && !Thread.currentThread().isInterrupted());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Telling of plans that have ended must wait: {0}", e.getMessage());
    }
  }

  private List<Subscription> tellOfLapsed(Instant from, Instant now) {
    Aftermath.Notes notes = new Aftermath.Notes();
    List<Subscription> told =
        transactions.inTransaction(
            stores -> {
              notes.clear();
              List<Subscription> lapsed = stores.subscriptions().lapsed(from, now, FEW);
              for (Subscription one : lapsed) {
                String key = one.ref().id() + " " + end(one).getEpochSecond();
                Notice ended = new Notice(Notice.Kind.PLAN_ENDED, key);
                keeper.tell(stores, one, ended, notes, now);
              }
              return lapsed;
            });
    aftermath.follow(notes);
    return told;
  }

  private Instant end(Subscription lapsed) {
    return keeper.grantsUntil(lapsed).orElse(Instant.EPOCH);
  }

  /**
   * Ends what was bought by test payments, where there are none any more: nobody has paid for it,
   * and nobody can cancel it.
   */
  void endTests() {
    if (providers.find(PaymentProviderName.TEST).isPresent()) {
      return;
    }
    SubscriptionRef last = BEFORE_TESTS; // not all that are live: this is done at each start
    while (true) {
      SubscriptionRef after = last;
      List<Subscription> tests =
          transactions.read(stores -> stores.subscriptions().live(Optional.of(after), FEW)).stream()
              .takeWhile(one -> one.ref().provider().equals(PaymentProviderName.TEST))
              .toList();
      tests.forEach(this::endTest);
      if (tests.size() < FEW) {
        return;
      }
      last = tests.getLast().ref();
    }
  }

  private void endTest(Subscription one) {
    Instant now = Now.by(clock);
    Snapshot over =
        one.snapshot()
            .withStatus(StripeStatus.CANCELED)
            .withTerm(one.snapshot().term().withEndedAt(now));
    Subscription ended =
        new Subscription(one.user(), one.plan(), over, one.known(), one.payments());
    Aftermath.Notes notes = new Aftermath.Notes();
    transactions.inTransaction(
        stores -> {
          notes.clear();
          Optional<Subscription> held = stores.subscriptions().lock(one.ref());
          keeper.keep(stores, held, ended, List.of(), notes, now);
          return true;
        });
    aftermath.follow(notes);
    LOG.log(Level.WARNING, "{0} was bought by test payments and is ended", one.ref());
  }

  /** Ends at their providers what people had who have left. */
  void end() {
    try {
      List<Due> due;
      do {
        Instant now = Now.by(clock);
        due = transactions.inTransaction(stores -> stores.endings().take(now, LEASE, 1));
        due.forEach(this::end);
      } while (!due.isEmpty() && !Thread.currentThread().isInterrupted());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Ending subscriptions must wait: {0}", e.getMessage());
    }
  }

  private void end(Due due) {
    Subscription one = due.subscription();
    Optional<Checkout> checkout =
        providers.find(one.ref().provider()).flatMap(PaymentProvider::checkout);
    try {
      if (checkout.isEmpty()) {
        postpone(due, "there are no credentials for its provider");
        return;
      }
      checkout.get().end(one);
    } catch (PortException e) {
      postpone(due, e.getMessage());
      return;
    }
    transactions.inTransaction(
        stores -> {
          stores.endings().remove(one.ref());
          return true;
        });
    LOG.log(Level.INFO, "{0} has ended with its owner''s account", one.ref());
  }

  private void postpone(Due due, String why) {
    LOG.log(
        Level.ERROR,
        "{0} is of an account that was deleted and still costs its owner money; it could not be"
            + " ended and will be tried again: {1}",
        due.subscription().ref(),
        why);
    Instant until = Now.by(clock).plus(Pauses.beforeEnding(due.attempt()));
    transactions.inTransaction(
        stores -> {
          stores.endings().postpone(due.subscription().ref(), until);
          return true;
        });
  }

  /** Puts away what was delivered long ago. */
  void purge() {
    try {
      Instant now = Now.by(clock);
      int gone;
      do {
        gone =
            transactions.inTransaction(
                stores -> stores.webhooks().purge(now.minus(KEEP_DONE), now.minus(KEEP_DEAD), FEW));
      } while (gone == FEW && !Thread.currentThread().isInterrupted());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Putting deliveries away must wait: {0}", e.getMessage());
    }
  }
}
