package io.contentcrew.sdk.tier;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.sdk.Now;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Says which tier a user is on: from the cache where it knows, else from the stores. What is
 * charged or refused by it is decided on what the stores say, under the user's lock. Safe for use
 * by many threads.
 */
public final class Entitlements {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.tier");

  private final Transactions transactions;
  private final TierCatalog catalog;
  private final TierCache cache;
  private final InstantSource clock;

  /** Entitlements to the tiers of {@code catalog}. */
  public Entitlements(
      Transactions transactions, TierCatalog catalog, TierCache cache, InstantSource clock) {
    this.transactions = transactions;
    this.catalog = catalog;
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * The tier the user is on. Up to date where it was changed by way of the same cache; may be out
   * of date by as long as the cache keeps things (a minute) where a tier ends by the clock, and
   * where it was changed at another instance that does not share the cache.
   *
   * @throws PortUnavailableException if neither the cache nor the stores can be had
   */
  public Tier tier(UserId user) {
    return cached(user)
        .map(Entitlement::tier)
        .map(catalog::findOrFree)
        .orElseGet(() -> fresh(user));
  }

  /** The tier the user is on, as the stores say now. */
  public Tier fresh(UserId user) {
    TierCache.Entry entry =
        transactions.read(stores -> stores.subscriptions().versioned(user, clock.instant()));
    try {
      cache.put(user, entry);
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "A tier is not cached: {0}", e.getMessage());
    }
    return catalog.findOrFree(entry.entitlement().tier());
  }

  private Optional<Entitlement> cached(UserId user) {
    try {
      return cache.find(user).map(TierCache.Entry::entitlement);
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "The cache of tiers is not asked: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Puts a user on a tier, without payment and without end. */
  public void grant(UserId user, TierId tier) {
    if (catalog.find(tier).isEmpty()) {
      throw new IllegalArgumentException("there is no tier " + tier);
    }
    Instant now = Now.by(clock);
    long version =
        transactions.inTransaction(
            stores -> {
              stores
                  .audit()
                  .append(
                      new SecurityEvent(
                          SecurityEvent.Kind.TIER_GRANTED,
                          Optional.of(user),
                          now,
                          Map.of("tier", tier.value())));
              long number = stores.subscriptions().grant(user, tier, now);
              stores.tierChanges().add(user, number, now); // for the caches of others
              return number;
            });
    evict(user, version);
  }

  /**
   * Has the cache forget what was true before that change.
   *
   * @return whether it could be told
   */
  public boolean evict(UserId user, long version) {
    try {
      cache.evict(user, version);
      return true;
    } catch (PortException e) {
      LOG.log(
          Level.WARNING,
          "The change of a tier will be seen everywhere only when caches forget: {0}",
          e.getMessage());
      return false;
    }
  }
}
