package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.TierChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class PostgresTierChanges implements TierChanges {
  private static final String ADD =
      """
      insert into tier_changes as c (user_id, version, due_at) values (:user, :version, :due_at)
      on conflict (user_id) do update set version = excluded.version, due_at = excluded.due_at
      where c.version < excluded.version
      """;

  /** Passes over what somebody else is taking. */
  static final String TAKE =
      """
      with due as (
        select user_id, due_at from tier_changes
        where due_at <= :now
        order by due_at
        limit :limit
        for update skip locked),
      taken as (
        update tier_changes c set due_at = :until
        from due
        where c.user_id = due.user_id
        returning c.user_id, c.version, due.due_at as was_due_at)
      select * from taken order by was_due_at
      """;

  private static final String REMOVE =
      "delete from tier_changes where user_id = :user and version <= :version";

  private final Tx tx;

  PostgresTierChanges(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(UserId user, long version, Instant dueAt) {
    tx.update(
        ADD,
        values ->
            values.uuid("user", user.value()).number("version", version).time("due_at", dueAt));
  }

  @Override
  public List<Change> take(Instant now, Duration lease, int limit) {
    return tx.list(
        TAKE,
        values -> values.time("now", now).time("until", now.plus(lease)).number("limit", limit),
        row -> new Change(new UserId(Values.uuid(row, "user_id")), row.getLong("version")));
  }

  @Override
  public void remove(UserId user, long version) {
    tx.update(REMOVE, values -> values.uuid("user", user.value()).number("version", version));
  }
}
