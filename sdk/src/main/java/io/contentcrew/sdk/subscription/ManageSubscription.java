package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.SubscriptionStatus.Access;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.sdk.Now;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What users do with what they have bought. The provider does it; what has become of it is known
 * when the provider tells, or is asked. Safe for use by many threads.
 */
public final class ManageSubscription {
  private final Transactions transactions;
  private final Providers providers;
  private final BillingSettings settings;
  private final TierCatalog catalog;
  private final ReconcileSubscriptions reconcile;
  private final InstantSource clock;

  ManageSubscription(
      Transactions transactions,
      Providers providers,
      BillingSettings settings,
      TierCatalog catalog,
      ReconcileSubscriptions reconcile,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = providers;
    this.settings = settings;
    this.catalog = catalog;
    this.reconcile = reconcile;
    this.clock = clock;
  }

  /**
   * What a user has.
   *
   * @param tier the one they are on
   * @param bought what they have bought: of several what is live, and of those the highest; if none
   *     is, the latest; empty if they never bought anything
   */
  public record Shown(TierId tier, Optional<Bought> bought) {
    public Shown {
      Objects.requireNonNull(tier, "tier");
      Objects.requireNonNull(bought, "bought");
    }
  }

  /**
   * Something bought.
   *
   * @param isTest whether no money has moved for it
   * @param status where it is, in the provider's word
   * @param periodEnd when the period ends that is paid for, or owed
   * @param cancelsAtPeriodEnd whether it will end by itself
   * @param endsAt when its tier ends, or has ended; empty while it goes on
   * @param nextChargeAt when it will be charged next, if it will
   * @param nextCharge how much then, as far as we know
   * @param problem what is owed, if something is
   */
  public record Bought(
      SubscriptionRef ref,
      boolean isTest,
      Plan plan,
      String status,
      boolean isLive,
      Optional<Instant> periodEnd,
      boolean cancelsAtPeriodEnd,
      Optional<Instant> endsAt,
      Optional<Instant> nextChargeAt,
      Optional<Money> nextCharge,
      Optional<Problem> problem) {}

  /**
   * A payment that is owed.
   *
   * @param attempts how often it was tried, as far as we know
   * @param nextAttemptAt when it will be tried again, if it will
   * @param payAt a page where it can be paid, if there is one
   * @param actionRequired whether the owner must do something, as for their bank
   */
  public record Problem(
      Instant since,
      int attempts,
      Optional<Instant> nextAttemptAt,
      Optional<URI> payAt,
      boolean actionRequired) {}

  /** What became of a wish. */
  public sealed interface Outcome {
    /** The provider does it; so it is as far as we know. */
    record Done(Shown shown) implements Outcome {}

    /** There the user can do it. */
    record Page(URI page) implements Outcome {}

    /** There is nothing to do it with. */
    record NotSubscribed() implements Outcome {}

    /**
     * It cannot be done.
     *
     * @param why and what can be done instead, for the user
     */
    record NotPossible(String why) implements Outcome {}
  }

  /** What the user has. */
  public Shown show(UserId user) {
    Instant now = Now.by(clock);
    return transactions.read(
        stores ->
            new Shown(
                stores.subscriptions().entitlement(user, now).tier(),
                current(stores.subscriptions().bought(user)).map(one -> bought(one, now))));
  }

  /**
   * A page of the provider's for paying otherwise, and for the bills.
   *
   * @param returnTo where it leads when the user is done
   */
  public Outcome portal(UserId user, URI returnTo) {
    return with(user, true, (checkout, held) -> new Outcome.Page(checkout.manage(held, returnTo)));
  }

  /** Lets it end with the period. */
  public Outcome cancel(UserId user) {
    return done(user, Checkout::cancelAtPeriodEnd);
  }

  /** Lets it go on after all. */
  public Outcome resume(UserId user) {
    return done(user, Checkout::resume);
  }

