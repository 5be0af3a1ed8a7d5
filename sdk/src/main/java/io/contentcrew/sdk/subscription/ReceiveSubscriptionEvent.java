package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import io.contentcrew.ports.subscription.WebhookInbox.Receipt;
import io.contentcrew.sdk.Ids;
import io.contentcrew.sdk.Now;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives what payment providers deliver: first it is stored, then it is applied. Once this has
 * answered "accepted", nothing can lose it. Safe for use by many threads.
 */
public final class ReceiveSubscriptionEvent {
  /** When somebody else applies it, if whoever has received it never does. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** So many deliveries are taken up together at most, and so many bytes of them. */
  private static final int MOST = 64;

  private static final long HEAVIEST = 1 << 20;

  private final Transactions transactions;
  private final Providers providers;
  private final ApplySubscriptionEvent apply;
  private final SaidAgain saidAgain;
  private final CrewObserver observer;
  private final InstantSource clock;
  private final Ids ids;
  private final Together<Arrived, Supplier<Outcome.Accepted>> together =
      new Together<>(MOST, HEAVIEST, one -> one.delivered.body().length, this::takeUp);

  ReceiveSubscriptionEvent(
      Transactions transactions,
      Providers providers,
      ApplySubscriptionEvent apply,
      SaidAgain saidAgain,
      CrewObserver observer,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = providers;
    this.apply = apply;
    this.saidAgain = saidAgain;
    this.observer = observer;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /** What became of a delivery. */
  public sealed interface Outcome {
    /**
     * It is stored; the provider need not deliver it again.
     *
     * @param id of the one that was stored first, if it came more than once
     */
    record Accepted(WebhookId id, Result result) implements Outcome {}

    /**
     * Nobody can tell that the provider has sent it. Nothing is stored.
     *
     * @param why for the sender, without anything that was sent
     */
    record Forged(String why) implements Outcome {}

    /** There is no secret by which to tell that the provider has sent it. Nothing is stored. */
    record NoSecret() implements Outcome {}

    /** There is no such provider. */
    record UnknownProvider() implements Outcome {}
  }

  /**
   * Receives a delivery. Blocks until it is stored and, where nothing is in the way, applied.
   *
   * @throws io.contentcrew.ports.PortException if it could not be stored, as far as can be known:
   *     the provider is to deliver it again
   */
  public Outcome receive(PaymentProviderName name, WebhookDelivery delivery) {
    Optional<PaymentProvider> provider = providers.find(name);
    if (provider.isEmpty()) {
      return new Outcome.UnknownProvider();
    }
    return switch (provider.get().events().verify(delivery)) {
      case Verdict.Forged(String why) -> {
        observer.webhookHandled(name, "", "forged");
        yield new Outcome.Forged(why);
      }
      case Verdict.NoSecret() -> {
        observer.webhookHandled(name, "", "no_secret");
        yield new Outcome.NoSecret();
      }
      case Verdict.Genuine() -> takeUp(provider.get(), delivery);
    };
  }

  /** Takes up what the provider has said beyond doubt. */
  Outcome takeUp(PaymentProvider provider, WebhookDelivery delivery) {
    WebhookEvent event = provider.events().read(delivery.body());
    Delivered delivered =
        new Delivered(
            new WebhookId(ids.next()),
            provider.name(),
            event.key(),
            event.type(),
            event.apiVersion(),
            event.customer(),
            event.at(),
            Digest.of(delivery.headers().toString()),
            delivery.body(),
            Now.by(clock));
    Outcome.Accepted accepted = together.done(new Arrived(provider, event, delivered)).get();
    observer.webhookHandled(
        provider.name(), event.type(), accepted.result().name().toLowerCase(Locale.ROOT));
    return accepted;
  }

  /** What has come and is not stored yet. */
  private record Arrived(PaymentProvider provider, WebhookEvent event, Delivered delivered) {}

  /**
   * What comes at the same time is stored by one statement, and applied in one transaction if that
   * is possible. What remains to be done for one, whoever has brought it does.
   */
  private List<Supplier<Outcome.Accepted>> takeUp(List<Arrived> arrived) {
    List<Receipt> receipts;
    try {
      receipts = store(arrived);
    } catch (PortFailureException e) { // because of one of them: it is to be in nobody's way
      if (arrived.size() == 1) {
        throw e;
      }
      return arrived.stream().map(this::alone).toList();
    }
    Map<WebhookId, Task> tasks = new LinkedHashMap<>();
    for (int i = 0; i < receipts.size(); i++) {
      if (receipts.get(i).isNew()) {
        Arrived one = arrived.get(i);
        WebhookId id = receipts.get(i).id();
        tasks.put(id, new Task(id, one.provider, one.event, 0, false));
      }
    }
    Map<WebhookId, Result> applied = apply.applyTogether(List.copyOf(tasks.values()));
    List<Supplier<Outcome.Accepted>> accepted = new ArrayList<>();
    for (int i = 0; i < receipts.size(); i++) {
      Arrived one = arrived.get(i);
      Receipt receipt = receipts.get(i);
      accepted.add(
          () ->
              new Outcome.Accepted(
                  receipt.id(), result(one, receipt, tasks.get(receipt.id()), applied)));
    }
    return accepted;
  }

  private List<Receipt> store(List<Arrived> arrived) {
    Instant now = Now.by(clock);
    List<Delivered> deliveries = arrived.stream().map(Arrived::delivered).toList();
    return transactions.inTransaction(stores -> stores.webhooks().store(deliveries, now, LEASE));
  }

  private Supplier<Outcome.Accepted> alone(Arrived one) {
    return () -> takeUp(List.of(one)).getFirst().get();
  }

  private Result result(
      Arrived one, Receipt receipt, @Nullable Task task, Map<WebhookId, Result> applied) {
    if (!receipt.isNew() || task == null) {
      return known(one.provider, one.event, receipt);
    }
    Result result = applied.get(task.id());
    return result == null ? apply.applyAtOnce(task) : result;
  }

  private Result known(PaymentProvider provider, WebhookEvent event, Receipt receipt) {
    return switch (receipt.state()) {
      case DONE ->
          !event.hasOwnId() && saidAgain.isMeant(provider, event, receipt.id())
              ? Result.POSTPONED
              : Result.REPEATED;
      case DUE -> Result.POSTPONED;
      case PARKED -> Result.PARKED;
      case DEAD -> Result.DEAD;
    };
  }
}
