package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Transactions;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only shows in a database: others at work at the same time, and large tables. */
class PruningTest {
  private static final Instant LATER = Fixtures.NOW.plus(Duration.ofDays(100));

  private final PostgresConfig database = TestServer.database();
  private final PostgresAdapter adapter = PostgresAdapter.open(database);

  @AfterEach
  void close() {
    adapter.close();
  }

  private <T> T in(Transactions.Work<T> work) {
    return adapter.transactions().inTransaction(work);
  }

  private int purged(Transactions.Work<Integer> work) {
    return in(work);
  }

  private User givenUser() {
    User user = Fixtures.aUser();
    in(stores -> stores.users().add(user, Optional.empty()));
    return user;
  }

  private Job givenOver(User user) {
    Job job = Fixtures.aJob(user.id());
    in(
        stores -> {
          stores.jobs().add(job);
          return stores
              .jobs()
              .finishPending(
                  job.id(),
                  JobStatus.CANCELLED,
                  Fixtures.allFailed(job),
                  Optional.empty(),
                  Fixtures.NOW);
        });
    return job;
  }

  @Test
  void jobs_that_others_hold_are_passed_over() {
    User user = givenUser();
    Job held = givenOver(user);
    Job free = givenOver(user);
    int deleted =
        in(
            stores -> {
              stores.jobs().lock(held.id());
              return onAnotherThread(
                  () -> in(other -> other.jobs().purge(TierId.FREE, LATER, LATER, 10)));
            });
    assertThat(deleted).isEqualTo(1);
    Optional<Job> kept = in(stores -> stores.jobs().find(held.id()));
    assertThat(kept).isPresent();
    Optional<Job> gone = in(stores -> stores.jobs().find(free.id()));
    assertThat(gone).isEmpty();
  }

