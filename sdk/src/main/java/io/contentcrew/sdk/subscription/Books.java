package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.Notice;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Charged;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerDeleted;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.domain.subscription.Transition.Changed;
import io.contentcrew.domain.subscription.Transition.Kept;
import io.contentcrew.domain.subscription.Transition.Undecided;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.BillingLedger.Kind;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Enters in the stores what an event means, within a transaction. */
final class Books {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");

  private final TierCatalog catalog;
  private final BillingSettings settings;
  private final Keeper keeper;

  Books(TierCatalog catalog, BillingSettings settings, Keeper keeper) {
    this.catalog = catalog;
    this.settings = settings;
    this.keeper = keeper;
  }

  /** What came of it. */
  sealed interface Entered {
    record Done(Result result) implements Entered {}

    record Waits(Waiting waiting) implements Entered {}

    /**
     * The provider must be asked how it is; nothing was entered.
     *
     * @param cannotDoWithout whether nothing can be decided without its answer
     */
    record MustAsk(SubscriptionRef subscription, boolean cannotDoWithout) implements Entered {}
  }

  /**
   * Something to be entered.
   *
   * @param canAsk whether the provider can be asked
   * @param isSaidAgain whether the provider has sent the same again, and may mean it
   * @param answers what it has answered, by what it was asked about
   */
  record Entry(
      SubscriptionEvent event,
      boolean canAsk,
      boolean isSaidAgain,
      Map<SubscriptionRef, Optional<Stated>> answers) {
    /** Something of which nothing can or need be asked. */
    static Entry of(SubscriptionEvent event) {
      return new Entry(event, false, false, Map.of());
    }
  }

  Entered enter(
      Stores stores,
      PaymentProviderName provider,
      Entry entry,
      Aftermath.Notes notes,
      Instant now) {
    return switch (entry.event) {
      case OfSubscription one -> ofSubscription(stores, one, entry, notes, now);
      case CustomerKnown known -> known(stores, known, now);
      case Charged charged -> charged(stores, charged, notes, now);
      case CustomerDeleted deleted -> deleted(stores, deleted, notes, now);
      case MoneyReturned returned -> returned(stores, returned, now);
      case SubscriptionEvent.Irrelevant irrelevant -> new Entered.Done(Result.IGNORED);
      case SubscriptionEvent.Unreadable unreadable ->
          throw new IllegalArgumentException("there is nothing to enter for " + provider);
    };
  }

  // ---- subscriptions

  private Entered ofSubscription(
      Stores stores, OfSubscription event, Entry entry, Aftermath.Notes notes, Instant now) {
    SubscriptionRef ref = event.subscription();
    Optional<Subscription> held = stores.subscriptions().lock(ref);
    boolean wasAsked = entry.answers.containsKey(ref);
    Transition transition = transition(stores, held, event);
    if (asks(transition, held, event, entry)) {
      Optional<Stated> answer = entry.answers.getOrDefault(ref, Optional.empty());
      if (answer.isPresent()) {
        transition = transition(stores, held, answer.get());
      } else if (entry.canAsk && !wasAsked) {
        return new Entered.MustAsk(ref, transition instanceof Waiting);
      }
    }
    return entered(stores, transition, held, event, wasAsked, notes, now);
  }

  private static boolean asks(
      Transition transition, Optional<Subscription> held, OfSubscription event, Entry entry) {
    return switch (transition) {
      case Undecided undecided -> true;
      case Waiting waiting -> waiting.what() == Waiting.For.ANSWER;
      case Changed changed -> asksForMore(changed, held, event, entry);
      case Kept kept -> false;
    };
  }

  /**
   * What is told without a time may be late: said again after it was undone, or an end that was
   * taken back meanwhile.
   */
  private static boolean asksForMore(
      Changed changed, Optional<Subscription> held, OfSubscription event, Entry entry) {
    boolean isRanked = event instanceof Stated(var any, Order.Ranked ranked);
    boolean ends =
        held.isPresent()
            && !held.get().snapshot().status().equals(changed.next().snapshot().status());
    return isRanked && (entry.isSaidAgain || ends);
  }

