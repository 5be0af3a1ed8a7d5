package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.TierCache;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

final class MemorySubscriptions implements Subscriptions {
  private final Table<UserId, Grant> grants;
  private final Table<UserId, Long> versions;
  private final MemoryUsers users;
  private final Predicate<TierId> isStored;

  private record Grant(TierId tier, Instant at) {}

  MemorySubscriptions(Turn turn, MemoryUsers users, Predicate<TierId> isStored) {
    grants = new Table<>(turn);
    versions = new Table<>(turn);
    this.users = users;
    this.isStored = isStored;
  }

  @Override
  public Entitlement entitlement(UserId user, Instant now) {
    return grants
        .get(user)
        .map(grant -> new Entitlement(grant.tier, Optional.empty()))
        .orElseGet(Entitlement::free);
  }

  @Override
  public TierCache.Entry versioned(UserId user, Instant now) {
    return new TierCache.Entry(entitlement(user, now), version(user));
  }

  private long version(UserId user) {
    return versions.get(user, 0L);
  }

  @Override
  public List<Held> list(UserId user) {
    return grants.get(user).map(MemorySubscriptions::held).stream().toList();
  }

  private static Held held(Grant grant) {
    return new Held("manual", grant.tier, Optional.empty(), Optional.empty(), grant.at);
  }

  @Override
  public long grant(UserId user, TierId tier, Instant now) {
    users.require(user);
    if (!isStored.test(tier)) {
      throw Turn.refused("there is no tier " + tier);
    }
    grants.put(user, new Grant(tier, now));
    long version = version(user) + 1;
    versions.put(user, version);
    return version;
  }

  boolean name(TierId tier) {
    return grants.values().stream().anyMatch(grant -> grant.tier.equals(tier));
  }

  /** Forgets all that a user has. */
  void delete(UserId user) {
    grants.remove(user);
    versions.remove(user);
  }
}
