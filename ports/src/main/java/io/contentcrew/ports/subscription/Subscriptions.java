package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
   * A subscription, for a change: until the end of the transaction nobody else is given that one by
   * this method; they wait. That holds also while there is none of that name.
   */
  Optional<Subscription> lock(SubscriptionRef subscription);

  /** A subscription, to be looked at. */
  Optional<Subscription> find(SubscriptionRef subscription);

  /** All that a user has from providers, also what has ended, the latest changed first. */
  List<Subscription> bought(UserId user);

  /** All that a customer has, also what has ended. */
  List<Subscription> bought(PaymentProviderName provider, String customer);

  /**
   * Stores a subscription as it is now, new or changed, and what it grants. Its user and tier must
   * be stored.
   *
   * @param endsAt the first instant at which it grants nothing, as {@link Subscription#grantsUntil}
   *     says it
   * @return the number of this change if it may change what the user is entitled to; empty if what
   *     it grants is what it granted before
   */
  OptionalLong save(Subscription subscription, Optional<Instant> endsAt, Instant now);

  /**
   * Subscriptions that have not ended, by their names.
   *
   * @param after only those that come after that one; empty for the first
   * @param limit at most so many
   */
  List<Subscription> live(Optional<SubscriptionRef> after, int limit);

  /**
   * Subscriptions that have granted something, and have stopped to do so by the clock alone in a
   * time: from {@code from} on, and before {@code until}.
   *
   * @param limit at most so many, the earliest first
   */
  List<Subscription> lapsed(Instant from, Instant until, int limit);

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