  private Entered entered(
      Stores stores,
      Transition transition,
      Optional<Subscription> held,
      OfSubscription event,
      boolean wasAsked,
      Aftermath.Notes notes,
      Instant now) {
    return switch (transition) {
      case Changed(Subscription next, List<Notice> told) -> {
        keeper.keep(stores, held, next, told, notes, now);
        book(stores, event, held.or(() -> Optional.of(next)), now);
        yield new Entered.Done(Result.APPLIED);
      }
      case Kept(Kept.Reason reason) -> {
        boolean isNew = book(stores, event, held, now); // an earlier bill than the last one
        yield new Entered.Done(
            isNew ? Result.APPLIED : reason == Kept.Reason.STALE ? Result.STALE : Result.REPEATED);
      }
      case Undecided(Transition otherwise) ->
          entered(stores, otherwise, held, event, wasAsked, notes, now);
      case Waiting waiting ->
          waiting.what() == Waiting.For.CUSTOMER && event instanceof Stated stated
              ? ownerless(stores, waiting, stated, now)
              : waiting.what() == Waiting.For.ANSWER && wasAsked
                  ? new Entered.Done(Result.IGNORED) // the provider knows of none of that name
                  : new Entered.Waits(waiting);
    };
  }

  /**
   * Where the provider names a user whose account is gone, nobody will ever come to be that user:
   * what has ended needs nobody, and what lives is ended, as nobody would have it for their money.
   */
  private Entered ownerless(Stores stores, Waiting waiting, Stated stated, Instant now) {
    Snapshot said = stated.snapshot();
    Optional<UserId> gone = said.user().filter(user -> !isThere(stores, user));
    if (gone.isEmpty()) {
      return new Entered.Waits(waiting);
    }
    if (said.status().isFinal()) {
      return new Entered.Done(Result.IGNORED);
    }
    Transition theirs =
        Transition.of(Optional.empty(), stated, gone, prices -> plan(said.ref(), prices));
    if (!(theirs instanceof Changed(Subscription living, var notices))) {
      return new Entered.Waits(waiting);
    }
    LOG.log(
        Level.WARNING, "{0} is paid by somebody whose account is gone; it is ended", said.ref());
    stores.endings().add(living, now);
    return new Entered.Done(Result.APPLIED);
  }

  private static boolean isThere(Stores stores, UserId user) {
    return stores
        .users()
        .account(user)
        .filter(account -> account.state() != AccountState.DELETED)
        .isPresent();
  }

  /** What an event would do to a subscription. */
  Transition transition(Stores stores, Optional<Subscription> held, OfSubscription event) {
    Optional<UserId> owner = held.isPresent() ? Optional.empty() : owner(stores, event);
    return Transition.of(held, event, owner, prices -> plan(event.subscription(), prices));
  }

  private Optional<Plan> plan(SubscriptionRef subscription, List<String> prices) {
    return settings
        .prices()
        .highest(subscription.provider(), prices, plan -> catalog.rank(plan.tier()));
  }

  private static Optional<UserId> owner(Stores stores, OfSubscription event) {
    return event instanceof Stated(Snapshot said, Order any)
        ? said.user()
            .or(() -> stores.customers().find(said.ref().provider(), said.customer()))
            .filter(user -> isThere(stores, user))
        : Optional.empty();
  }

  // ---- customers

  private Entered known(Stores stores, CustomerKnown known, Instant now) {
    return known
        .user()
        .filter(user -> isThere(stores, user))
        .map(user -> keeper.link(stores, known.provider(), known.customer(), user, now))
        .map(isNew -> new Entered.Done(isNew ? Result.APPLIED : Result.REPEATED))
        .orElseGet(() -> new Entered.Done(Result.IGNORED));
  }

