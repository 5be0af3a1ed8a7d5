package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.subscription.WebhookInbox.Query;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.testkit.BillingFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statements about what was bought, on large tables. */
class BillingQueriesTest {
  private final PostgresConfig database = TestServer.database();

  @Test
  void deliveries_are_found_by_indexes() {
    fill();
    assertThat(plan(WebhookSql.TAKE))
        .contains("webhook_inbox_next")
        .containsPattern("Index Cond.*next_at <=");
    assertThat(plan(WebhookSql.PURGE))
        .contains("webhook_inbox_settled")
        .containsPattern("Index Cond.*settled_at <");
    assertThat(plan(WebhookSql.FINISH)).contains("webhook_inbox_pkey");
    assertThat(plan(WebhookSql.RELEASE)).contains("webhook_inbox_waiting");
    assertThat(plan(WebhookSql.AWAITED)).contains("webhook_inbox_waiting");
    assertThat(plan(WebhookSql.COUNTS)).contains("webhook_inbox_open");
    assertThat(plan(WebhookSql.OLDEST_DUE)).contains("webhook_inbox_open");
    assertThat(plan(PostgresUsers.ERASE)).contains("webhook_inbox_by_customer");
    assertThat(plan(WebhookSql.page(query(Optional.of(State.DEAD)))))
        .contains("webhook_inbox_open")
        .doesNotContain("Sort");
    assertThat(plan(WebhookSql.page(query(Optional.empty()))))
        .contains("webhook_inbox_pkey")
        .doesNotContain("Sort");
  }

  private static Query query(Optional<State> state) {
    return new Query(Optional.empty(), state, Optional.empty(), Optional.empty(), 10);
  }

  @Test
  void what_was_bought_is_found_by_indexes() {
    fill();
    assertThat(plan(SubscriptionSql.FIND)).contains("user_subscriptions_by_name");
    assertThat(plan(SubscriptionSql.LOCK)).contains("user_subscriptions_by_name");
    assertThat(plan(SubscriptionSql.SAVE))
        .contains("users_pkey")
        .doesNotContain("Seq Scan on user");
    assertThat(plan(SubscriptionSql.BOUGHT_BY_USER)).contains("user_subscriptions_pkey");
    assertThat(plan(SubscriptionSql.BOUGHT_BY_CUSTOMER)).contains("user_subscriptions_by_customer");
    assertThat(plan(SubscriptionSql.LIVE))
        .contains("user_subscriptions_live")
        .containsPattern("Index Cond.*>")
        .doesNotContain("Sort");
    assertThat(plan(SubscriptionSql.LAPSED))
        .contains("user_subscriptions_by_end")
        .containsPattern("Index Cond.*ends_at >=");
  }

  @Test
  void customers_books_changes_and_endings_are_found_by_indexes() {
    fill();
    assertThat(plan(PostgresCustomers.OF)).contains("payment_customers_by_user");
    assertThat(plan(PostgresBillingLedger.LIST)).contains("billing_ledger_by_user");
    assertThat(plan(PostgresTierChanges.TAKE))
        .contains("tier_changes_due")
        .containsPattern("Index Cond.*due_at <=");
    assertThat(plan(PostgresEndings.TAKE))
        .contains("provider_endings_due")
        .containsPattern("Index Cond.*due_at <=");
  }

  @Test
  void an_instance_whose_clock_is_ahead_deletes_no_delivery_that_is_young() {
    Instant now = Instant.now();
    Instant ahead = now.plus(Duration.ofDays(91));
    var delivery = BillingFixtures.aDelivery();
    try (PostgresAdapter adapter = PostgresAdapter.open(database)) {
      int gone =
          adapter
              .transactions()
              .inTransaction(
                  stores -> {
                    stores.webhooks().store(delivery, now, Duration.ZERO);
                    stores.webhooks().finish(delivery.id(), "APPLIED", ahead);
                    return stores.webhooks().purge(ahead.plusSeconds(1), ahead, 10);
                  });
      assertThat(gone).isZero();
    }
  }

