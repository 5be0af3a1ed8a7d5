package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  /** The version that this release brings databases to. */
  private static final int LATEST = 11;

  @Test
  void an_empty_database_gets_its_tables_once() {
    PostgresConfig config = TestServer.emptyDatabase();
    assertThat(PostgresAdapter.migrate(config)).isPositive();
    assertThat(PostgresAdapter.migrate(config)).isZero();
    assertThat(TestServer.ask(config, "select count(*) from jobs")).isEqualTo("0");
  }

  @RepeatedTest(5)
  void instances_that_start_together_migrate_once_and_all_come_up() {
    PostgresConfig config = TestServer.emptyDatabase().withMigrateOnStart(true);
    List<Boolean> up =
        Race.of(
            4,
            number -> {
              try (PostgresAdapter adapter = PostgresAdapter.open(config)) {
                return adapter
                    .transactions()
                    .<Boolean>read(stores -> stores.users().find(Fixtures.aUserId()).isEmpty());
              }
            });
    assertThat(up).containsOnly(true);
    assertThat(
            TestServer.ask(
                config,
                "select string_agg(version, ' ' order by version::int) from"
                    + " contentcrew_schema_history where success and version <> '0'"))
        .isEqualTo(
            String.join(" ", IntStream.rangeClosed(1, LATEST).mapToObj(String::valueOf).toList()));
  }

  @Test
  void a_database_that_lacks_a_migration_is_refused_where_it_may_not_be_migrated() {
    PostgresConfig config = TestServer.emptyDatabase().withMigrateOnStart(false);
    assertThatThrownBy(() -> PostgresAdapter.open(config))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("lacks migration 1")
        .hasMessageContaining("migrate it first");
  }

  @Test
  void a_database_of_a_newer_version_is_served() {
    PostgresConfig config = TestServer.database();
    TestServer.execute(
        config,
        "insert into contentcrew_schema_history (installed_rank, version, description, type,"
            + " script, checksum, installed_by, execution_time, success)"
            + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'u', 1, true)");
    assertThatCode(
            () -> {
              PostgresAdapter.open(config.withMigrateOnStart(false)).close();
              PostgresAdapter.open(config.withMigrateOnStart(true)).close();
            })
        .doesNotThrowAnyException();
    assertThat(PostgresAdapter.migrate(config)).isZero();
    assertThat(
            TestServer.ask(
                config, "select max(version::int) from contentcrew_schema_history where success"))
        .isEqualTo("99");
  }

  @Test
  void tables_of_an_application_that_embeds_this_are_left_alone() {
    PostgresConfig config = TestServer.emptyDatabase();
    TestServer.execute(config, "create table flyway_schema_history (theirs int)");
    assertThat(PostgresAdapter.migrate(config)).isPositive();
    assertThat(TestServer.ask(config, "select count(*) from flyway_schema_history")).isEqualTo("0");
  }

  @Test
  void a_migration_that_was_cut_off_is_done_again_at_the_next_start() {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "1");
    TestServer.execute(config, "create view chores as select 'x' as name");
    assertThatThrownBy(() -> PostgresAdapter.migrate(config))
        .isInstanceOf(PortFailureException.class);
    TestServer.execute(config, "drop view chores");
    assertThat(PostgresAdapter.migrate(config)).isEqualTo(LATEST - 1);
  }

  @Test
  void an_index_whose_making_was_cut_off_is_made_anew_and_a_whole_one_is_not() {
    PostgresConfig config = TestServer.emptyDatabase();
    PostgresAdapter.migrate(config);
    String whole = TestServer.ask(config, FILE_OF_WHOLE);
    TestServer.execute(
        config,
        "insert into users (id, email, name, created_at)"
            + " select gen_random_uuid(), i::text, 'same', now() from generate_series(1, 2) i");
    TestServer.execute(config, "drop index jobs_over_by_tier");
    String never = "create unique index concurrently jobs_over_by_tier on users (name)";
    assertThatThrownBy(() -> TestServer.execute(config, never)).isInstanceOf(AssertionError.class);
    assertThat(TestServer.ask(config, IS_VALID)).isEqualTo("f");
    TestServer.execute(config, "delete from contentcrew_schema_history where version::int >= 3");
    assertThat(PostgresAdapter.migrate(config)).isEqualTo(LATEST - 2);
    assertThat(TestServer.ask(config, IS_VALID)).isEqualTo("t");
    assertThat(TestServer.ask(config, FILE_OF_WHOLE)).isEqualTo(whole);
  }

  private static final String IS_VALID =
      "select indisvalid from pg_index where indexrelid = 'jobs_over_by_tier'::regclass";
  private static final String FILE_OF_WHOLE = "select pg_relation_filenode('sessions_by_end')";

  @Test
  void a_table_in_use_is_waited_for_and_requests_are_not_held_up() throws Exception {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "1");
    FutureTask<Integer> migration = new FutureTask<>(() -> PostgresAdapter.migrate(config));
    try (Connection backup = TestServer.connect(config);
        Statement statement = backup.createStatement()) {
      backup.setAutoCommit(false);
      statement.execute("select count(*) from users");
      Thread.ofVirtual().start(migration);
      awaitTrue(
          config,
          "select count(*) = 1 from pg_locks where not granted and relation = 'users'::regclass");
      awaitTrue(
          config,
          "select count(*) = 0 from pg_locks where not granted and relation = 'users'::regclass");
      // Only once who waited has given up does this get through before the backup's end.
      assertThat(TestServer.ask(config, "select count(*) from users")).isEqualTo("0");
      assertThat(migration.isDone()).isFalse();
      backup.commit();
    }
    assertThat(migration.get(60, TimeUnit.SECONDS)).isEqualTo(LATEST - 1);
  }

  private static void awaitTrue(PostgresConfig config, String question) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!TestServer.ask(config, question).equals("t")) {
      assertThat(System.nanoTime() - end).as(question).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void entries_that_waited_before_the_order_became_fair_keep_theirs() {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "1");
    add(config, "early", 0, "2026-03-01 00:00:00Z");
    add(config, "late", 0, "2026-03-01 00:20:00Z");
    add(config, "first", 1, "2026-03-01 00:05:00Z");
    PostgresAdapter.migrate(config);
    assertThat(TestServer.ask(config, ORDER)).isEqualTo("first early late");
    add(config, "of-version-1", 0, "2026-03-02 00:00:00Z");
    assertThat(TestServer.ask(config, ORDER)).isEqualTo("of-version-1 first early late");
  }

  private static final String ORDER =
      "select string_agg(task_instance, ' ' order by priority desc, execution_time)"
          + " from scheduled_tasks";

  /** As version 1 does. */
  private static void add(PostgresConfig config, String id, int priority, String time) {
    TestServer.execute(
        config,
        "insert into scheduled_tasks"
            + " (task_name, task_instance, execution_time, picked, version, priority)"
            + " values ('job', '%s', '%s', false, 1, %d)".formatted(id, time, priority));
  }

  @Test
  void who_handles_jobs_meanwhile_goes_on() throws Exception {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "1");
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    try (PostgresAdapter running = PostgresAdapter.unchecked(config)) {
      running
          .dispatcher()
          .start(
              2,
              id -> {
                handled.add(id.toString());
                return new JobDispatcher.Next.Done();
              });
      for (int i = 0; i < 20; i++) {
        handles(config, handled);
      }
      PostgresAdapter.migrate(config);
      for (int i = 0; i < 5; i++) {
        handles(config, handled);
      }
    }
  }

  @Test
  void accounts_of_before_are_active_and_their_sessions_have_no_device() {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "7");
    TestServer.execute(
        config,
        "insert into users (id, email, name, created_at)"
            + " values (gen_random_uuid(), 'a@example.com', 'Ada', now())");
    TestServer.execute(
        config,
        "insert into sessions (id_hash, user_id, created_at, expires_at)"
            + " select sha256('x'), id, now(), now() + interval '1 day' from users");
    assertThat(PostgresAdapter.migrate(config)).isEqualTo(LATEST - 7);
    assertThat(
            TestServer.ask(
                config, "select state || email_verified || (erase_at is null) from users"))
        .isEqualTo("activefalsetrue");
    assertThat(TestServer.ask(config, "select device = '' from sessions")).isEqualTo("t");
  }

  @Test
  void what_accounts_need_is_made_anew_wherever_it_was_cut_off() {
    PostgresConfig config = TestServer.emptyDatabase();
    PostgresAdapter.migrate(config);
    for (String undo :
        new String[] {
          "drop index users_to_erase",
          "drop table letters",
          "drop trigger audit_log_stays on audit_log",
          "alter table sessions drop column device",
          "alter table users drop constraint users_state"
        }) {
      TestServer.execute(config, undo);
      TestServer.execute(config, "delete from contentcrew_schema_history where version::int >= 8");
      assertThat(PostgresAdapter.migrate(config)).as(undo).isEqualTo(LATEST - 7);
    }
    assertThat(TestServer.ask(config, "select count(*) from letters")).isEqualTo("0");
    assertThat(
            TestServer.ask(
                config, "select bool_and(convalidated) from pg_constraint where contype = 'c'"))
        .isEqualTo("t");
  }

  @Test
  void what_was_granted_before_subscriptions_were_known_is_granted_after() {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "8");
    User user = Fixtures.aUser();
    TestServer.execute(
        config,
        "insert into users (id, email, name, created_at) values ('%s', 'a@b', 'Ada', now())"
            .formatted(user.id()));
    try (PostgresAdapter before = PostgresAdapter.unchecked(config)) {
      before
          .transactions()
          .inTransaction(
              stores -> {
                stores.tiers().seed(Fixtures.aCatalog());
                return stores.subscriptions().grant(user.id(), new TierId("pro"), Fixtures.NOW);
              });
      assertThat(PostgresAdapter.migrate(config)).isEqualTo(LATEST - 8);
      TierId tier =
          before
              .transactions()
              .read(stores -> stores.subscriptions().entitlement(user.id(), Fixtures.NOW).tier());
      assertThat(tier).isEqualTo(new TierId("pro"));
      List<Subscription> bought =
          before.transactions().read(stores -> stores.subscriptions().bought(user.id()));
      assertThat(bought).isEmpty();
    }
  }

  @Test
  void what_subscriptions_need_is_made_anew_wherever_it_was_cut_off() {
    PostgresConfig config = TestServer.emptyDatabase();
    PostgresAdapter.migrate(config);
    String whole = TestServer.ask(config, "select pg_relation_filenode('user_subscriptions_live')");
    for (String undo :
        new String[] {
          "drop index user_subscriptions_by_name",
          "drop index user_subscriptions_by_customer",
          "drop table webhook_inbox",
          "drop index billing_ledger_by_user",
          "alter table user_subscriptions drop constraint user_subscriptions_bought"
        }) {
      TestServer.execute(config, undo);
      TestServer.execute(config, "delete from contentcrew_schema_history where version::int >= 9");
      assertThat(PostgresAdapter.migrate(config)).as(undo).isEqualTo(LATEST - 8);
    }
    assertThat(TestServer.ask(config, "select count(*) from webhook_inbox")).isEqualTo("0");
    assertThat(
            TestServer.ask(
                config, "select bool_and(convalidated) from pg_constraint where contype = 'c'"))
        .isEqualTo("t");
    assertThat(TestServer.ask(config, "select bool_and(indisvalid) from pg_index")).isEqualTo("t");
    assertThat(TestServer.ask(config, "select pg_relation_filenode('user_subscriptions_live')"))
        .as("the whole one stays")
        .isEqualTo(whole);
  }

  @Test
  void names_of_subscriptions_are_made_unique_once_they_are() {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "8");
    TestServer.execute(
        config,
        """
        insert into subscription_tiers (
          id, display_name, rank, monthly, parallel_tasks, active_jobs, generate_per_minute,
          requests_per_minute, model, priority, api_keys)
        values ('pro', 'Pro', 1, '{}', 1, 1, 1, 1, 'm', false, false);
        insert into users (id, email, name, created_at)
        select gen_random_uuid(), i::text, 'u', now() from generate_series(1, 2) i;
        insert into user_subscriptions (user_id, provider, reference, tier, updated_at)
        select id, 'stripe', 'sub_1', 'pro', now() from users;
        """);
    assertThatThrownBy(() -> PostgresAdapter.migrate(config))
        .isInstanceOf(PortFailureException.class);
    String isValid =
        "select indisvalid from pg_index"
            + " where indexrelid = 'user_subscriptions_by_name'::regclass";
    assertThat(TestServer.ask(config, isValid)).isEqualTo("f");
    TestServer.execute(config, "delete from users where email = '2'");
    assertThat(PostgresAdapter.migrate(config)).isEqualTo(LATEST - 8);
    assertThat(TestServer.ask(config, isValid)).isEqualTo("t");
  }

  @Test
  void what_versions_need_is_made_anew_wherever_it_was_cut_off() {
    PostgresConfig config = TestServer.emptyDatabase();
    PostgresAdapter.migrate(config);
    for (String undo :
        new String[] {
          "drop index jobs_by_revised",
          "alter table jobs drop constraint jobs_revises",
          "alter table jobs drop column revision_note",
          "alter table artifacts drop column note"
        }) {
      TestServer.execute(config, undo);
      TestServer.execute(config, "delete from contentcrew_schema_history where version::int >= 10");
      assertThat(PostgresAdapter.migrate(config)).as(undo).isEqualTo(LATEST - 9);
    }
    assertThat(
            TestServer.ask(
                config,
                "select bool_and(convalidated) from pg_constraint where contype in ('c', 'f')"))
        .isEqualTo("t");
    assertThat(TestServer.ask(config, "select bool_and(indisvalid) from pg_index")).isEqualTo("t");
  }

  @Test
  void jobs_and_pieces_of_before_are_no_revisions_and_are_found_by_words() {
    PostgresConfig config = TestServer.emptyDatabase();
    Migrations.migrate(config, "9");
    User user = Fixtures.aUser();
    Job job = Fixtures.aJob(user.id());
    TestServer.execute(
        config,
        """
        insert into users (id, email, name, created_at) values ('%1$s', 'a@b', 'Ada', now());
        insert into jobs (
          id, owner, topic, formats, tone, length, language, tier, period_start, period_end, engine,
          model, demo, status, attempt, results, cancel_requested, created_at)
        values (
          '%2$s', '%1$s', 'How TEA is made', '{blog}', 'professional', 'medium', 'en', 'free',
          '2026-11-01', '2026-12-01', 'test', 'm', false, 'pending', 0,
          '{"blog": {"state": "open"}}', false, now());
        insert into artifacts (
          job_id, format, version, body, notes, engine, model, demo, cached, created_at)
        values (
          '%2$s', 'blog', 1,
          '{"title": "t", "introduction": "i", "sections": [], "conclusion": "c"}', '[]', 'test',
          'm', false, false, now());
        """
            .formatted(user.id(), job.id()));
    PostgresAdapter.migrate(config);
    try (PostgresAdapter after = PostgresAdapter.open(config)) {
      Jobs.Query query =
          new Jobs.Query(
              Optional.empty(),
              Optional.of(Format.BLOG),
              List.of("made", "tea"),
              new Jobs.Scope.WithoutRevisions(),
              Optional.empty(),
              10);
      List<Job> found = after.transactions().read(stores -> stores.jobs().page(user.id(), query));
      assertThat(found).extracting(Job::id).containsExactly(job.id());
      assertThat(found.getFirst().title()).isEmpty();
      assertThat(found.getFirst().revision()).isEmpty();
      List<PieceVersion> versions =
          after.transactions().read(stores -> stores.artifacts().versions(job.id(), Format.BLOG));
      assertThat(versions).extracting(PieceVersion::origin).containsExactly(Origin.WRITTEN);
    }
  }

  private static void handles(PostgresConfig config, BlockingQueue<String> handled)
      throws InterruptedException {
    String id = Fixtures.aJobId().toString();
    add(config, id, 0, "2026-03-01 00:00:00Z");
    assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo(id);
  }
}
