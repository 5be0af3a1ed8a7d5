package io.contentcrew.adapters.postgres;

/** The statements about subscriptions. */
final class SubscriptionSql {
  /**
   * The subscription of the highest tier; to be completed with whose. Of several of one tier it is
   * always the same, so that a user's usage counts in one period: the one that ends last.
   */
  static final String HIGHEST =
      """
      select g.tier, g.period_start, g.period_end
      from user_subscriptions g
      join subscription_tiers t on t.id = g.tier
      where g.user_id = %s and (g.ends_at is null or g.ends_at > :now)
      order by t.rank desc, g.period_end desc nulls last, g.period_start, g.provider
      limit 1
      """;

  static final String ENTITLEMENT = HIGHEST.formatted(":user_id");

  /** One snapshot for both, so that the number is not of a later change than what is shown. */
  static final String VERSIONED =
      """
      select coalesce(u.entitlement_version, 0) as version,
             granted.tier, granted.period_start, granted.period_end
      from (select :user_id as id) wanted
      left join users u on u.id = wanted.id
      left join lateral (%s) granted on true
      """
          .formatted(HIGHEST.formatted("wanted.id"));

  static final String LIST =
      """
      select provider, tier, period_start, period_end, ends_at, updated_at
      from user_subscriptions
      where user_id = :user
      order by updated_at desc, provider, reference
      """;

  /** Takes the user first, so that changes have the order of their numbers. */
  static final String GRANT =
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

  static final String FIND =
      """
      select state from user_subscriptions
      where provider = :provider and reference = :reference
        and provider <> 'manual' and state is not null
      """;

  static final String LOCK = FIND + "for update";

  /** What is held where there is no row to hold. */
  static final String LOCK_NAME =
      "select pg_advisory_xact_lock(hashtextextended(:provider || ':' || :reference, 0))";

  static final String BOUGHT_BY_USER =
      """
      select state from user_subscriptions
      where user_id = :user and state is not null
      order by updated_at desc, provider, reference
      """;

  static final String BOUGHT_BY_CUSTOMER =
      """
      select state from user_subscriptions
      where provider = :provider and customer = :customer
      order by reference collate "C"
      """;

  /**
   * Counts the change if what it grants is not what it granted, and only then touches the user: a
   * provider that repeats itself costs the update of one row. Whoever saves holds the subscription;
   * the user is taken after it. What ends at {@code :never} grants nothing, whatever its tier and
   * period are.
   */
  static final String SAVE =
      """
      with stored as (
        select tier, period_start, period_end, ends_at from user_subscriptions
        where user_id = :user and provider = :provider and reference = :reference
        for update),
      changed as (
        update users set entitlement_version = entitlement_version + 1
        where id = :user and case
          when :ends_at is not distinct from :never
            then exists (select from stored where ends_at is distinct from :never)
          else not exists (
            select from stored
            where (tier, period_start, period_end, ends_at)
              is not distinct from (:tier, :period_start, :period_end, :ends_at))
          end
        returning entitlement_version),
      saved as (
        insert into user_subscriptions (
          user_id, provider, reference, tier, period_start, period_end, ends_at, customer, status,
          settled, state, updated_at)
        select
          :user, :provider, :reference, :tier, :period_start, :period_end, :ends_at, :customer,
          :status, :settled, :state::jsonb, :now
        from (select) one left join changed on true
        on conflict (user_id, provider, reference) do update set
          tier = excluded.tier, period_start = excluded.period_start,
          period_end = excluded.period_end, ends_at = excluded.ends_at,
          customer = excluded.customer, status = excluded.status, settled = excluded.settled,
          state = excluded.state, updated_at = excluded.updated_at)
      select entitlement_version as version from changed
      """;

  static final String LIVE =
      """
      select state from user_subscriptions
      where not settled
        and (provider collate "C", reference collate "C") > (:after_provider, :after_reference)
      order by provider collate "C", reference collate "C"
      limit :limit
      """;

  static final String LAPSED =
      """
      select state from user_subscriptions
      where provider <> 'manual' and state is not null
        and ends_at >= :from and ends_at < :until and ends_at <> :never
      order by ends_at
      limit :limit
      """;

  private SubscriptionSql() {}
}
