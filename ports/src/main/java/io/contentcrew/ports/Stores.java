package io.contentcrew.ports;

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

/**
 * Everything that takes part in a transaction. To be used only on the transaction's thread and
 * before its end.
 */
public interface Stores {
  /** The accounts. */
  Users users();

  /** The sessions of signed-in users. */
  Sessions sessions();

  /** Who the users are at identity providers. */
  Identities identities();

  /** The keys by which programs act for users. */
  ApiKeys apiKeys();

  /** What one-time tokens stand for. */
  Tickets tickets();

  /** What may not be tried too often. */
  Attempts attempts();

  /** Letters that wait to be sent. */
  Letters letters();

  /** What happened to the safety of accounts. */
  AuditLog audit();

  /** The tiers. */
  Tiers tiers();

  /** What users have subscribed to. */
  Subscriptions subscriptions();

  /** Who the users are at payment providers. */
  Customers customers();

  /** What payment providers have delivered. */
  WebhookInbox webhooks();

  /** What moved money. */
  BillingLedger billing();

  /** What caches must be told of. */
  TierChanges tierChanges();

  /** What is to be ended at payment providers. */
  Endings endings();

  /** The jobs and their tasks. */
  Jobs jobs();

  /** The jobs that wait to be run. */
  JobQueue queue();

  /** The logs of the jobs. */
  JobEvents events();

  /** The finished pieces. */
  Artifacts artifacts();

  /** What users have had of their quotas. */
  UsageLedger usage();

  /** Keys under which submits were made. */
  IdempotencyKeys idempotencyKeys();
}