  private String plan(String sql) {
    return TestServer.all(
        database,
        "explain (costs off) "
            + TestServer.with(
                sql,
                Map.ofEntries(
                    Map.entry("now", "(now() - interval '1 hour')"),
                    Map.entry("until", "now()"),
                    Map.entry("pause", "60"),
                    Map.entry("from", "(now() - interval '1 hour')"),
                    Map.entry("never", "timestamptz '1970-01-01 00:00:00Z'"),
                    Map.entry("limit", "10"),
                    Map.entry("id", "'018f0000-0000-7000-8000-000000000000'::uuid"),
                    Map.entry("ids", "array['018f0000-0000-7000-8000-000000000000'::uuid]"),
                    Map.entry("notes", "array['APPLIED']"),
                    Map.entry("user", "'018f0000-0000-7000-8000-000000000000'::uuid"),
                    Map.entry("provider", "'stripe'"),
                    Map.entry("providers", "array['stripe']"),
                    Map.entry("reference", "'sub_77'"),
                    Map.entry("customer", "'cus_77'"),
                    Map.entry("after_provider", "'stripe'"),
                    Map.entry("after_reference", "'sub_77'"),
                    Map.entry("waits_for", "'PRICE'"),
                    Map.entry("waits_name", "'p'"),
                    Map.entry("note", "'APPLIED'"),
                    Map.entry("done_before", "(now() - interval '100 days')"),
                    Map.entry("dead_before", "(now() - interval '100 days')"),
                    Map.entry("tier", "'pro'"),
                    Map.entry("period_start", "now()"),
                    Map.entry("period_end", "now() + interval '1 day'"),
                    Map.entry("ends_at", "now() + interval '1 day'"),
                    Map.entry("status", "'active'"),
                    Map.entry("settled", "false"),
                    Map.entry("state", "'{}'"))));
  }

  private void fill() {
    TestServer.execute(
        database,
        """
        insert into subscription_tiers (
          id, display_name, rank, monthly, parallel_tasks, active_jobs, generate_per_minute,
          requests_per_minute, model, priority, api_keys)
        values ('pro', 'Pro', 1, '{}', 1, 1, 1, 1, 'm', false, false);
        insert into users (id, email, name, created_at)
        select gen_random_uuid(), i::text, 'u', now() from generate_series(1, 10000) i;
        insert into user_subscriptions (user_id, provider, reference, tier, updated_at)
        select id, 'manual', '', 'pro', now() from users;
        insert into user_subscriptions (
          user_id, provider, reference, tier, ends_at, updated_at, customer, status, settled, state)
        select id, 'stripe', 'sub_' || email, 'pro', now() + (email::int - 500) * interval '1 h',
          now(), 'cus_' || email, 'active', random() < 0.9, '{}'
        from users;
        insert into payment_customers (provider, customer, user_id, linked_at)
        select 'stripe', 'cus_' || email, id, now() from users;
        insert into billing_ledger (provider, kind, reference, user_id, state, at)
        select 'stripe', 'PAID', 'in_' || email, id, '', now() from users;
        insert into tier_changes (user_id, version, due_at)
        select id, 1, now() + (random() - 0.01) * interval '1 day' from users;
        insert into provider_endings (provider, reference, state, due_at)
        select 'stripe', 'sub_' || email, '{}', now() + (random() - 0.01) * interval '1 day'
        from users;
        insert into webhook_inbox (
          id, provider, event_key, type, customer, signature, body, received_at, state, settled_at)
        select gen_random_uuid(), 'stripe', 'evt_' || i, 't', 'cus_' || i, sha256(i::text::bytea),
          'b', now(), 'DONE', now() - i * interval '1 minute'
        from generate_series(1, 20000) i;
        insert into webhook_inbox (
          id, provider, event_key, type, signature, body, received_at, state, next_at)
        select gen_random_uuid(), 'stripe', 'due_' || i, 't', sha256(i::text::bytea), 'b', now(),
          'DUE', now() + (random() - 0.1) * interval '1 day'
        from generate_series(1, 500) i;
        insert into webhook_inbox (
          id, provider, event_key, type, signature, body, received_at, state, next_at, waits_for,
          waits_name)
        select gen_random_uuid(), 'stripe', 'parked_' || i, 't', sha256(i::text::bytea), 'b', now(),
          'PARKED', now() + interval '1 day', 'CUSTOMER', i::text
        from generate_series(1, 500) i;
        analyze
        """);
  }
}
