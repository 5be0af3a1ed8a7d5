package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.TierCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class PostgresSubscriptions implements Subscriptions {
  /** The subscription of the highest tier; to be completed with whose. */
  static final String HIGHEST =
      """
      select g.tier, g.period_start, g.period_end
      from user_subscriptions g
      join subscription_tiers t on t.id = g.tier
      where g.user_id = %s and (g.ends_at is null or g.ends_at > :now)
      order by t.rank desc
      limit 1
      """;

  private static final String ENTITLEMENT = HIGHEST.formatted(":user_id");

  /** One snapshot for both, so that the number is not of a later change than what is shown. */
  private static final String VERSIONED =
      """
      select coalesce(u.entitlement_version, 0) as version,
             granted.tier, granted.period_start, granted.period_end
      from (select :user_id as id) wanted
      left join users u on u.id = wanted.id
      left join lateral (%s) granted on true
      """
          .formatted(HIGHEST.formatted("wanted.id"));

  private static final String LIST =
      """
      select provider, tier, period_start, period_end, ends_at, updated_at
      from user_subscriptions
      where user_id = :user
      order by updated_at desc, provider, reference
      """;

  /** Takes the user first, so that changes have the order of their numbers. */
  private static final String GRANT =
      """
      with changed as (
        update users set entitlement_version = entitlement_version + 1
        where id = :user_id
        returning id, entitlement_version),
      granted as (
        insert into user_subscriptions (user_id, provider, reference, tier, updated_at)
        select id, 'manual', '', :tier, :now from changed
        on conflict (user_id, provider, reference)
        do update set tier = excluded.tier, updated_at = excluded.updated_at)
      select entitlement_version as version from changed
      """;

  private final Tx tx;

  PostgresSubscriptions(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Entitlement entitlement(UserId user, Instant now) {
    return tx.first(
            ENTITLEMENT,
            values -> values.uuid("user_id", user.value()).time("now", now),
            PostgresSubscriptions::entitlement)
        .orElseGet(Entitlement::free);
  }

  @Override
  public TierCache.Entry versioned(UserId user, Instant now) {
    return tx.one(
        VERSIONED,
        values -> values.uuid("user_id", user.value()).time("now", now),
        row -> new TierCache.Entry(entitlement(row), row.getLong("version")));
  }

  @Override
  public List<Held> list(UserId user) {
    return tx.list(
        LIST,
        values -> values.uuid("user", user.value()),
        row ->
            new Held(
                row.getString("provider"),
                new TierId(row.getString("tier")),
                period(row),
                Values.maybeTime(row, "ends_at"),
                Values.time(row, "updated_at")));
  }

  @Override
  public long grant(UserId user, TierId tier, Instant now) {
    return tx.first(
            GRANT,
            values ->
                values.uuid("user_id", user.value()).text("tier", tier.value()).time("now", now),
            row -> row.getLong("version"))
        .orElseThrow(
            () -> new PortFailureException("the database refused: there is no such user", null));
  }

  /** What a row grants whose columns come from an outer join of {@link #HIGHEST}. */
  static Entitlement entitlement(ResultSet row) throws SQLException {
    Optional<String> tier = Values.maybeText(row, "tier");
    if (tier.isEmpty()) {
      return Entitlement.free();
    }
    return new Entitlement(new TierId(tier.get()), period(row));
  }

  private static Optional<UsagePeriod> period(ResultSet row) throws SQLException {
    Optional<Instant> start = Values.maybeTime(row, "period_start");
    Optional<Instant> end = Values.maybeTime(row, "period_end");
    return start.flatMap(from -> end.map(until -> new UsagePeriod(from, until)));
  }
}