  private static int onAnotherThread(IntSupplier work) {
    int[] result = new int[1];
    Thread thread = Thread.ofVirtual().start(() -> result[0] = work.getAsInt());
    try {
      assertThat(thread.join(Duration.ofMinutes(1))).as("it did not wait").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return result[0];
  }

  @Test
  void no_row_is_left_of_sessions_that_ended() {
    User user = givenUser();
    Session ended = Fixtures.aSession(user.id());
    in(
        stores -> {
          stores.sessions().add(ended);
          return stores.sessions().end(ended.id(), Fixtures.NOW);
        });
    int forgotten = in(stores -> stores.sessions().purge(Fixtures.NOW.plusMillis(1), 10));
    assertThat(forgotten).isEqualTo(1);
    assertThat(TestServer.ask(database, "select count(*) from sessions")).isEqualTo("0");
  }

  @Test
  void an_instance_whose_clock_is_ahead_deletes_nothing_that_is_young() {
    User user = givenUser();
    Instant now = Instant.now();
    Job young = Fixtures.aJob(user.id());
    in(
        stores -> {
          stores.jobs().add(young);
          stores
              .jobs()
              .finishPending(
                  young.id(),
                  JobStatus.CANCELLED,
                  Fixtures.allFailed(young),
                  Optional.empty(),
                  now.minus(Duration.ofDays(89)));
          stores
              .sessions()
              .add(
                  new Session(
                      new SessionId(UUID.randomUUID()),
                      user.id(),
                      now,
                      now.plus(Duration.ofDays(10)),
                      ""));
          return stores
              .idempotencyKeys()
              .take(user.id(), "key", "hash", young.id(), now, now.plus(Duration.ofDays(1)));
        });
    Instant ahead = now.plus(Duration.ofDays(91));
    Instant old = ahead.minus(Duration.ofDays(90));
    assertThat(purged(stores -> stores.jobs().purge(TierId.FREE, old, ahead, 10))).isZero();
    assertThat(purged(stores -> stores.sessions().purge(ahead, 10))).isZero();
    assertThat(purged(stores -> stores.idempotencyKeys().purge(ahead, 10))).isZero();
    Instant due = now.minus(Duration.ofDays(88));
    assertThat(purged(stores -> stores.jobs().purge(TierId.FREE, due, now, 10))).isEqualTo(1);
  }

  @Test
  void what_is_old_is_found_by_indexes() {
    fill();
    assertThat(plan(JobSql.LOCK_OLD))
        .contains("jobs_over_by_tier")
        .containsPattern("Index Cond.*kept_as.*finished_at <");
    assertThat(plan(JobSql.PURGE)).contains("jobs_pkey").doesNotContain("Seq Scan on jobs");
    assertThat(plan(PostgresSessions.PURGE))
        .contains("sessions_by_end")
        .containsPattern("Index Cond.*LEAST\\(expires_at, ended_at\\) <");
    assertThat(plan(PostgresIdempotencyKeys.PURGE))
        .contains("idempotency_keys_by_expiry")
        .containsPattern("Index Cond.*expires_at <");
    assertThat(plan(PostgresUsageLedger.LAPSED)).contains("usage_reservations_open");
    assertThat(plan(PostgresUsageLedger.PURGE_ROWS))
        .contains("usage_reservations_by_period")
        .containsPattern("Index Cond.*period_end <");
    assertThat(plan(PostgresUsageLedger.PURGE_SUMS))
        .contains("usage_tracking_by_period")
        .containsPattern("Index Cond.*period_end <");
    assertThat(plan(PostgresTickets.PURGE))
        .contains("tickets_by_expiry")
        .containsPattern("Index Cond.*expires_at <");
    assertThat(plan(PostgresAttempts.PURGE))
        .contains("attempts_by_last")
        .containsPattern("Index Cond.*last_at <");
    assertThat(plan(PostgresUsers.ERASABLE))
        .contains("users_to_erase")
        .containsPattern("Index Cond.*erase_at <=");
    assertThat(plan(PostgresLetters.TAKE))
        .contains("letters_due")
        .containsPattern("Index Cond.*due_at <=");
    // db-scheduler's own
    assertThat(
            explain(
                "select * from scheduled_tasks where picked = false and execution_time <= now()"
                    + " order by priority desc, execution_time limit 8 for update skip locked"))
        .contains("scheduled_tasks_due")
        .doesNotContain("Sort");
  }

  @Test
  void what_is_a_users_is_found_by_indexes() {
    fill();
    assertThat(plan(PostgresSessions.END_ALL)).contains("sessions_by_user");
    assertThat(plan(PostgresSessions.END_BY_HANDLE)).contains("sessions_by_user");
    assertThat(plan(PostgresSessions.LIST)).contains("sessions_by_user");
    assertThat(plan(PostgresSessions.FIND)).contains("sessions_pkey").contains("users_pkey");
    assertThat(plan(PostgresApiKeys.FIND))
        .contains("api_keys_secret_hash_key")
        .contains("users_pkey");
    assertThat(plan(PostgresApiKeys.USED)).contains("api_keys_pkey");
    assertThat(plan(PostgresTickets.REMOVE_ALL)).contains("tickets_by_user");
  }

  private String plan(String sql) {
    return explain(
        TestServer.with(
            sql,
            Map.ofEntries(
                Map.entry("tier", "'free'"),
                Map.entry("free", "'free'"),
                Map.entry("ids", "array['018f0000-0000-7000-8000-000000000000'::uuid]"),
                Map.entry("kinds", "array['password_changed']"),
                Map.entry("ended_before", "(now() - interval '100 days')"),
                Map.entry("now", "(now() - interval '1 hour')"),
                Map.entry("expired_before", "(now() - interval '100 days')"),
                Map.entry("last_before", "(now() - interval '100 days')"),
                Map.entry("until", "now()"),
                Map.entry("limit", "100"),
                Map.entry("user", "(select id from users limit 1)"),
                Map.entry("handle", "'\\x00'::bytea"),
                Map.entry("except", "null::bytea"),
                Map.entry("id_hash", "'\\x00'::bytea"),
                Map.entry("secret_hash", "'\\x00'::bytea"),
                Map.entry("id", "(select id from api_keys limit 1)"))));
  }

  private String explain(String sql) {
    return TestServer.all(database, "explain (costs off) " + sql);
  }

  private void fill() {
    TestServer.execute(
        database,
        """
        insert into users (id, email, name, created_at)
        select gen_random_uuid(), i::text, 'u', now() from generate_series(1, 500) i;
        insert into jobs (
          id, owner, topic, formats, tone, length, language, tier, period_start, period_end,
          engine, model, demo, status, attempt, results, cancel_requested, created_at, finished_at)
        select gen_random_uuid(), u.id, 't', '{blog}', 'x', 'x', 'en', 'free', now(),
          now() + interval '1 day', 'e', 'm', false, 'completed', 1, '{"blog": {}}', false, now(),
          now() - i * interval '1 hour'
        from users u, generate_series(1, 20) i;
        insert into sessions (id_hash, user_id, created_at, expires_at)
        select sha256((u.id::text || i)::bytea), u.id, now() - interval '10 days',
          now() + i * interval '1 hour'
        from users u, generate_series(1, 20) i;
        insert into usage_reservations (job_id, format, user_id, period_start, period_end, state)
        select id, 'blog', owner, now() - interval '30 days', now(),
          case when random() < 0.01 then 'reserved' else 'settled' end
        from jobs;
        insert into idempotency_keys (user_id, key, request_hash, job_id, expires_at)
        select owner, id::text, 'h', id, now() + random() * interval '1 day' from jobs;
        insert into usage_tracking (user_id, period_start, period_end, format, used, reserved)
        select id, now() - i * interval '30 days', now() - (i - 1) * interval '30 days', 'blog',
          1, 0
        from users, generate_series(1, 10) i;
        insert into scheduled_tasks (
          task_name, task_instance, execution_time, picked, version, priority)
        select 'job', id::text, now() + (random() - 0.5) * interval '1 hour', random() < 0.1, 1,
          -(random() * 1e6)::int
        from jobs;
        insert into users (id, email, name, created_at, state, erase_at)
        select gen_random_uuid(), null, 'gone', now(), 'deleted', now() + (i - 100) * interval '1 h'
        from generate_series(1, 2000) i;
        insert into api_keys (id, secret_hash, user_id, name, scopes, hint, created_at)
        select gen_random_uuid(), sha256((id::text || i)::bytea), id, 'n', '{}', 'h', now()
        from users, generate_series(1, 5) i;
        insert into tickets (token_hash, kind, user_id, payload, expires_at)
        select sha256((id::text || i)::bytea), 'reset_password', id, '{}',
          now() + (random() - 0.01) * interval '1 day'
        from users, generate_series(1, 5) i;
        insert into attempts (what, count, last_at)
        select token_hash, 1, expires_at from tickets;
        insert into letters (id, recipient, kind, user_id, payload, written_at, due_at)
        select gen_random_uuid(), 'r', 'verify_email', user_id, '{}', now(), expires_at
        from tickets;
        analyze
        """);
  }
}
