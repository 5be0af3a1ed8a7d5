package io.contentcrew.sdk.tier;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.User;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user may have, and in which period it counts: by the tier they are entitled to; guests,
 * whatever they are entitled to, by what is left of the free one for them.
 */
public record Entitled(Tier tier, UsagePeriod period, boolean guest) {
  /** What {@code user} may have at {@code now}. */
  public static Entitled of(User user, Entitlement entitlement, TierCatalog catalog, Instant now) {
    return user.guest()
        ? new Entitled(catalog.free().forGuest(), UsagePeriod.ofGuest(user.createdAt()), true)
        : of(entitlement, catalog, now);
  }

  /** What somebody may have who is no guest. */
  public static Entitled of(Entitlement entitlement, TierCatalog catalog, Instant now) {
    return new Entitled(
        catalog.findOrFree(entitlement.tier()), entitlement.usagePeriod(now), false);
  }

  /** What to offer to whoever met a limit: to guests the tier itself, all of it. */
  public Optional<TierId> upgrade(TierCatalog catalog) {
    return guest ? Optional.of(tier.id()) : catalog.above(tier).map(Tier::id);
  }
}