  /**
   * Makes it one for another plan.
   *
   * @param idempotencyKey of two calls with the same one, one counts
   */
  public Outcome change(UserId user, Plan plan, String idempotencyKey) {
    return with(
        user,
        false,
        (checkout, held) -> {
          Optional<String> price = settings.prices().price(held.ref().provider(), plan);
          if (price.isEmpty()) {
            return new Outcome.NotPossible("This plan is not for sale there.");
          }
          if (!checkout.canChange()) {
            return new Outcome.NotPossible(
                "This provider cannot change a subscription. Cancel it, and subscribe anew when it"
                    + " has ended.");
          }
          if (held.plan().equals(plan)) {
            return settled(held);
          }
          try {
            checkout.change(held, price.get(), idempotencyKey);
            return settled(held);
          } catch (Checkout.DeclinedException e) {
            return new Outcome.NotPossible(
                "Your means of payment did not take the difference, so nothing was changed. Look at"
                    + " how you pay, and try again.");
          }
        });
  }

  private Outcome done(UserId user, BiConsumer<Checkout, Subscription> what) {
    return with(
        user,
        false,
        (checkout, held) -> {
          what.accept(checkout, held);
          return settled(held);
        });
  }

  /** Asks at once, so that whoever has done it sees it; if that fails, the provider will tell. */
  private Outcome settled(Subscription held) {
    reconcile.settle(held.ref());
    return new Outcome.Done(show(held.user()));
  }

  /**
   * Does something with what the user has, outside of any transaction.
   *
   * @param alsoEnded whether it can be done with one that has ended, too
   */
  private Outcome with(
      UserId user, boolean alsoEnded, BiFunction<Checkout, Subscription, Outcome> what) {
    Optional<Subscription> held =
        transactions
            .read(stores -> current(stores.subscriptions().bought(user)))
            .filter(one -> alsoEnded || one.isLive());
    if (held.isEmpty()) {
      return new Outcome.NotSubscribed();
    }
    return providers
        .find(held.get().ref().provider())
        .flatMap(PaymentProvider::checkout)
        .map(checkout -> what.apply(checkout, held.get()))
        .orElseGet(
            () ->
                new Outcome.NotPossible(
                    "This service has no access to the payment provider of this subscription."
                        + " Please ask whoever runs it."));
  }

  // ---- what is shown

  private Optional<Subscription> current(List<Subscription> bought) {
    return bought.stream()
        .filter(Subscription::isLive)
        .max(
            Comparator.comparing((Subscription one) -> one.status().access() != Access.NONE)
                .thenComparingInt(one -> catalog.rank(one.plan().tier())))
        .or(() -> bought.stream().findFirst());
  }

  private Bought bought(Subscription one, Instant now) {
    Duration none = Duration.ZERO;
    Optional<Instant> periodEnd = one.snapshot().term().periodEnd();
    boolean goesOn = one.isLive() && !one.isEnding() && one.status().access() != Access.NONE;
    Optional<Instant> endsAt =
        goesOn
            ? Optional.empty()
            : one.isLive()
                ? one.grantsUntil(none).filter(end -> end.isAfter(Instant.EPOCH))
                : one.snapshot().term().endedAt().or(() -> periodEnd);
    Optional<Instant> nextChargeAt =
        one.payments()
            .problem()
            .flatMap(PaymentFailed::nextAttemptAt)
            .or(() -> periodEnd)
            .filter(at -> goesOn && at.isAfter(now));
    return new Bought(
        one.ref(),
        providers.find(one.ref().provider()).map(PaymentProvider::isTest).orElse(false),
        one.plan(),
        one.status().wireName(),
        one.isLive(),
        periodEnd,
        one.isEnding(),
        endsAt,
        nextChargeAt,
        nextChargeAt.flatMap(at -> cost(one)),
        one.payments()
            .problem()
            .filter(failed -> one.isLive())
            .map(ManageSubscription::problem)
            .or(() -> one.owedSince().map(ManageSubscription::owed)));
  }

  private Optional<Money> cost(Subscription one) {
    return one.snapshot().cost().or(() -> StartCheckout.cost(catalog, one.plan()));
  }

  /** Nobody has told which bill it is. */
  private static Problem owed(Instant since) {
    return new Problem(since, 0, Optional.empty(), Optional.empty(), false);
  }

  private static Problem problem(PaymentFailed failed) {
    return new Problem(
        failed.at(),
        failed.attempts(),
        failed.nextAttemptAt(),
        failed.payAt(),
        failed.actionRequired());
  }
}
