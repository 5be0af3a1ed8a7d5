package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.testkit.BillingFixtures;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database itself guards, whoever writes to it. */
class SchemaTest {
  private static PostgresConfig database;
  private static PostgresAdapter adapter;

  @BeforeAll
  static void open() {
    database = TestServer.database();
    adapter = PostgresAdapter.open(database);
  }

  @AfterAll
  static void close() {
    adapter.close();
  }

  @BeforeEach
  void empty() {
    TestServer.empty(database);
  }

  /** A user with something in every table. */
  private static Job givenEverything(Stores stores) {
    User user = Fixtures.aUser();
    Job job = Fixtures.aJob(user.id());
    stores.tiers().seed(Fixtures.aCatalog());
    stores.users().add(user, Optional.empty());
    stores.sessions().add(Fixtures.aSession(user.id()));
    stores.subscriptions().grant(user.id(), TierId.FREE, Fixtures.NOW);
    stores
        .usage()
        .reserve(job.id(), user.id(), job.usagePeriod(), Map.of(Format.BLOG, Allowance.of(1)));
    stores
        .idempotencyKeys()
        .take(user.id(), "key", "hash", job.id(), Fixtures.NOW, Fixtures.NOW.plusSeconds(1));
    stores.jobs().add(job);
    stores.artifacts().add(job.id(), Fixtures.aStoredArtifact(Format.BLOG));
    stores
        .events()
        .appendIdle(
            job.id(),
            List.of(LogEntry.Milestone.of(1, Fixtures.NOW, new JobEvent.TaskStarted(Task.WRITE))));
    stores.queue().add(job.id(), Duration.ZERO, Duration.ZERO);
    givenAccount(stores, user.id());
    return job;
  }

  private static void givenAccount(Stores stores, UserId user) {
    stores.identities().link(user, Fixtures.anIdentity(), Fixtures.NOW);
    stores.apiKeys().add(Fixtures.anApiKey(user), Fixtures.aDigest());
    stores.tickets().add(Fixtures.aDigest(), Fixtures.aTicket(user), Fixtures.NOW);
    stores.letters().add(Fixtures.aLetter(user));
    stores.audit().append(Fixtures.aSecurityEvent(user));
    Subscription bought = BillingFixtures.aSubscription(user);
    stores.subscriptions().save(bought, Optional.empty(), Fixtures.NOW);
    stores
        .customers()
        .link(bought.ref().provider(), bought.snapshot().customer(), user, Fixtures.NOW);
    stores.billing().add(BillingFixtures.aRow(user));
    stores.tierChanges().add(user, 1, Fixtures.NOW);
    stores.endings().add(bought, Fixtures.NOW);
    stores
        .webhooks()
        .store(
            BillingFixtures.withCustomer(
                BillingFixtures.aDelivery(), Optional.of(bought.snapshot().customer())),
            Fixtures.NOW,
            Duration.ZERO);
  }

  @Test
  void with_a_user_goes_all_that_is_the_users() {
    adapter.transactions().inTransaction(SchemaTest::givenEverything);
    for (String table : OF_USERS) {
      assertThat(count(table)).as(table).isNotEqualTo("0");
    }
    TestServer.execute(database, "delete from users");
    for (String table : OF_USERS) {
      assertThat(count(table)).as(table).isEqualTo("0");
    }
  }

  private static final List<String> OF_USERS =
      List.of(
          "sessions",
          "user_identities",
          "api_keys",
          "tickets",
          "letters",
          "user_subscriptions",
          "payment_customers",
          "tier_changes",
          "usage_tracking",
          "usage_reservations",
          "idempotency_keys",
          "jobs",
          "job_tasks",
          "artifacts",
          "job_events");

  @Test
  void every_table_belongs_to_users_or_is_known_not_to() {
    String tables =
        TestServer.ask(
            database,
            "select string_agg(relname, ' ' order by relname) from pg_stat_user_tables where"
                + " relname not in ('users', 'subscription_tiers', 'scheduled_tasks', 'chores',"
                + " 'attempts', 'audit_log', 'billing_ledger', 'webhook_inbox', 'provider_endings',"
                + " 'contentcrew_schema_history')");
    assertThat(tables.split(" ")).containsExactlyInAnyOrderElementsOf(OF_USERS);
  }

