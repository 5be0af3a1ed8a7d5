package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.Price;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.sdk.Now;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends users to a payment provider's page. Nothing is granted by that, nor by coming back from it:
 * the provider tells when it was paid. Safe for use by many threads.
 */
public final class StartCheckout {
  private final Transactions transactions;
  private final Providers providers;
  private final BillingSettings settings;
  private final TierCatalog catalog;
  private final InstantSource clock;

  StartCheckout(
      Transactions transactions,
      Providers providers,
      BillingSettings settings,
      TierCatalog catalog,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = providers;
    this.settings = settings;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * What a user wants to buy.
   *
   * @param provider from whom; may be empty where one alone sells it
   * @param paid where the provider's page leads when it was paid
   * @param left where it leads when it was not
   * @param idempotencyKey of two requests with the same one, one counts
   */
  public record Request(
      UserId user,
      Plan plan,
      Optional<PaymentProviderName> provider,
      URI paid,
      URI left,
      String idempotencyKey) {
    public Request {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(paid, "paid");
      Objects.requireNonNull(left, "left");
      Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }
  }

  /** What became of the wish. */
  public sealed interface Outcome {
    /** There the user can pay. */
    record Started(PaymentProviderName provider, URI page) implements Outcome {}

    /** The user has a subscription: it can be changed or cancelled, and a second would cost too. */
    record Subscribed(SubscriptionRef subscription, Plan held) implements Outcome {}

    /** Nobody sells that. */
    record NotForSale(Plan plan) implements Outcome {}

    /** Several sell it: the user is to choose. */
    record ChooseProvider(List<PaymentProviderName> providers) implements Outcome {
      public ChooseProvider {
        providers = List.copyOf(providers);
      }
    }

    /** There is no such provider. */
    record UnknownProvider() implements Outcome {}

    /** The account has no e-mail address, without which no provider sells anything. */
    record NoEmail() implements Outcome {}
  }

  private record Buyer(Optional<EmailAddress> email, Optional<Subscription> held) {}

  /**
   * Begins to buy. Blocks until the provider has answered.
   *
   * @throws IllegalArgumentException if there is no such user
   * @throws io.contentcrew.ports.PortUnavailableException if the provider or the stores cannot be
   *     had
   * @throws io.contentcrew.ports.PortFailureException if the provider refuses, for whoever runs us
   *     to mend
   */
  public Outcome start(Request request) {
    Instant now = Now.by(clock);
    Buyer buyer =
        transactions.read(
            stores ->
                buyer(
                    stores.users().find(request.user),
                    stores.subscriptions().bought(request.user),
                    now));
    if (buyer.held.isPresent()) {
      return new Outcome.Subscribed(buyer.held.get().ref(), buyer.held.get().plan());
    }
    if (request.provider.isPresent() && providers.find(request.provider.get()).isEmpty()) {
      return new Outcome.UnknownProvider();
    }
    List<PaymentProvider> selling =
        providers.selling(request.plan, settings.prices()).stream()
            .filter(one -> request.provider.map(one.name()::equals).orElse(true))
            .toList();
    if (selling.isEmpty()) {
      return new Outcome.NotForSale(request.plan);
    }
    if (selling.size() > 1) {
      return new Outcome.ChooseProvider(selling.stream().map(PaymentProvider::name).toList());
    }
    return buyer
        .email
        .map(email -> started(request, selling.getFirst(), email))
        .orElseGet(Outcome.NoEmail::new);
  }

  private Buyer buyer(Optional<User> user, List<Subscription> bought, Instant now) {
    User owner = user.orElseThrow(() -> new IllegalArgumentException("there is no such user"));
    return new Buyer(
        owner.email(), bought.stream().filter(one -> isInTheWay(one, now)).findFirst());
  }

  /**
   * Whether a second one would be paid for beside it. Not one whose first payment never came; nor
   * one that grants nothing and will never be charged again, or that nobody can ask about.
   */
  private boolean isInTheWay(Subscription one, Instant now) {
    if (!one.isLive() || one.status() == StripeStatus.INCOMPLETE) {
      return false;
    }
    boolean grants = one.grantsAt(now, settings.grace());
    boolean goesOn = !one.isEnding() && providers.find(one.ref().provider()).isPresent();
    return grants || goesOn;
  }

  private Outcome started(Request request, PaymentProvider provider, EmailAddress email) {
    PaymentProviderName name = provider.name();
    Optional<String> customer =
        transactions.read(stores -> stores.customers().of(name, request.user));
    Checkout.Order order =
        new Checkout.Order(
            request.user,
            email,
            customer,
            request.plan,
            settings.prices().price(name, request.plan).orElseThrow(),
            cost(request.plan),
            request.paid,
            request.left,
            request.idempotencyKey);
    return new Outcome.Started(name, provider.checkout().orElseThrow().start(order));
  }

  private Optional<Money> cost(Plan plan) {
    return cost(catalog, plan);
  }

  /** What a plan costs by the tiers, if they say. */
  static Optional<Money> cost(TierCatalog catalog, Plan plan) {
    return catalog
        .find(plan.tier())
        .flatMap(Tier::price)
        .map(price -> new Money(price.currency(), amount(price, plan)));
  }

  private static long amount(Price price, Plan plan) {
    return switch (plan.interval()) {
      case MONTH -> price.monthly();
      case YEAR -> price.yearly();
    };
  }
}
