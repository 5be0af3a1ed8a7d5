package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.sdk.tier.Entitlements;
import io.contentcrew.sdk.user.PostOffice;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Subscriptions: buying them, and what payment providers tell of them. Safe for use by many
 * threads.
 */
public final class Billing {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");
  private static final Duration APPLY = Duration.ofSeconds(5);
  private static final Duration TELL_CACHES = Duration.ofSeconds(15);
  private static final Duration MINUTELY = Duration.ofMinutes(1);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final Duration DAILY = Duration.ofDays(1);

  private final Providers providers;
  private final PriceList prices;
  private final Aftermath aftermath;
  private final ReceiveSubscriptionEvent receive;
  private final StartCheckout startCheckout;
  private final ManageSubscription manage;
  private final InspectWebhooks inspect;
  private final ReconcileSubscriptions reconcile;
  private final ApplyDue applyDue;
  private final Sweep sweep;

  /** Put together by {@link io.contentcrew.sdk.ContentCrew}. */
  public Billing(
      Storage storage,
      TierCatalog catalog,
      Entitlements entitlements,
      BillingSettings settings,
      List<PaymentProvider> given,
      Optional<PostOffice> post,
      CrewObserver observer,
      boolean isIdle,
      InstantSource clock) {
    Transactions transactions = storage.transactions();
    providers = new Providers(given);
    prices = settings.prices();
    aftermath = new Aftermath(transactions, entitlements, post, isIdle, clock);
    Keeper keeper = new Keeper(settings.grace(), post);
    Books books = new Books(catalog, settings, keeper);
    ApplySubscriptionEvent apply =
        new ApplySubscriptionEvent(transactions, books, aftermath, clock);
    SaidAgain saidAgain = new SaidAgain(transactions, books, clock);
    receive =
        new ReceiveSubscriptionEvent(transactions, providers, apply, saidAgain, observer, clock);
    startCheckout = new StartCheckout(transactions, providers, settings, catalog, clock);
    reconcile =
        new ReconcileSubscriptions(transactions, providers, books, aftermath, receive, clock);
    manage = new ManageSubscription(transactions, providers, settings, catalog, reconcile, clock);
    applyDue = new ApplyDue(transactions, providers, settings, apply, observer, clock);
    inspect = new InspectWebhooks(transactions, applyDue, clock);
    sweep = new Sweep(transactions, providers, keeper, aftermath, clock);
  }

  /**
   * Somebody from whom one can buy.
   *
   * @param isTest whether no money moves there
   * @param canSell whether we can send users there
   * @param plans what they sell
   */
  public record Offer(
      PaymentProviderName provider,
      String displayName,
      boolean isTest,
      boolean canSell,
      List<Plan> plans) {
    public Offer {
      Objects.requireNonNull(provider, "provider");
      plans = List.copyOf(plans);
    }
  }

  /** From whom one can buy what. */
  public List<Offer> providers() {
    return providers.all().stream().map(this::offer).toList();
  }

  private Offer offer(PaymentProvider provider) {
    return new Offer(
        provider.name(),
        provider.displayName(),
        provider.isTest(),
        provider.checkout().isPresent(),
        prices.entries().stream()
            .filter(entry -> entry.provider().equals(provider.name()))
            .map(PriceList.Entry::plan)
            .distinct()
            .toList());
  }

  /** Receives what providers deliver. */
  public ReceiveSubscriptionEvent receiveSubscriptionEvent() {
    return receive;
  }

  /** Sends users to a provider's page. */
  public StartCheckout startCheckout() {
    return startCheckout;
  }

  /** What users do with what they have bought. */
  public ManageSubscription manageSubscription() {
    return manage;
  }

  /** Shows what was delivered. */
  public InspectWebhooks inspectWebhooks() {
    return inspect;
  }

  /** Asks the providers how things are. */
  public ReconcileSubscriptions reconcileSubscriptions() {
    return reconcile;
  }

  /** Has done again and again what must be, from when the dispatcher begins. */
  public void register(JobDispatcher dispatcher) {
    dispatcher.repeat("apply-webhooks", APPLY, applyDue::run);
    dispatcher.repeat("release-webhooks", MINUTELY, applyDue::releaseKnown);
    dispatcher.repeat("tell-tier-caches", TELL_CACHES, aftermath::catchUp);
    dispatcher.repeat("end-subscriptions", MINUTELY, sweep::end);
    dispatcher.repeat("tell-of-lapsed-plans", HOURLY, sweep::tellOfLapsed);
    dispatcher.repeat("purge-webhooks", HOURLY, sweep::purge);
    dispatcher.repeat("reconcile-subscriptions", DAILY, this::reconcileAll);
  }

  /** Does what is to be done once at a start. */
  public void begin() {
    applyDue.releaseKnown();
    sweep.endTests();
  }

  private void reconcileAll() {
    try {
      ReconcileSubscriptions.Report report = reconcile.reconcile(false);
      LOG.log(
          report.asked() + report.failed().size() > 0 ? Level.INFO : Level.DEBUG,
          "Providers were asked about {0} subscriptions: {1} were not as we had them, {2} questions"
              + " failed",
          report.asked(),
          report.drift().size(),
          report.failed().size());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Asking the providers must wait: {0}", e.getMessage());
    }
  }
}
