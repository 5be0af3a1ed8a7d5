package io.contentcrew.adapters.postgres;

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

/** The stores of one transaction. */
record PostgresStores(Tx tx) implements Stores {
  @Override
  public Users users() {
    return new PostgresUsers(tx);
  }

  @Override
  public Sessions sessions() {
    return new PostgresSessions(tx);
  }

  @Override
  public Identities identities() {
    return new PostgresIdentities(tx);
  }

  @Override
  public ApiKeys apiKeys() {
    return new PostgresApiKeys(tx);
  }

  @Override
  public Tickets tickets() {
    return new PostgresTickets(tx);
  }

  @Override
  public Attempts attempts() {
    return new PostgresAttempts(tx);
  }

  @Override
  public Letters letters() {
    return new PostgresLetters(tx);
  }

  @Override
  public AuditLog audit() {
    return new PostgresAuditLog(tx);
  }

  @Override
  public Tiers tiers() {
    return new PostgresTiers(tx);
  }

  @Override
  public Subscriptions subscriptions() {
    return new PostgresSubscriptions(tx);
  }

  @Override
  public Customers customers() {
    return new PostgresCustomers(tx);
  }

  @Override
  public WebhookInbox webhooks() {
    return new PostgresWebhookInbox(tx);
  }

  @Override
  public BillingLedger billing() {
    return new PostgresBillingLedger(tx);
  }

  @Override
  public TierChanges tierChanges() {
    return new PostgresTierChanges(tx);
  }

  @Override
  public Endings endings() {
    return new PostgresEndings(tx);
  }

  @Override
  public Jobs jobs() {
    return new PostgresJobs(tx);
  }

  @Override
  public JobQueue queue() {
    return new PostgresJobQueue(tx);
  }

  @Override
  public JobEvents events() {
    return new PostgresJobEvents(tx);
  }

  @Override
  public Artifacts artifacts() {
    return new PostgresArtifacts(tx);
  }

  @Override
  public UsageLedger usage() {
    return new PostgresUsageLedger(tx);
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return new PostgresIdempotencyKeys(tx);
  }
}