  /** What an export has, as {@code ExportAccount} reads it. */
  private static final Set<String> EXPORTED =
      Set.of(
          "users",
          "user_identities",
          "sessions",
          "api_keys",
          "user_subscriptions",
          "usage_tracking",
          "jobs",
          "artifacts",
          "audit_log");

  /** What it has not, and why. */
  private static final Map<String, String> NOT_EXPORTED =
      Map.of(
          "billing_ledger", "repeats what the provider's bills tell the user",
          "payment_customers", "hold nothing but a provider's name for the user",
          "tier_changes", "are gone in a minute",
          "tickets", "stand for letters, and are gone in a day",
          "letters", "are on their way to the user, and then gone",
          "usage_reservations", "are summed up in usage_tracking",
          "idempotency_keys", "are made up by the user's own programs, and gone in a day",
          "job_tasks", "hold drafts of the pieces",
          "job_events", "tell how the pieces came to be, and are folded away");

  @Test
  void every_table_of_users_is_exported_or_it_is_known_why_not() {
    Set<String> all = new TreeSet<>(OF_USERS);
    all.addAll(List.of("users", "audit_log", "billing_ledger"));
    Set<String> known = new TreeSet<>(EXPORTED);
    known.addAll(NOT_EXPORTED.keySet());
    assertThat(known).isEqualTo(all);
    assertThat(EXPORTED).doesNotContainAnyElementsOf(NOT_EXPORTED.keySet());
  }

  /** Tables that name a user and keep what they say of an account that was erased. */
  private static final List<String> OUTLIVE_USERS = List.of("audit_log.user_id");

  private static final String NAME_USERS =
      """
      select table_name || '.' || column_name
      from information_schema.columns
      where table_schema = current_schema() and data_type = 'uuid'
        and (column_name in ('owner', 'user') or column_name like '%user%')
      order by 1
      """;

