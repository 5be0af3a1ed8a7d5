package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.TierCache;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

final class MemorySubscriptions implements Subscriptions {
  private final Table<UserId, TierId> grants;
  private final Table<UserId, Long> versions;
  private final MemoryUsers users;
  private final Predicate<TierId> isStored;

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
        .map(tier -> new Entitlement(tier, Optional.empty()))
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
  public long grant(UserId user, TierId tier, Instant now) {
    users.require(user);
    if (!isStored.test(tier)) {
      throw Turn.refused("there is no tier " + tier);
    }
    grants.put(user, tier);
    long version = version(user) + 1;
    versions.put(user, version);
    return version;
  }

  boolean name(TierId tier) {
    return grants.values().contains(tier);
  }
}
