package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.subscription.Endings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

final class MemoryEndings implements Endings {
  private final Table<SubscriptionRef, Row> rows;

  /**
   * One to be ended.
   *
   * @param attempts how often it was given out
   */
  private record Row(Subscription subscription, Instant dueAt, int attempts) {}

  MemoryEndings(Turn turn) {
    rows = new Table<>(turn);
  }

  @Override
  public void add(Subscription subscription, Instant now) {
    rows.add(subscription.ref(), new Row(subscription, now, 0));
  }

  @Override
  public List<Due> take(Instant now, Duration lease, int limit) {
    return rows.values().stream()
        .filter(row -> !row.dueAt.isAfter(now))
        .sorted(Comparator.comparing(Row::dueAt))
        .limit(limit)
        .toList()
        .stream()
        .map(row -> taken(row, now.plus(lease)))
        .toList();
  }

  private Due taken(Row row, Instant until) {
    int attempt = row.attempts + 1;
    rows.put(row.subscription.ref(), new Row(row.subscription, until, attempt));
    return new Due(row.subscription, attempt);
  }

  @Override
  public void remove(SubscriptionRef subscription) {
    rows.remove(subscription);
  }

  @Override
  public void postpone(SubscriptionRef subscription, Instant until) {
    rows.get(subscription)
        .ifPresent(row -> rows.put(subscription, new Row(row.subscription, until, row.attempts)));
  }
}
