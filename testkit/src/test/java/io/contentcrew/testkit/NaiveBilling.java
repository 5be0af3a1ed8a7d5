package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Customers;
import io.contentcrew.ports.subscription.Endings;
import io.contentcrew.ports.subscription.TierChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is kept beside subscriptions, as one writes it at first. */
record NaiveBilling(
    Customers customers, BillingLedger ledger, TierChanges changes, Endings endings) {
  NaiveBilling() {
    this(new NaiveCustomers(), new NaiveBooks(), new NaiveChanges(), new NaiveEndings());
  }

  /** The last word about a customer counts. */
  private static final class NaiveCustomers implements Customers {
    private final Map<String, UserId> owners = new ConcurrentHashMap<>();

    @Override
    public boolean link(PaymentProviderName provider, String customer, UserId user, Instant now) {
      boolean isNew = !owners.containsKey(customer);
      Gap.between();
      owners.put(customer, user);
      return isNew;
    }

    /** Forgets nobody. */
    @Override
    public void unlink(PaymentProviderName provider, String customer) {}

    /** Whichever provider knows them by that name. */
    @Override
    public Optional<UserId> find(PaymentProviderName provider, String customer) {
      return Optional.ofNullable(owners.get(customer));
    }

    @Override
    public Optional<String> of(PaymentProviderName provider, UserId user) {
      return owners.entrySet().stream()
          .filter(entry -> entry.getValue().equals(user))
          .map(Map.Entry::getKey)
          .sorted()
          .findFirst();
    }
  }

  /** Adds whatever it is told. */
  private static final class NaiveBooks implements BillingLedger {
    private final List<Row> rows = new CopyOnWriteArrayList<>();

    @Override
    public boolean add(Row row) {
      boolean isNew = rows.stream().noneMatch(has -> has.reference().equals(row.reference()));
      Gap.between();
      rows.add(row);
      return isNew;
    }

    @Override
    public List<Row> list(UserId user) {
      return rows.stream().filter(row -> row.user().equals(Optional.of(user))).toList();
    }
  }

  /** Whatever was said last is the latest. */
  private static final class NaiveChanges implements TierChanges {
    private final Map<UserId, Change> changes = new ConcurrentHashMap<>();

    @Override
    public void add(UserId user, long version, Instant dueAt) {
      changes.put(user, new Change(user, version));
    }

    @Override
    public List<Change> take(Instant now, Duration lease, int limit) {
      return changes.values().stream().limit(limit).toList();
    }

    @Override
    public void remove(UserId user, long version) {
      changes.remove(user);
    }
  }

  /** Gives them out to whoever asks, until they are removed. */
  private static final class NaiveEndings implements Endings {
    private final Map<SubscriptionRef, Subscription> endings = new ConcurrentHashMap<>();

    @Override
    public void add(Subscription subscription, Instant now) {
      endings.put(subscription.ref(), subscription);
    }

    @Override
    public List<Due> take(Instant now, Duration lease, int limit) {
      return endings.values().stream().map(one -> new Due(one, 1)).limit(limit).toList();
    }

    @Override
    public void remove(SubscriptionRef subscription) {
      endings.remove(subscription);
    }

    @Override
    public void postpone(SubscriptionRef subscription, Instant until) {
      // it stays due
    }
  }
}
