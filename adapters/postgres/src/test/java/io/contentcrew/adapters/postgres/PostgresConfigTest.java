package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.postgres.PostgresConfig.Pool;
import io.contentcrew.adapters.postgres.PostgresConfig.Server;
import io.contentcrew.adapters.postgres.PostgresConfig.SslMode;
import io.contentcrew.adapters.postgres.PostgresConfig.Tls;
import io.contentcrew.ports.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConfigTest {
  private static Server server(String url) {
    return PostgresConfig.parse(url).server();
  }

  @Test
  void reads_a_url() {
    assertThat(server("postgresql://ada:secret@db.example:6543/crew"))
        .isEqualTo(
            new Server(
                "db.example",
                6543,
                "crew",
                "ada",
                Secret.of("secret"),
                new Tls(SslMode.PREFER, Optional.empty()),
                "contentcrew"));
  }

  @Test
  void knows_the_other_names_of_the_scheme_and_the_usual_port() {
    Server expected = server("postgresql://ada:secret@db:5432/crew");
    assertThat(server("postgres://ada:secret@db/crew")).isEqualTo(expected);
    assertThat(server("jdbc:postgresql://db/crew?user=ada&password=secret")).isEqualTo(expected);
  }

  @Test
  void decodes_what_is_percent_encoded() {
    Server server = server("postgresql://a%40b:p%3A%2F%3F%25+@db/crew%20one");
    assertThat(server.user()).isEqualTo("a@b");
    assertThat(server.password()).isEqualTo(Secret.of("p:/?%+"));
    assertThat(server.database()).isEqualTo("crew one");
  }

  @Test
  void takes_hosts_as_compose_files_name_them_and_addresses() {
    assertThat(server("postgresql://u:p@my_db_1/crew").host()).isEqualTo("my_db_1");
    assertThat(server("postgresql://u:p@10.0.0.7:1/crew").host()).isEqualTo("10.0.0.7");
    assertThat(server("postgresql://u:p@[::1]:5433/crew").host()).isEqualTo("::1");
  }

  @Test
  void takes_parameters() {
    PostgresConfig config =
        PostgresConfig.parse(
            "postgresql://u:p@db/crew?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
                + "&connect_timeout=7&application_name=crew");
    assertThat(config.server().tls())
        .isEqualTo(new Tls(SslMode.VERIFY_FULL, Optional.of(Path.of("/etc/ca.pem"))));
    assertThat(config.pool().connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.server().applicationName()).isEqualTo("crew");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:canary@db/crew",
        "postgresql://u:canary@db",
        "postgresql://u:canary@/crew",
        "postgresql://u:canary@db:x/crew",
        "postgresql://u:canary@db:99999/crew",
        "postgresql://u:canary@db1,db2/crew",
        "postgresql://u:ca@nary@db/crew",
        "postgresql://:canary@db/crew",
        "postgresql://db/crew?password=canary",
        "postgresql://u:canary@db/crew?sslmode=sometimes",
        "postgresql://u:canary@db/crew?connect_timeout=soon",
        "postgresql://u:canary@db/crew?sslpassword=canary",
        "postgresql://u:canary%@db/crew",
        "canary"
      })
  void refuses_what_it_does_not_understand_without_showing_the_password(String url) {
    assertThatThrownBy(() -> PostgresConfig.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .isNotBlank()
        .doesNotContain("canary", "ca@nary");
  }

  @Test
  void names_the_parameter_that_is_not_known() {
    assertThatThrownBy(() -> PostgresConfig.parse("postgresql://u:p@db/crew?sslmod=require"))
        .hasMessageContaining("'sslmod'")
        .hasMessageContaining("sslmode");
  }

  @Test
  void shows_no_password() {
    assertThat(PostgresConfig.parse("postgresql://u:canary@db/crew").toString())
        .doesNotContain("canary");
  }

  @Test
  void has_the_documented_defaults() {
    PostgresConfig config = PostgresConfig.of("db", 5432, "crew", "u", Secret.of("p"));
    assertThat(config.pool())
        .isEqualTo(
            new Pool(10, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    assertThat(config.migrateOnStart()).isTrue();
    assertThat(config.pollingInterval()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void copies_change_one_thing() {
    PostgresConfig config = PostgresConfig.of("db", 5432, "crew", "u", Secret.of("p"));
    assertThat(config.withPoolSize(3).pool().size()).isEqualTo(3);
    assertThat(config.withPoolSize(3).withPoolSize(10)).isEqualTo(config);
    assertThat(config.withMigrateOnStart(false).migrateOnStart()).isFalse();
    assertThat(config.withPollingInterval(Duration.ofSeconds(1)).pollingInterval()).hasSeconds(1);
    Tls required = new Tls(SslMode.REQUIRE, Optional.empty());
    assertThat(config.withTls(required).server().tls()).isEqualTo(required);
  }

  @Test
  void refuses_what_cannot_work() {
    PostgresConfig config = PostgresConfig.of("db", 5432, "crew", "u", Secret.of("p"));
    assertThatThrownBy(() -> config.withPoolSize(0)).hasMessageContaining("connections");
    assertThatThrownBy(() -> config.withPollingInterval(Duration.ZERO))
        .hasMessageContaining("polling");
    assertThatThrownBy(() -> PostgresConfig.of("db", 0, "crew", "u", Secret.of("p")))
        .hasMessageContaining("port");
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Pool(1, Duration.ZERO, second, second))
        .hasMessageContaining("250 ms");
    assertThatThrownBy(() -> new Pool(1, second, Duration.ZERO, second))
        .hasMessageContaining("1 s");
  }
}
