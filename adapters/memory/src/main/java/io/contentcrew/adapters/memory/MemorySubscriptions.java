package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.TierCache;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

final class MemorySubscriptions implements Subscriptions {
  private static final Comparator<SubscriptionRef> BY_NAME =
      Comparator.comparing((SubscriptionRef ref) -> ref.provider().value())
          .thenComparing(SubscriptionRef::id);

  private static final Comparator<Held> LATEST_FIRST =
      Comparator.comparing(Held::updatedAt).reversed().thenComparing(Held::provider);

  /** Of those of the same rank the one whose period ends last, and one without a period at last. */
  private static final Comparator<Held> BY_PERIOD =
      Comparator.comparing(
          held -> held.period().map(UsagePeriod::end).orElse(Instant.MIN),
          Comparator.naturalOrder());

  private final Table<UserId, Grant> grants;
  private final Table<SubscriptionRef, Row> rows;
  private final Index<UserId, SubscriptionRef> byUser;
  private final Index<Customer, SubscriptionRef> byCustomer;
  private final Index<Boolean, SubscriptionRef> live;
  private final Table<UserId, Long> versions;
  private final MemoryUsers users;
  private final Function<TierId, Optional<Integer>> rank;

  private record Grant(TierId tier, Instant at) {}

  private record Customer(PaymentProviderName provider, String name) {}

  /** A subscription and what it grants. */
  private record Row(Subscription subscription, Optional<Instant> endsAt, Instant updatedAt) {
    Held held() {
      return new Held(
          subscription.ref().provider().value(),
          subscription.plan().tier(),
          subscription.period(),
          endsAt,
          updatedAt);
    }

    Customer customer() {
      return new Customer(subscription.ref().provider(), subscription.snapshot().customer());
    }

    boolean grantsNothing() {
      return endsAt.equals(Optional.of(Instant.EPOCH));
    }

    boolean grantsTheSameAs(Row other) {
      if (grantsNothing() || other.grantsNothing()) {
        return grantsNothing() && other.grantsNothing();
      }
      return subscription.plan().tier().equals(other.subscription.plan().tier())
          && subscription.period().equals(other.subscription.period())
          && endsAt.equals(other.endsAt);
    }
  }

  /** Subscriptions to tiers of which {@code rank} says how high they are, if they are stored. */
  MemorySubscriptions(Turn turn, MemoryUsers users, Function<TierId, Optional<Integer>> rank) {
    grants = new Table<>(turn);
    rows = new Table<>(turn);
    byUser = new Index<>(turn, BY_NAME);
    byCustomer = new Index<>(turn, BY_NAME);
    live = new Index<>(turn, BY_NAME);
    versions = new Table<>(turn);
    this.users = users;
    this.rank = rank;
  }

  @Override
  public Entitlement entitlement(UserId user, Instant now) {
    return held(user)
        .filter(held -> held.endsAt().map(now::isBefore).orElse(true))
        .max(Comparator.comparingInt(this::rank).thenComparing(BY_PERIOD))
        .map(held -> new Entitlement(held.tier(), held.period()))
        .orElseGet(Entitlement::free);
  }

  private int rank(Held held) {
    return rank.apply(held.tier()).orElse(Integer.MIN_VALUE);
  }

  private Stream<Held> held(UserId user) {
    return Stream.concat(
        grants.get(user).stream().map(MemorySubscriptions::held), rows(user).map(Row::held));
  }

  private Stream<Row> rows(UserId user) {
    return byUser.of(user).stream().map(this::row);
  }

  private Row row(SubscriptionRef ref) {
    return rows.get(ref).orElseThrow();
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
    return held(user).sorted(LATEST_FIRST).toList();
  }

  private static Held held(Grant grant) {
    return new Held(
        PaymentProviderName.BY_HAND, grant.tier, Optional.empty(), Optional.empty(), grant.at);
  }

  @Override
  public long grant(UserId user, TierId tier, Instant now) {
    require(user, tier);
    grants.put(user, new Grant(tier, now));
    return nextVersion(user);
  }

  private void require(UserId user, TierId tier) {
    users.require(user);
    if (rank.apply(tier).isEmpty()) {
      throw Turn.refused("there is no tier " + tier);
    }
  }

  private long nextVersion(UserId user) {
    long version = version(user) + 1;
    versions.put(user, version);
    return version;
  }

  /** Finds only: one transaction at a time holds everything anyway. */
  @Override
  public Optional<Subscription> lock(SubscriptionRef subscription) {
    return find(subscription);
  }

  @Override
  public Optional<Subscription> find(SubscriptionRef subscription) {
    return rows.get(subscription).map(Row::subscription);
  }

  @Override
  public List<Subscription> bought(UserId user) {
    return rows(user)
        .sorted(Comparator.comparing(Row::updatedAt).reversed())
        .map(Row::subscription)
        .toList();
  }

  @Override
  public List<Subscription> bought(PaymentProviderName provider, String customer) {
    return byCustomer.of(new Customer(provider, customer)).stream()
        .map(ref -> row(ref).subscription)
        .toList();
  }

  @Override
  public OptionalLong save(Subscription subscription, Optional<Instant> endsAt, Instant now) {
    UserId user = subscription.user();
    require(user, subscription.plan().tier());
    Row next = new Row(subscription, endsAt, now);
    Optional<Row> before = rows.get(subscription.ref());
    if (before.isPresent()) {
      if (!before.get().subscription.user().equals(user)) {
        throw Turn.refused("the subscription belongs to somebody else");
      }
      unlink(before.get());
    }
    rows.put(subscription.ref(), next);
    byUser.add(user, subscription.ref());
    byCustomer.add(next.customer(), subscription.ref());
    if (subscription.isLive()) {
      live.add(true, subscription.ref());
    }
    boolean same = before.map(next::grantsTheSameAs).orElseGet(next::grantsNothing);
    return same ? OptionalLong.empty() : OptionalLong.of(nextVersion(user));
  }

  private void unlink(Row row) {
    SubscriptionRef ref = row.subscription.ref();
    byUser.remove(row.subscription.user(), ref);
    byCustomer.remove(row.customer(), ref);
    live.remove(true, ref);
  }

  @Override
  public List<Subscription> live(Optional<SubscriptionRef> after, int limit) {
    var all = live.of(true);
    return after.map(last -> all.tailSet(last, false)).orElse(all).stream()
        .limit(limit)
        .map(ref -> row(ref).subscription)
        .toList();
  }

  @Override
  public List<Subscription> lapsed(Instant from, Instant until, int limit) {
    return rows.values().stream()
        .filter(row -> !row.grantsNothing() && row.endsAt.isPresent())
        .filter(row -> !end(row).isBefore(from) && end(row).isBefore(until))
        .sorted(Comparator.comparing(MemorySubscriptions::end))
        .limit(limit)
        .map(Row::subscription)
        .toList();
  }

  private static Instant end(Row row) {
    return row.endsAt.orElseThrow();
  }

  boolean name(TierId tier) {
    return grants.values().stream().anyMatch(grant -> grant.tier.equals(tier))
        || rows.values().stream().anyMatch(row -> row.subscription.plan().tier().equals(tier));
  }

  /** Forgets all that a user has. */
  void delete(UserId user) {
    grants.remove(user);
    versions.remove(user);
    List<Row> gone = rows(user).toList();
    gone.forEach(this::unlink);
    gone.forEach(row -> rows.remove(row.subscription.ref()));
  }
}
