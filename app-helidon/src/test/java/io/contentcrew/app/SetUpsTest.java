package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each set-up starts as a program, does a whole job, and tells people and machines what it is. */
@Timeout(400)
class SetUpsTest {
  private static final String KEY = "p7mVJb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui";

  @TempDir private Path dataDir;

  private ServiceProcess start(String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("DATA_DIR", dataDir.toString());
    all.put("PORT", "0");
    all.put("LLM_PROVIDER", "offline");
    all.put("OFFLINE_TOKENS_PER_SECOND", "0");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return ServiceProcess.run(all);
  }

  private static void assertServes(ServiceProcess service, String storage) throws Exception {
    Client client = service.client();
    await() // a part that takes more than a second to answer is told as down, on a busy machine too
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(client.get("/health/ready").text()).contains("\"ready\""));
    assertThat(client.get("/health/ready").status()).isEqualTo(200);
    JsonNode health = client.get("/health").json();
    assertThat(health.get("status").textValue()).isEqualTo("up");
    assertThat(health.at("/components/storage/kind").textValue()).isEqualTo(storage);
    assertThat(health.at("/components/model/engine").textValue()).isEqualTo("offline");
    assertThat(health.at("/components/model/demo").booleanValue()).isTrue();
    assertThat(client.get("/v1/content/engine").json().get("demo").booleanValue()).isTrue();

    Client ada = client.signedUp();
    String id = ada.submit("Tea", "social");
    assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
    assertThat(ada.job(id).get("status").textValue()).isEqualTo("completed");
  }

  @Test
  void in_memory() throws Exception {
    try (ServiceProcess service = start("STORAGE", "memory", "BCRYPT_COST", "4")) {
      assertServes(service, "memory");
      assertThat(service.out())
          .containsPattern("Content Creation Crew \\S+, ready in \\d+\\.\\d s")
          .containsPattern(
              "listening +http://localhost:\\d+ \\(API at http://localhost:\\d+/docs\\)")
          .containsPattern("data +in memory, gone at the stop")
          .containsPattern("writer +offline samples, marked demo, because LLM_PROVIDER=offline")
          .containsPattern("mode +dev");
      assertThat(service.stop()).isEqualTo(143);
    }
  }

  @Test
  void on_a_postgresql_of_its_own_that_it_does_not_share() throws Exception {
    try (ServiceProcess service = start("BCRYPT_COST", "4")) {
      assertServes(service, "postgres");
      assertThat(service.out())
          .containsPattern("data +embedded PostgreSQL 16 on port \\d+, kept in " + dataDir);
      try (ServiceProcess another = start()) {
        assertThat(another.awaitExit()).isEqualTo(1);
        assertThat(String.join("\n", another.err()))
            .contains("The service cannot start: ")
            .contains(dataDir.toString());
      }
      Client ada = service.client().signedUp();
      assertThat(ada.watch(ada.submit("Coffee", "social")).getLast().type())
          .as("the first one was not disturbed")
          .isEqualTo("complete");
    }
  }

  @Test
  void in_production_on_a_postgresql_that_is_given() throws Exception {
    EmbeddedPostgresConfig throwaway =
        EmbeddedPostgresConfig.throwaway(dataDir.resolve("programs"));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(throwaway)) {
      EmbeddedPostgres.Address database = server.address();
      String url =
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(
                  database.user(),
                  database.password().reveal(),
                  database.host(),
                  database.port(),
                  database.database());
      try (ServiceProcess service =
          start(
              "ENV",
              "prod",
              "API_BASE_URL",
              "https://api.example.com",
              "SECRET_KEY",
              KEY,
              "DATABASE_URL",
              url,
              "BCRYPT_COST",
              "10")) {
        assertServes(service, "postgres");
        assertThat(service.out())
            .containsPattern(
                "data +PostgreSQL database contentcrew at 127\\.0\\.0\\.1:" + database.port())
            .doesNotContain("mode")
            .doesNotContain(KEY)
            .doesNotContain(database.password().reveal());
        assertThat(service.err()).allMatch(line -> line.startsWith("{\"time\":"));
      }
    }
  }

  @Test
  void a_database_that_does_not_answer_is_told_without_its_password() throws Exception {
    String url = "postgresql://crew:canary-password@127.0.0.1:1/crew";
    try (ServiceProcess service = start("DATABASE_URL", url)) {
      assertThat(service.awaitExit()).isEqualTo(1);
      assertThat(String.join("\n", service.err()))
          .contains("The service cannot start: ")
          .contains("127.0.0.1:1")
          .doesNotContain("canary-password");
    }
  }

  @Test
  void a_port_that_is_taken_is_told() throws Exception {
    try (ServiceProcess service = start("STORAGE", "memory")) {
      int port = service.client().port();
      try (ServiceProcess another = start("STORAGE", "memory", "PORT", String.valueOf(port))) {
        assertThat(another.awaitExit()).isEqualTo(1);
        assertThat(String.join("\n", another.err()))
            .contains("The service cannot start: ")
            .contains(String.valueOf(port));
      }
    }
  }

  @Test
  void wrong_settings_end_the_program_with_78_and_all_problems_at_once() throws Exception {
    try (ServiceProcess service =
        start("ENV", "prod", "PORT", "99999", "JOB_TIMEOUT", "soon", "SECRET_KEY", "canary-key")) {
      assertThat(service.awaitExit()).isEqualTo(78);
      assertThat(String.join("\n", service.err()))
          .startsWith("The settings are not right:\n")
          .contains("\n  - PORT must be a whole number from 0 to 65535")
          .contains("\n  - JOB_TIMEOUT must be a duration")
          .contains("\n  - DATABASE_URL must be given")
          .contains("\n  - SECRET_KEY must have at least 32 bytes")
          .contains("./crew run --help")
          .doesNotContain("canary-key");
      assertThat(service.out()).isEmpty();
    }
  }
}
