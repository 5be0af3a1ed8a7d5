package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.sdk.Now;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the providers how things are, and makes ours so. For what no event has told: because it was
 * lost, or the provider gave up delivering it. Safe for use by many threads.
 */
public final class ReconcileSubscriptions {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");
  private static final int STEP = 100;
  private static final int MOST_UNDELIVERED = 1_000;
  private static final Duration LOOK_BACK = Duration.ofDays(4);

  private final Transactions transactions;
  private final Providers providers;
  private final Books books;
  private final Aftermath aftermath;
  private final ReceiveSubscriptionEvent receive;
  private final InstantSource clock;

  ReconcileSubscriptions(
      Transactions transactions,
      Providers providers,
      Books books,
      Aftermath aftermath,
      ReceiveSubscriptionEvent receive,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = providers;
    this.books = books;
    this.aftermath = aftermath;
    this.receive = receive;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param asked how many subscriptions their providers were asked about
   * @param drift those that were not as we had them
   * @param failed what could not be asked, and why
   * @param unasked how many subscriptions nobody was asked about, because their provider is not
   *     there, or is there without a key for its API: of these, only webhooks tell
   */
  public record Report(
      int asked,
      List<Drift> drift,
      List<String> failed,
      Map<PaymentProviderName, Integer> unasked) {
    public Report {
      drift = List.copyOf(drift);
      failed = List.copyOf(failed);
      unasked = Map.copyOf(unasked);
    }
  }

  /**
   * A subscription that was not as we had it.
   *
   * @param held how we had it
   * @param said how the provider says it is
   */
  public record Drift(SubscriptionRef ref, String held, String said) {
    public Drift {
      Objects.requireNonNull(ref, "ref");
    }
  }

  /** What is found, while it is. For one thread. */
  private static final class Findings {
    private final List<Drift> drift = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final Map<PaymentProviderName, Integer> unasked = new HashMap<>();
    private int asked;

    private Report report() {
      return new Report(asked, drift, failed, unasked);
    }
  }

  /**
   * Asks about all that has not ended, and takes up what was delivered in vain. Blocks for as long
   * as that takes.
   *
   * @param dryRun whether to change nothing
   * @throws io.contentcrew.ports.PortException if the stores cannot be had
   */
  public Report reconcile(boolean dryRun) {
    Findings findings = new Findings();
    if (!dryRun) {
      providers.all().forEach(provider -> takeUp(provider, findings));
    }
    Optional<SubscriptionRef> last = Optional.empty();
    List<Subscription> some;
    do {
      Optional<SubscriptionRef> after = last;
      some = transactions.read(stores -> stores.subscriptions().live(after, STEP));
      some.forEach(one -> ask(one, dryRun, findings));
      last = some.isEmpty() ? last : Optional.of(some.getLast().ref());
    } while (some.size() == STEP && !Thread.currentThread().isInterrupted());
    return findings.report();
  }

  /** Asks about all that a user has. */
  public Report reconcile(UserId user, boolean dryRun) {
    Findings findings = new Findings();
    transactions
        .read(stores -> stores.subscriptions().bought(user))
        .forEach(one -> ask(one, dryRun, findings));
    return findings.report();
  }

  /** Asks about one, if that is possible; otherwise the provider will tell. */
  void settle(SubscriptionRef subscription) {
    Findings findings = new Findings();
    transactions
        .read(stores -> stores.subscriptions().find(subscription))
        .ifPresent(one -> ask(one, false, findings));
  }

  private void ask(Subscription one, boolean dryRun, Findings findings) {
    Optional<SubscriptionArbiter> arbiter =
        providers.find(one.ref().provider()).flatMap(PaymentProvider::arbiter);
    if (arbiter.isEmpty()) {
      findings.unasked.merge(one.ref().provider(), 1, Integer::sum);
      return;
    }
    try {
      Optional<Stated> said = arbiter.get().ask(one.ref());
      findings.asked++;
      if (said.isEmpty()) {
        findings.failed.add(one.ref() + ": the provider knows of none with that name");
        return;
      }
      compare(one, said.get(), dryRun, findings);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Asking about {0} must wait: {1}", one.ref(), e.getMessage());
      findings.failed.add(one.ref() + ": " + e.getMessage());
    }
  }

  private void compare(Subscription one, Stated said, boolean dryRun, Findings findings) {
    Transition transition =
        transactions.read(
            stores -> books.transition(stores, stores.subscriptions().find(one.ref()), said));
    if (transition instanceof Transition.Waiting(Transition.Waiting.For what, String name)) {
      findings.failed.add(one.ref() + ": it waits for " + what + " " + name);
    }
    if (!(transition instanceof Transition.Changed(Subscription next, var notices))
        || next.equals(one)) {
      return;
    }
    findings.drift.add(
        new Drift(one.ref(), one.status().wireName(), said.snapshot().status().wireName()));
    LOG.log(
        Level.INFO,
        "{0} is {1} there, and was {2} here",
        one.ref(),
        said.snapshot().status().wireName(),
        one.status().wireName());
    if (!dryRun) {
      apply(one.ref(), said);
    }
  }

  private void apply(SubscriptionRef ref, Stated said) {
    Aftermath.Notes notes = new Aftermath.Notes();
    Instant now = Now.by(clock);
    transactions.inTransaction(
        stores -> {
          notes.clear();
          return books.enter(stores, ref.provider(), Books.Entry.of(said), notes, now);
        });
    aftermath.follow(notes);
  }

  private void takeUp(PaymentProvider provider, Findings findings) {
    if (provider.arbiter().isEmpty()) {
      return;
    }
    try {
      Instant since = Now.by(clock).minus(LOOK_BACK);
      for (byte[] body : provider.arbiter().get().undelivered(since, MOST_UNDELIVERED)) {
        receive.takeUp(provider, new WebhookDelivery(Map.of(), body));
      }
    } catch (PortException e) {
      findings.failed.add(provider.name() + ": " + e.getMessage());
    }
  }
}
