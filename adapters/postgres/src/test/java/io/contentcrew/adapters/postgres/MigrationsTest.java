package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.testkit.Race;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MigrationsTest {
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
                adapter.ping();
                return true;
              }
            });
    assertThat(up).containsOnly(true);
    assertThat(
            TestServer.ask(
                config, "select count(*) from contentcrew_schema_history where version = '1'"))
        .isEqualTo("1");
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
  }

  @Test
  void tables_of_an_application_that_embeds_this_are_left_alone() {
    PostgresConfig config = TestServer.emptyDatabase();
    TestServer.execute(config, "create table flyway_schema_history (theirs int)");
    assertThat(PostgresAdapter.migrate(config)).isPositive();
    assertThat(TestServer.ask(config, "select count(*) from flyway_schema_history")).isEqualTo("0");
  }
}
