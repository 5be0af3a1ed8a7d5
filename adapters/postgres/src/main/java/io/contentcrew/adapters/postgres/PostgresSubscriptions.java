package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
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
import java.util.OptionalLong;
import java.util.function.Consumer;

final class PostgresSubscriptions implements Subscriptions {
  private final Tx tx;

  PostgresSubscriptions(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Entitlement entitlement(UserId user, Instant now) {
    return tx.first(
            SubscriptionSql.ENTITLEMENT,
            values -> values.uuid("user_id", user.value()).time("now", now),
            PostgresSubscriptions::entitlement)
        .orElseGet(Entitlement::free);
  }

  @Override
  public TierCache.Entry versioned(UserId user, Instant now) {
    return tx.one(
        SubscriptionSql.VERSIONED,
        values -> values.uuid("user_id", user.value()).time("now", now),
        row -> new TierCache.Entry(entitlement(row), row.getLong("version")));
  }

  @Override
  public List<Held> list(UserId user) {
    return tx.list(
        SubscriptionSql.LIST,
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
            SubscriptionSql.GRANT,
            values ->
                values.uuid("user_id", user.value()).text("tier", tier.value()).time("now", now),
            row -> row.getLong("version"))
        .orElseThrow(
            () -> new PortFailureException("the database refused: there is no such user", null));
  }

  /**
   * Where there is no row, its name is locked, and then one looks again: whoever held the name may
   * have added it. The second look is a statement of its own, so that it sees what was committed.
   */
  @Override
  public Optional<Subscription> lock(SubscriptionRef subscription) {
    Optional<Subscription> found = bySql(SubscriptionSql.LOCK, subscription);
    if (found.isPresent()) {
      return found;
    }
    tx.one(SubscriptionSql.LOCK_NAME, named(subscription), row -> true);
    return bySql(SubscriptionSql.LOCK, subscription);
  }

  @Override
  public Optional<Subscription> find(SubscriptionRef subscription) {
    return bySql(SubscriptionSql.FIND, subscription);
  }

  private Optional<Subscription> bySql(String sql, SubscriptionRef subscription) {
    return tx.first(sql, named(subscription), PostgresSubscriptions::subscription);
  }

  private static Consumer<Values> named(SubscriptionRef subscription) {
    return values ->
        values
            .text("provider", subscription.provider().value())
            .text("reference", subscription.id());
  }

  private static Subscription subscription(ResultSet row) throws SQLException {
    return Json.read(row.getString("state"), SubscriptionJson.class).toSubscription();
  }

  @Override
  public List<Subscription> bought(UserId user) {
    return tx.list(
        SubscriptionSql.BOUGHT_BY_USER,
        values -> values.uuid("user", user.value()),
        PostgresSubscriptions::subscription);
  }

  @Override
  public List<Subscription> bought(PaymentProviderName provider, String customer) {
    return tx.list(
        SubscriptionSql.BOUGHT_BY_CUSTOMER,
        values -> values.text("provider", provider.value()).text("customer", customer),
        PostgresSubscriptions::subscription);
  }

  @Override
  public OptionalLong save(Subscription subscription, Optional<Instant> endsAt, Instant now) {
    Optional<UsagePeriod> period = subscription.period();
    return tx.first(
            SubscriptionSql.SAVE,
            values -> {
              named(subscription.ref()).accept(values);
              values
                  .uuid("user", subscription.user().value())
                  .text("tier", subscription.plan().tier().value())
                  .time("period_start", period.map(UsagePeriod::start))
                  .time("period_end", period.map(UsagePeriod::end))
                  .time("ends_at", endsAt)
                  .time("never", Instant.EPOCH)
                  .text("customer", subscription.snapshot().customer())
                  .text("status", subscription.status().wireName())
                  .flag("settled", !subscription.isLive())
                  .text("state", Json.write(SubscriptionJson.of(subscription)))
                  .time("now", now);
            },
            row -> OptionalLong.of(row.getLong("version")))
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public List<Subscription> live(Optional<SubscriptionRef> after, int limit) {
    return tx.list(
        SubscriptionSql.LIVE,
        values ->
            values
                .text("after_provider", after.map(last -> last.provider().value()).orElse(""))
                .text("after_reference", after.map(SubscriptionRef::id).orElse(""))
                .number("limit", limit),
        PostgresSubscriptions::subscription);
  }

  @Override
  public List<Subscription> lapsed(Instant from, Instant until, int limit) {
    return tx.list(
        SubscriptionSql.LAPSED,
        values ->
            values
                .time("from", from)
                .time("until", until)
                .time("never", Instant.EPOCH)
                .number("limit", limit),
        PostgresSubscriptions::subscription);
  }

  /** What a row grants whose columns come from an outer join of {@link SubscriptionSql#HIGHEST}. */
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
