package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What users have subscribed to. */
public interface Subscriptions {
  /**
   * What the user is entitled to at {@code now}: the highest tier of all that grant one, else the
   * free one.
   */
  Entitlement entitlement(UserId user, Instant now);

  /**
   * The same, with the number of the user's last change: it grows with everything that is stored
   * and may change the user's entitlement. For {@link io.contentcrew.ports.tier.TierCache}.
   */
  TierCache.Entry versioned(UserId user, Instant now);

  /** All that the user has subscribed to or was granted, also what has ended, the latest first. */
  List<Held> list(UserId user);

  /**
   * Grants a tier by hand, without a provider and without an end; replaces an earlier grant by
   * hand. The tier must be stored.
   *
   * @return the number of this change
   */
  long grant(UserId user, TierId tier, Instant now);

  /**
   * Something that grants a tier, or did.
   *
   * @param provider who sold it; {@code manual} for a grant by hand
   * @param period the billing period; empty if there is none
   * @param endsAt the first instant at which it grants nothing any more; empty if it goes on
   */
  record Held(
      String provider,
      TierId tier,
      Optional<UsagePeriod> period,
      Optional<Instant> endsAt,
      Instant updatedAt) {}
}