  private Entered deleted(
      Stores stores, CustomerDeleted deleted, Aftermath.Notes notes, Instant now) {
    stores.customers().unlink(deleted.provider(), deleted.customer());
    Result result = Result.IGNORED;
    for (Subscription any : stores.subscriptions().bought(deleted.provider(), deleted.customer())) {
      Optional<Subscription> held = stores.subscriptions().lock(any.ref());
      Snapshot last = held.orElse(any).snapshot();
      if (last.status() instanceof StripeStatus) {
        Snapshot over =
            last.withStatus(StripeStatus.CANCELED).withTerm(last.term().withEndedAt(deleted.at()));
        Order order = new Order.Dated(deleted.at(), deleted.eventId(), Step.DELETED, Map.of());
        Stated stated = new Stated(over, order);
        if (entered(stores, transition(stores, held, stated), held, stated, false, notes, now)
            instanceof Entered.Done(Result one)) {
          result = result.or(one);
        }
      }
    }
    return new Entered.Done(result);
  }

  // ---- money

  /**
   * Which subscription a customer has paid for is found by what they have bought. Where that leaves
   * several, the bill will tell; here it is put into the books.
   */
  private Entered charged(Stores stores, Charged charged, Aftermath.Notes notes, Instant now) {
    PaymentProviderName provider = charged.provider();
    charged
        .user()
        .filter(user -> charged.price().isPresent() && isThere(stores, user))
        .ifPresent(user -> keeper.link(stores, provider, charged.customer(), user, now));
    Optional<UserId> user = stores.customers().find(provider, charged.customer());
    boolean isNew =
        book(
            stores, provider, charged.reference(), user, charged.amount(), when(charged.at(), now));
    List<Subscription> paidFor =
        stores.subscriptions().bought(provider, charged.customer()).stream()
            .filter(Subscription::isLive)
            .filter(one -> isFor(one, charged))
            .toList();
    if (paidFor.size() == 1) {
      SubscriptionRef ref = paidFor.getFirst().ref();
      Paid paid =
          new Paid(ref, charged.reference(), Optional.empty(), Optional.empty(), charged.at());
      return ofSubscription(stores, paid, Entry.of(paid), notes, now);
    }
    return new Entered.Done(isNew ? Result.APPLIED : Result.REPEATED);
  }

  private static boolean isFor(Subscription one, Charged charged) {
    return charged.price().filter(one.snapshot().prices()::contains).isPresent();
  }

  /**
   * Puts a bill that was paid into the books, unless its payment itself is told, with the amount.
   *
   * @return whether it was not there
   */
  private static boolean book(
      Stores stores, OfSubscription event, Optional<Subscription> held, Instant now) {
    return event instanceof Paid paid
        && paid.amount().isPresent()
        && book(
            stores,
            paid.subscription().provider(),
            paid.invoice(),
            held.map(Subscription::user),
            paid.amount(),
            when(paid.at(), now));
  }

  private static boolean book(
      Stores stores,
      PaymentProviderName provider,
      String reference,
      Optional<UserId> user,
      Optional<Money> amount,
      Instant at) {
    return stores
        .billing()
        .add(new BillingLedger.Row(provider, Kind.PAID, reference, user, amount, "", at));
  }

  private static Entered returned(Stores stores, MoneyReturned returned, Instant now) {
    Kind kind =
        switch (returned.kind()) {
          case REFUND -> Kind.REFUND;
          case DISPUTE -> Kind.DISPUTE;
        };
    Optional<UserId> user =
        returned.customer().flatMap(name -> stores.customers().find(returned.provider(), name));
    boolean isNew =
        stores
            .billing()
            .add(
                new BillingLedger.Row(
                    returned.provider(),
                    kind,
                    returned.reference() + " " + returned.state(),
                    user,
                    returned.amount(),
                    returned.state(),
                    when(returned.at(), now)));
    if (isNew && kind == Kind.DISPUTE) {
      LOG.log(
          Level.WARNING,
          "{0}: dispute {1} is {2}; somebody must answer it there",
          returned.provider(),
          returned.reference(),
          returned.state());
    }
    return new Entered.Done(isNew ? Result.APPLIED : Result.REPEATED);
  }

  /** When it was, or, where the provider does not say, when we heard of it. */
  private static Instant when(Instant told, Instant now) {
    return told.equals(Instant.EPOCH) ? now : told;
  }
}
