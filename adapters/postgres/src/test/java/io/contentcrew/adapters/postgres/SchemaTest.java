package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return job;
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
          "user_subscriptions",
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
                + " 'contentcrew_schema_history')");
    assertThat(tables.split(" ")).containsExactlyInAnyOrderElementsOf(OF_USERS);
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
