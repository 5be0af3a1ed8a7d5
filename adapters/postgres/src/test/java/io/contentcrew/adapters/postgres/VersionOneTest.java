package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.testkit.BillingFixtures;
import io.contentcrew.testkit.Fixtures;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Instances of version 1 go on beside newer ones while they are replaced: the statements here are
 * theirs, letter by letter, and stay as they are.
 */
class VersionOneTest {
  private static final String QUEUE =
      """
      insert into scheduled_tasks (
        task_name, task_instance, execution_time, picked, version, priority)
      values (
        :task, :id, clock_timestamp() + make_interval(secs => :delay), false,
        (extract(epoch from clock_timestamp()) * 1000000)::bigint, :priority)
      on conflict (task_name, task_instance) do nothing
      """;

  private static final String SUBMIT =
      """
      with holder as (select id from users where id = :owner for share),
      added as (
        insert into jobs (
          id, owner, topic, formats, tone, length, language, audience, brand_voice, tier,
          period_start, period_end, engine, model, demo, status, attempt, results, failure_code,
          failure_message, cancel_requested, created_at, started_at, finished_at)
        select
          :id, :owner, :topic, :formats, :tone, :length, :language, :audience, :brand_voice, :tier,
          :period_start, :period_end, :engine, :model, :demo, :status, :attempt, :results::jsonb,
          :failure_code, :failure_message, :cancel_requested, :created_at, :started_at,
          :finished_at
        where (select count(*) from holder) >= 0
        returning id)
      insert into job_tasks (job_id, task, position, state, input_tokens, output_tokens)
      select added.id, t.task, t.position, 'waiting', 0, 0
      from added, unnest(:tasks) with ordinality as t (task, position)
      """;

  private static final String CLAIM =
      """
      update jobs set
        taken_over = status = 'running', status = 'running', attempt = attempt + 1,
        worker = :worker, heartbeat_at = clock_timestamp(),
        started_at = coalesce(started_at, clock_timestamp())
      where id = :id and (
        status = 'pending'
        or status = 'running'
          and heartbeat_at <= clock_timestamp() - make_interval(secs => :dead_after))
      returning taken_over
      """;

  private static final String GRANT =
      """
      insert into user_subscriptions (user_id, provider, reference, tier, updated_at)
      values (:user_id, 'manual', '', :tier, :now)
      on conflict (user_id, provider, reference)
      do update set tier = excluded.tier, updated_at = excluded.updated_at
      """;

  private static final String SEED =
      """
      insert into subscription_tiers (
        id, display_name, rank, monthly, parallel_tasks, active_jobs, generate_per_minute,
        requests_per_minute, model, priority, api_keys, currency, monthly_price, yearly_price)
      values (
        :id, :display_name, :rank, :monthly::jsonb, :parallel_tasks, :active_jobs,
        :generate_per_minute, :requests_per_minute, :model, :priority, :api_keys, :currency,
        :monthly_price, :yearly_price)
      on conflict (id) do update set
        display_name = excluded.display_name, rank = excluded.rank, monthly = excluded.monthly,
        parallel_tasks = excluded.parallel_tasks, active_jobs = excluded.active_jobs,
        generate_per_minute = excluded.generate_per_minute,
        requests_per_minute = excluded.requests_per_minute, model = excluded.model,
        priority = excluded.priority, api_keys = excluded.api_keys, currency = excluded.currency,
        monthly_price = excluded.monthly_price, yearly_price = excluded.yearly_price
      """;

  private static final String ADD_USER =
      """
      insert into users (id, email, name, password_hash, created_at)
      values (:id, :email, :name, :password_hash, :created_at)
      on conflict do nothing
      """;

  private static final String ADD_SESSION =
      """
      insert into sessions (id_hash, user_id, created_at, expires_at)
      values (:id_hash, :user_id, :created_at, :expires_at)
      """;