  @Test
  void erasing_an_account_leaves_no_row_that_names_it_in_any_table() {
    Job erased = adapter.transactions().inTransaction(SchemaTest::givenEverything);
    Job kept = adapter.transactions().inTransaction(SchemaTest::givenEverything);
    List<String> columns = TestServer.all(database, NAME_USERS).lines().toList();
    assertThat(columns).contains("jobs.owner", "sessions.user_id").containsAll(OUTLIVE_USERS);
    for (String column : columns) {
      assertThat(rows(column, erased.owner())).as(column).isNotEqualTo("0");
    }
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.users().delete(erased.owner(), Fixtures.NOW);
              return stores.users().erase(erased.owner());
            });
    for (String column : columns) {
      boolean stays = OUTLIVE_USERS.contains(column);
      assertThat(rows(column, erased.owner()).equals("0")).as(column).isEqualTo(!stays);
      assertThat(rows(column, kept.owner())).as(column).isNotEqualTo("0");
    }
  }

  private static String rows(String column, UserId user) {
    int dot = column.indexOf('.');
    return TestServer.ask(
        database,
        "select count(*) from %s where %s = '%s'"
            .formatted(column.substring(0, dot), column.substring(dot + 1), user));
  }

  @Test
  void whatever_refers_to_a_user_goes_with_it_but_what_was_paid_which_forgets_it() {
    assertThat(
            TestServer.all(
                database,
                "select conrelid::regclass || ' ' || confdeltype::text from pg_constraint"
                    + " where confrelid = 'users'::regclass and confdeltype <> 'c'"))
        .isEqualTo("billing_ledger n\n");
  }

  @Test
  void of_an_account_that_was_erased_the_books_stay_and_its_deliveries_do_not() {
    Job erased = adapter.transactions().inTransaction(SchemaTest::givenEverything);
    adapter.transactions().inTransaction(SchemaTest::givenEverything);
    String before =
        TestServer.all(database, "select state || amount from billing_ledger order by 1");
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.users().delete(erased.owner(), Fixtures.NOW);
              return stores.users().erase(erased.owner());
            });
    assertThat(TestServer.all(database, "select state || amount from billing_ledger order by 1"))
        .isEqualTo(before);
    assertThat(count("billing_ledger where user_id is null")).isEqualTo("1");
    assertThat(count("webhook_inbox")).isEqualTo("1");
  }

  @Test
  void the_database_knows_no_half_of_a_state() {
    adapter.transactions().inTransaction(SchemaTest::givenEverything);
    for (String change :
        List.of(
            "update webhook_inbox set state = 'LOST'",
            "update webhook_inbox set state = 'DONE'",
            "update webhook_inbox set next_at = null",
            "update webhook_inbox set state = 'PARKED'",
            "update webhook_inbox set signature = 'short'",
            "update billing_ledger set currency = null",
            "update user_subscriptions set status = null where provider <> 'manual'",
            "update user_subscriptions set provider = 'manual' where provider <> 'manual'")) {
      assertThatThrownBy(() -> TestServer.execute(database, change))
          .as(change)
          .hasMessageContaining("check constraint");
    }
  }

  @Test
  void nobody_changes_or_removes_what_the_audit_log_says() {
    adapter.transactions().inTransaction(SchemaTest::givenEverything);
    String before = TestServer.all(database, "select audit_log::text from audit_log");
    assertThat(before).isNotEmpty();
    for (String change :
        List.of(
            "update audit_log set kind = 'SIGNED_UP'",
            "update audit_log set user_id = null where false",
            "delete from audit_log",
            "truncate audit_log",
            "truncate users, audit_log cascade",
            "insert into audit_log (number, kind, at, facts) overriding system value"
                + " select number, kind, at, facts from audit_log"
                + " on conflict (number) do update set kind = 'x'")) {
      assertThatThrownBy(() -> TestServer.execute(database, change))
          .as(change)
          .hasMessageContaining("changed or removed");
    }
    assertThat(TestServer.all(database, "select audit_log::text from audit_log")).isEqualTo(before);
  }

  @Test
  void no_secret_is_in_the_database() {
    User user = Fixtures.aUser();
    String token = "a-token-that-nobody-guesses";
    String secret = "crew_a-key-that-nobody-guesses";
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.users().add(user, Optional.empty());
              stores.apiKeys().add(Fixtures.anApiKey(user.id()), Digest.of(secret));
              stores.tickets().add(Digest.of(token), Fixtures.aTicket(), Fixtures.NOW);
              return stores.attempts().attempt(Digest.of(token), AttemptRule.SIGN_IN, Fixtures.NOW);
            });
    for (String table : List.of("api_keys", "tickets", "attempts")) {
      String rows = TestServer.all(database, "select t::text from %s t".formatted(table));
      assertThat(rows).contains("\\\\x").doesNotContain("nobody-guesses");
    }
  }

  private static String count(String table) {
    return TestServer.ask(database, "select count(*) from " + table);
  }

  @Test
  void nobody_changes_a_final_state() {
    Job job = adapter.transactions().inTransaction(SchemaTest::givenEverything);
    adapter
        .transactions()
        .inTransaction(
            stores ->
                stores
                    .jobs()
                    .finishPending(
                        job.id(),
                        JobStatus.CANCELLED,
                        Fixtures.allFailed(job),
                        Optional.empty(),
                        Fixtures.NOW));
    for (String status : List.of("completed", "failed", "pending", "running")) {
      assertThatThrownBy(
              () -> TestServer.execute(database, "update jobs set status = '" + status + "'"))
          .hasMessageContaining("stays so");
    }
    TestServer.execute(database, "update jobs set status = 'cancelled', folded = true");
  }

  @Test
  void the_id_of_a_session_is_not_in_the_database() {
    User user = Fixtures.aUser();
    Session session = Fixtures.aSession(user.id());
    adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.users().add(user, Optional.empty());
              stores.sessions().add(session);
              return true;
            });
    String row = TestServer.ask(database, "select sessions::text from sessions");
    String hex = session.id().value().toString().replace("-", "");
    assertThat(row).doesNotContain(hex).doesNotContain(session.id().value().toString());
    assertThat(row).contains(user.id().toString());
  }

  @Test
  void sums_and_rows_of_the_ledger_agree() {
    Job job = adapter.transactions().inTransaction(SchemaTest::givenEverything);
    String differences =
        "select count(*) from ("
            + "select user_id, period_start, period_end, format,"
            + " count(*) filter (where state = 'settled') as used,"
            + " count(*) filter (where state = 'reserved') as reserved"
            + " from usage_reservations group by 1, 2, 3, 4"
            + " except select user_id, period_start, period_end, format, used, reserved"
            + " from usage_tracking) d";
    assertThat(TestServer.ask(database, differences)).isEqualTo("0");
    adapter.transactions().inTransaction(stores -> stores.usage().settle(job.id(), Format.BLOG));
    assertThat(TestServer.ask(database, differences)).isEqualTo("0");
  }
}
