package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.sdk.Now;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows operators what providers have delivered, and applies it again. Every method throws {@link
 * io.contentcrew.ports.PortException} if the stores cannot be had. Safe for use by many threads.
 */
public final class InspectWebhooks {
  private final Transactions transactions;
  private final ApplyDue applyDue;
  private final InstantSource clock;

  InspectWebhooks(Transactions transactions, ApplyDue applyDue, InstantSource clock) {
    this.transactions = transactions;
    this.applyDue = applyDue;
    this.clock = clock;
  }

  /** A page of deliveries without their bodies, the latest received first. */
  public List<Entry> page(WebhookInbox.Query query) {
    return transactions.read(stores -> stores.webhooks().page(query));
  }

  /** The delivery of that name, with its body. */
  public Optional<Entry> find(WebhookId id) {
    return transactions.read(stores -> stores.webhooks().find(id));
  }

  /**
   * Applies a delivery as if it had never been tried, whatever had become of it. What it says of
   * the past stays in the past: something newer is not undone.
   *
   * @return what became of it; empty if there is none of that name, or its provider is not
   *     configured here (then it is due for whoever has it)
   */
  public Optional<Result> replay(WebhookId id) {
    Instant now = Now.by(clock);
    Optional<Entry> entry =
        transactions.inTransaction(
            stores -> {
              if (!stores.webhooks().replay(id, now)) {
                return Optional.empty();
              }
              stores.audit().append(replayed(id, now));
              return stores.webhooks().find(id);
            });
    return entry.flatMap(applyDue::apply);
  }

  private static SecurityEvent replayed(WebhookId id, Instant now) {
    return new SecurityEvent(
        SecurityEvent.Kind.WEBHOOK_REPLAYED,
        Optional.empty(),
        now,
        Map.of("delivery", id.toString()));
  }

  /** How many there are of each state but {@link State#DONE}. */
  public Map<State, Long> counts() {
    return transactions.read(stores -> stores.webhooks().counts());
  }

  /** When the one was received that has waited longest to be applied; parked ones not counted. */
  public Optional<Instant> oldestDue() {
    return transactions.read(stores -> stores.webhooks().oldestDue());
  }
}