  private static final String FIND_SESSION =
      """
      select s.created_at, s.expires_at, u.id, u.email, u.name, u.created_at as signed_up_at,
             granted.tier, granted.period_start, granted.period_end
      from sessions s
      join users u on u.id = s.user_id
      left join lateral (
        select g.tier, g.period_start, g.period_end
        from user_subscriptions g
        join subscription_tiers t on t.id = g.tier
        where g.user_id = s.user_id and (g.ends_at is null or g.ends_at > :now)
        order by t.rank desc
        limit 1
      ) granted on true
      where s.id_hash = :id_hash and s.ended_at is null and s.expires_at > :now
      """;

  private final PostgresConfig database = TestServer.database();

  private void execute(String sql, Map<String, String> literals) {
    TestServer.execute(database, TestServer.with(sql, literals));
  }

  private static Map<String, String> aTier(String id, int rank) {
    Map<String, String> tier = new HashMap<>();
    tier.put("id", "'%s'".formatted(id));
    tier.put("display_name", "'A tier'");
    tier.put("rank", String.valueOf(rank));
    tier.put("monthly", "'{}'");
    for (String limit : new String[] {"parallel_tasks", "active_jobs", "generate_per_minute"}) {
      tier.put(limit, "2");
    }
    tier.put("requests_per_minute", "2");
    tier.put("model", "'m'");
    tier.put("priority", "false");
    tier.put("api_keys", "false");
    tier.put("currency", "null");
    tier.put("monthly_price", "null");
    tier.put("yearly_price", "null");
    return tier;
  }

  private static Map<String, String> aJob(String id, String user) {
    Map<String, String> job = new HashMap<>();
    job.put("id", id);
    job.put("owner", user);
    job.put("formats", "array['blog']");
    for (String text :
        new String[] {"topic", "tone", "length", "language", "engine", "model", "audience"}) {
      job.put(text, "'x'");
    }
    job.put("brand_voice", "null");
    job.put("tier", "'free'");
    job.put("period_start", "now()");
    job.put("period_end", "now() + interval '1 day'");
    job.put("demo", "false");
    job.put("status", "'pending'");
    job.put("attempt", "0");
    job.put("results", "'{\"blog\": {}}'");
    job.put("failure_code", "null");
    job.put("failure_message", "null");
    job.put("cancel_requested", "false");
    job.put("created_at", "now()");
    job.put("started_at", "null::timestamptz");
    job.put("finished_at", "null::timestamptz");
    job.put("tasks", "array['write']");
    return job;
  }

  @Test
  void its_statements_find_the_tables_as_they_know_them() {
    execute(SEED, aTier("free", 1));
    execute(SEED, aTier("pro", 2));
    TestServer.execute(database, "update subscription_tiers set keep_seconds = 9");
    execute(SEED, aTier("free", 1));
    String user = "'%s'::uuid".formatted(Fixtures.aUserId().value());
    TestServer.execute(
        database,
        "insert into users (id, email, name, created_at) values (%s, 'e', 'n', now())"
            .formatted(user));
    execute(GRANT, Map.of("user_id", user, "tier", "'pro'", "now", "now()"));
    String id = "'%s'::uuid".formatted(Fixtures.aJobId().value());
    execute(SUBMIT, aJob(id, user));
    execute(QUEUE, Map.of("task", "'job'", "id", id + "::text", "delay", "0", "priority", "1"));
    execute(CLAIM, Map.of("id", id, "worker", "gen_random_uuid()", "dead_after", "60"));
    assertThat(TestServer.ask(database, "select status || attempt from jobs"))
        .isEqualTo("running1");
    assertThat(TestServer.ask(database, "select priority from scheduled_tasks")).isEqualTo("1");
    assertThat(TestServer.ask(database, "select keep_seconds from subscription_tiers limit 1"))
        .as("it does not undo what it does not know")
        .isEqualTo("9");
  }

