package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.TierCache;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One tier for each user, whatever was sold last; and a lock that holds nobody up. */
final class NaiveSubscriptions implements Subscriptions {
  private final Map<UserId, TierId> grants = new ConcurrentHashMap<>();
  private final Map<SubscriptionRef, Subscription> bought = new ConcurrentHashMap<>();
  private final Map<SubscriptionRef, Instant> ends = new ConcurrentHashMap<>();
  private final AtomicLong saved = new AtomicLong();

  @Override
  public Entitlement entitlement(UserId user, Instant now) {
    return new Entitlement(grants.getOrDefault(user, TierId.FREE), Optional.empty());
  }

  @Override
  public TierCache.Entry versioned(UserId user, Instant now) {
    return new TierCache.Entry(entitlement(user, now), grants.size());
  }

  /** Shows to everybody what everybody has. */
  @Override
  public List<Held> list(UserId user) {
    return grants.values().stream()
        .map(tier -> new Held("", tier, Optional.empty(), Optional.empty(), Instant.EPOCH))
        .toList();
  }

  @Override
  public long grant(UserId user, TierId tier, Instant now) {
    grants.put(user, tier);
    return grants.size();
  }

  @Override
  public Optional<Subscription> lock(SubscriptionRef subscription) {
    Optional<Subscription> found = find(subscription);
    Gap.between();
    return found;
  }

  @Override
  public Optional<Subscription> find(SubscriptionRef subscription) {
    return Optional.ofNullable(bought.get(subscription));
  }

  @Override
  public List<Subscription> bought(UserId user) {
    return bought.values().stream().filter(one -> one.user().equals(user)).toList();
  }

  /** Whoever the provider is. */
  @Override
  public List<Subscription> bought(PaymentProviderName provider, String customer) {
    return bought.values().stream()
        .filter(one -> one.snapshot().customer().equals(customer))
        .toList();
  }

  /** Everything that is stored has a number. */
  @Override
  public OptionalLong save(Subscription subscription, Optional<Instant> endsAt, Instant now) {
    grants.put(subscription.user(), subscription.plan().tier());
    bought.put(subscription.ref(), subscription);
    endsAt.ifPresent(end -> ends.put(subscription.ref(), end));
    return OptionalLong.of(saved.incrementAndGet());
  }

  @Override
  public List<Subscription> live(Optional<SubscriptionRef> after, int limit) {
    return bought.values().stream().limit(limit).toList();
  }

  /** With those that never granted anything. */
  @Override
  public List<Subscription> lapsed(Instant from, Instant until, int limit) {
    return bought.values().stream()
        .filter(one -> ends.containsKey(one.ref()))
        .filter(one -> ends.get(one.ref()).isBefore(until))
        .limit(limit)
        .toList();
  }
}
