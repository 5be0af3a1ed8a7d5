package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;

/** What users have subscribed to. */
public interface Subscriptions {
  /**
   * What the user is entitled to at {@code now}: the highest tier of all that grant one, else the
   * free one.
   */
  Entitlement entitlement(UserId user, Instant now);

  /**
   * Grants a tier by hand, without a provider and without an end; replaces an earlier grant by
   * hand. The tier must be stored.
   */
  void grant(UserId user, TierId tier, Instant now);
}