  @Test
  void what_it_writes_the_next_version_reads() {
    its_statements_find_the_tables_as_they_know_them();
    TestServer.execute(
        database,
        "update jobs set status = 'completed', finished_at = now() - interval '9 days',"
            + " worker = null, heartbeat_at = null");
    try (PostgresAdapter adapter = PostgresAdapter.open(database)) {
      var later = Instant.now();
      int seen =
          adapter
              .transactions()
              .inTransaction(stores -> stores.jobs().purge(TierId.FREE, later, later, 10));
      assertThat(seen).isEqualTo(1);
      Optional<?> tiers = adapter.transactions().inTransaction(stores -> stores.tiers().load());
      assertThat(tiers).isPresent();
    }
    assertThat(TestServer.ask(database, "select kept_as from jobs")).isEqualTo("pro");
  }

  @Test
  void who_signs_up_and_in_at_one_of_them_is_signed_in_at_both() {
    User user = Fixtures.aUser();
    Session session = Fixtures.aSession(user.id());
    String now = "'%s'::timestamptz".formatted(Fixtures.NOW);
    String hash = "'\\x%s'::bytea".formatted(session.id().digest().hex());
    String id = "'%s'::uuid".formatted(user.id());
    String email = "'%s'".formatted(user.email().orElseThrow());
    execute(
        ADD_USER,
        Map.of(
            "id", id,
            "email", email,
            "name", "'%s'".formatted(user.name()),
            "password_hash", "'$hash'",
            "created_at", now));
    execute(
        ADD_SESSION,
        Map.of(
            "id_hash", hash,
            "user_id", id,
            "created_at", now,
            "expires_at", "'%s'".formatted(session.expiresAt())));
    try (PostgresAdapter adapter = PostgresAdapter.open(database)) {
      Optional<SignedIn> found =
          adapter.transactions().read(stores -> stores.sessions().find(session.id(), Fixtures.NOW));
      assertThat(found.orElseThrow().user()).isEqualTo(user);
      assertThat(found.orElseThrow().session().device()).isEmpty();
      adapter
          .transactions()
          .inTransaction(
              stores -> stores.users().verifyEmail(user.id(), user.email().orElseThrow()));
    }
    String find = TestServer.with(FIND_SESSION, Map.of("id_hash", hash, "now", now));
    assertThat(TestServer.ask(database, "select email from (%s) found".formatted(find)))
        .isEqualTo(user.email().orElseThrow().value());
  }

  @Test
  void what_was_bought_counts_at_both_and_what_grants_nothing_at_none() {
    User user = Fixtures.aUser();
    Session session = Fixtures.aSession(user.id());
    Subscription bought = BillingFixtures.aSubscription(user.id());
    String find =
        TestServer.with(
            FIND_SESSION,
            Map.of(
                "id_hash", "'\\x%s'::bytea".formatted(session.id().digest().hex()),
                "now", "'%s'::timestamptz".formatted(Fixtures.NOW)));
    String tier = "select tier || period_end from (%s) found".formatted(find);
    try (PostgresAdapter adapter = PostgresAdapter.open(database)) {
      adapter
          .transactions()
          .inTransaction(
              stores -> {
                stores.tiers().seed(Fixtures.aCatalog());
                stores.users().add(user, Optional.empty());
                stores.sessions().add(session);
                Optional<Instant> end = Optional.of(Fixtures.NOW.plusSeconds(1));
                return stores.subscriptions().save(bought, end, Fixtures.NOW);
              });
      assertThat(TestServer.ask(database, tier)).startsWith("pro2026-04-13");
      adapter
          .transactions()
          .inTransaction(
              stores ->
                  stores.subscriptions().save(bought, Optional.of(Instant.EPOCH), Fixtures.NOW));
      assertThat(TestServer.ask(database, tier)).isNull();
    }
    execute(
        GRANT,
        Map.of("user_id", "'%s'::uuid".formatted(user.id()), "tier", "'pro'", "now", "now()"));
    assertThat(TestServer.ask(database, "select tier from (%s) found".formatted(find)))
        .isEqualTo("pro");
  }
}
