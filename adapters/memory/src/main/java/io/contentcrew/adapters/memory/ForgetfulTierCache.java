package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import java.util.Optional;

/** Remembers nothing: where the stores are in memory there is nothing to be saved by it. */
final class ForgetfulTierCache implements TierCache {
  @Override
  public Optional<Entry> find(UserId user) {
    return Optional.empty();
  }

  @Override
  public void put(UserId user, Entry entry) {
    // forgotten at once
  }

  @Override
  public void evict(UserId user, long version) {
    // nothing is remembered
  }
}
