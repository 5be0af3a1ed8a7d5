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
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.Tiers;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** All data. The same stores serve every transaction, as there is one at a time. */
final class MemoryStores implements Stores {
  private final Users users;
  private final Sessions sessions;
  private final MemoryTiers tiers;
  private final MemorySubscriptions subscriptions;
  private final Jobs jobs;
  private final JobQueue queue;
  private final JobEvents events;
  private final Artifacts artifacts;
  private final UsageLedger usage;
  private final IdempotencyKeys idempotencyKeys;

  MemoryStores(Turn turn, MemoryJobQueue queue, InstantSource clock) {
    MemoryUsers accounts = new MemoryUsers(turn);
    users = accounts;
    subscriptions = new MemorySubscriptions(turn, accounts, this::hasTier);
    tiers = new MemoryTiers(turn, subscriptions::name);
    sessions = new MemorySessions(turn, accounts, subscriptions, clock);
    JobRows rows = new JobRows(turn);
    MemoryJobEvents logs = new MemoryJobEvents(turn, rows);
    MemoryArtifacts pieces = new MemoryArtifacts(turn, rows);
    MemoryUsageLedger ledger = new MemoryUsageLedger(turn, accounts, rows);
    jobs =
        new MemoryJobs(
            turn,
            rows,
            accounts,
            this::above,
            id -> {
              logs.delete(id);
              pieces.delete(id);
              ledger.delete(id);
            },
            clock);
    this.queue = queue;
    events = logs;
    artifacts = pieces;
    usage = ledger;
    idempotencyKeys = new MemoryIdempotencyKeys(turn);
  }

  private boolean hasTier(TierId id) {
    return tiers.has(id);
  }

  /** All there are without an end, so that it does not matter when one asks. */
  private Optional<TierId> above(UserId user, TierId tier) {
    TierId entitled = subscriptions.entitlement(user, Instant.EPOCH).tier();
    return Optional.of(entitled).filter(higher -> tiers.rank(higher) > tiers.rank(tier));
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
  public Tiers tiers() {
    return tiers;
  }

  @Override
  public Subscriptions subscriptions() {
    return subscriptions;
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
