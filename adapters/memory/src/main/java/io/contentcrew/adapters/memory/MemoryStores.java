package io.contentcrew.adapters.memory;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.Artifacts;
import io.contentcrew.ports.generation.IdempotencyKeys;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.JobQueue;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Customers;
import io.contentcrew.ports.subscription.Endings;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.subscription.TierChanges;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.tier.Tiers;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.Attempts;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Letters;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Tickets;
import io.contentcrew.ports.user.Users;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** All data. The same stores serve every transaction, as there is one at a time. */
final class MemoryStores implements Stores {
  private final MemoryUsers users;
  private final MemorySessions sessions;
  private final Identities identities;
  private final ApiKeys apiKeys;
  private final Tickets tickets;
  private final Attempts attempts;
  private final MemoryLetters letters;
  private final AuditLog audit;
  private final MemoryTiers tiers;
  private final MemorySubscriptions subscriptions;
  private final MemoryCustomers customers;
  private final MemoryWebhookInbox webhooks;
  private final MemoryBillingLedger billing;
  private final MemoryTierChanges tierChanges;
  private final Endings endings;
  private final MemoryJobs jobs;
  private final JobQueue queue;
  private final JobEvents events;
  private final Artifacts artifacts;
  private final MemoryUsageLedger usage;
  private final MemoryIdempotencyKeys idempotencyKeys;

  MemoryStores(Turn turn, MemoryJobQueue queue, InstantSource clock) {
    users = new MemoryUsers(turn, this::erase);
    subscriptions = new MemorySubscriptions(turn, users, this::rank);
    customers = new MemoryCustomers(turn, users);
    webhooks = new MemoryWebhookInbox(turn);
    billing = new MemoryBillingLedger(turn, users);
    tierChanges = new MemoryTierChanges(turn, users);
    endings = new MemoryEndings(turn);
    tiers = new MemoryTiers(turn, subscriptions::name);
    sessions = new MemorySessions(turn, users, subscriptions, clock);
    identities = new MemoryIdentities(turn, users);
    apiKeys = new MemoryApiKeys(turn, users, subscriptions);
    tickets = new MemoryTickets(turn, users);
    attempts = new MemoryAttempts(turn);
    letters = new MemoryLetters(turn, users);
    audit = new MemoryAuditLog(turn);
    JobRows rows = new JobRows(turn);
    MemoryJobEvents logs = new MemoryJobEvents(turn, rows);
    MemoryArtifacts pieces = new MemoryArtifacts(turn, rows);
    usage = new MemoryUsageLedger(turn, users, rows);
    jobs =
        new MemoryJobs(
            turn,
            rows,
            users,
            this::above,
            id -> {
              logs.delete(id);
              pieces.delete(id);
              usage.delete(id);
            },
            clock);
    this.queue = queue;
    events = logs;
    artifacts = pieces;
    idempotencyKeys = new MemoryIdempotencyKeys(turn);
  }

  private Optional<Integer> rank(TierId id) {
    return tiers.rank(id);
  }

  private Optional<TierId> above(UserId user, TierId tier, Instant now) {
    TierId entitled = subscriptions.entitlement(user, now).tier();
    return Optional.of(entitled).filter(higher -> tiers.isAbove(higher, tier));
  }

  /**
   * All that belongs to an account; the audit log stays, and what was tried names nobody. What
   * moved money stays without a name, and what is to be ended at providers outlives its owner.
   */
  private void erase(UserId user) {
    sessions.delete(user);
    identities.unlinkAll(user);
    apiKeys.revokeAll(user);
    tickets.removeAll(user);
    letters.delete(user);
    jobs.delete(user);
    usage.delete(user);
    idempotencyKeys.delete(user);
    subscriptions.delete(user);
    webhooks.delete(customers.delete(user));
    billing.forget(user);
    tierChanges.delete(user);
  }

  @Override
  public Users users() {
    return users;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Identities identities() {
    return identities;
  }

  @Override
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  @Override
  public Tickets tickets() {
    return tickets;
  }

  @Override
  public Attempts attempts() {
    return attempts;
  }

  @Override
  public Letters letters() {
    return letters;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public Tiers tiers() {
    return tiers;
  }

  @Override
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public Customers customers() {
    return customers;
  }

  @Override
  public WebhookInbox webhooks() {
    return webhooks;
  }

  @Override
  public BillingLedger billing() {
    return billing;
  }

  @Override
  public TierChanges tierChanges() {
    return tierChanges;
  }

  @Override
  public Endings endings() {
    return endings;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public JobQueue queue() {
    return queue;
  }

  @Override
  public JobEvents events() {
    return events;
  }

  @Override
  public Artifacts artifacts() {
    return artifacts;
  }

  @Override
  public UsageLedger usage() {
    return usage;
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }
}
