package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.subscription.Endings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

final class PostgresEndings implements Endings {
  private static final String ADD =
      """
      insert into provider_endings (provider, reference, state, due_at)
      values (:provider, :reference, :state::jsonb, :now)
      on conflict do nothing
      """;

  /** Passes over what somebody else is taking. */
  static final String TAKE =
      """
      with due as (
        select provider, reference, due_at from provider_endings
        where due_at <= :now
        order by due_at
        limit :limit
        for update skip locked),
      taken as (
        update provider_endings e set due_at = :until, attempts = e.attempts + 1
        from due
        where e.provider = due.provider and e.reference = due.reference
        returning e.state, e.attempts, due.due_at as was_due_at)
      select * from taken order by was_due_at
      """;

  private static final String REMOVE =
      "delete from provider_endings where provider = :provider and reference = :reference";
  private static final String POSTPONE =
      """
      update provider_endings set due_at = :until
      where provider = :provider and reference = :reference
      """;

  private final Tx tx;

  PostgresEndings(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(Subscription subscription, Instant now) {
    tx.update(
        ADD,
        values -> {
          named(subscription.ref()).accept(values);
          values.text("state", Json.write(SubscriptionJson.of(subscription))).time("now", now);
        });
  }

  private static Consumer<Values> named(SubscriptionRef subscription) {
    return values ->
        values
            .text("provider", subscription.provider().value())
            .text("reference", subscription.id());
  }

  @Override
  public List<Due> take(Instant now, Duration lease, int limit) {
    return tx.list(
        TAKE,
        values -> values.time("now", now).time("until", now.plus(lease)).number("limit", limit),
        row ->
            new Due(
                Json.read(row.getString("state"), SubscriptionJson.class).toSubscription(),
                row.getInt("attempts")));
  }

  @Override
  public void remove(SubscriptionRef subscription) {
    tx.update(REMOVE, named(subscription));
  }

  @Override
  public void postpone(SubscriptionRef subscription, Instant until) {
    tx.update(
        POSTPONE,
        values -> {
          named(subscription).accept(values);
          values.time("until", until);
        });
  }
}
