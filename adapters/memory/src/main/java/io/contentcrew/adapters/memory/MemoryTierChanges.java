package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.TierChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

final class MemoryTierChanges implements TierChanges {
  private final Table<UserId, Row> rows;
  private final MemoryUsers users;

  private record Row(Change change, Instant dueAt) {}

  MemoryTierChanges(Turn turn, MemoryUsers users) {
    rows = new Table<>(turn);
    this.users = users;
  }

  @Override
  public void add(UserId user, long version, Instant dueAt) {
    users.require(user);
    boolean isLatest = rows.get(user).map(row -> row.change.version() < version).orElse(true);
    if (isLatest) {
      rows.put(user, new Row(new Change(user, version), dueAt));
    }
  }

  @Override
  public List<Change> take(Instant now, Duration lease, int limit) {
    List<Row> due =
        rows.values().stream()
            .filter(row -> !row.dueAt.isAfter(now))
            .sorted(Comparator.comparing(Row::dueAt))
            .limit(limit)
            .toList();
    due.forEach(row -> rows.put(row.change.user(), new Row(row.change, now.plus(lease))));
    return due.stream().map(Row::change).toList();
  }

  @Override
  public void remove(UserId user, long version) {
    rows.get(user)
        .filter(row -> row.change.version() <= version)
        .ifPresent(row -> rows.remove(user));
  }

  /** Forgets what has changed for a user. */
  void delete(UserId user) {
    rows.remove(user);
  }
}
