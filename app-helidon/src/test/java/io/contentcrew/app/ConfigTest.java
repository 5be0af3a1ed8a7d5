package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  @TempDir private Path folder;

  private Map<String, String> dev(String... settings) {
    Map<String, String> variables = new HashMap<>(Map.of("DATA_DIR", folder.toString()));
    for (int i = 0; i < settings.length; i += 2) {
      variables.put(settings[i], settings[i + 1]);
    }
    return variables;
  }

  private static List<String> problems(Map<String, String> variables) {
    try {
      AppConfig.read(variables);
      return List.of();
    } catch (AppConfig.Invalid e) {
      return e.problems();
    }
  }

  @Test
  void in_dev_nothing_need_be_said() throws Exception {
    AppConfig config = AppConfig.read(dev());
    assertThat(config.service().port()).isEqualTo(8000);
    assertThat(config.models().provider()).isEqualTo(AppConfig.Provider.OLLAMA_ELSE_OFFLINE);
    assertThat(config.stores().databaseUrl()).isEmpty();
    assertThat(config.jobs().deadAfter()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.accounts().tokenTtl()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void the_made_up_key_is_kept_and_only_its_owner_may_read_it() throws Exception {
    AppConfig first = AppConfig.read(dev());
    AppConfig second = AppConfig.read(dev());
    assertThat(second.accounts().secretKey()).isEqualTo(first.accounts().secretKey());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secret.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void production_makes_nothing_up_and_tells_all_that_is_missing_at_once() {
    assertThat(
            problems(
                Map.of("ENV", "prod", "PORT", "99999", "JOB_TIMEOUT", "soon", "STORAGE", "memory")))
        .anyMatch(problem -> problem.startsWith("SECRET_KEY must be given"))
        .anyMatch(problem -> problem.startsWith("DATABASE_URL must be given"))
        .anyMatch(problem -> problem.startsWith("API_BASE_URL must be given"))
        .anyMatch(problem -> problem.startsWith("Say who writes"))
        .anyMatch(problem -> problem.startsWith("PORT must be a whole number from 0 to 65535"))
        .anyMatch(problem -> problem.startsWith("JOB_TIMEOUT must be a duration"))
        .anyMatch(problem -> problem.startsWith("STORAGE=memory"));
  }

  @Test
  void production_with_everything_given_is_right() {
    assertThat(
            problems(
                Map.of(
                    "ENV", "prod",
                    "API_BASE_URL", "https://api.example.com",
                    "SECRET_KEY", "p7mVJb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui",
                    "DATABASE_URL", "postgresql://crew:pw@db:5432/crew",
                    "OLLAMA_BASE_URL", "http://ollama:11434")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENV|production|ENV must be one of dev, staging, prod",
        "PORT|http|PORT must be a whole number",
        "OLLAMA_BASE_URL|localhost:11434|OLLAMA_BASE_URL must hold http:// or https:// addresses",
        "OLLAMA_BASE_URL|http://user:pw@host|OLLAMA_BASE_URL must hold",
        "DATABASE_URL|mysql://x|DATABASE_URL must look like postgresql://",
        "BCRYPT_COST|16|BCRYPT_COST must be a whole number from 4 to 15",
        "JOB_DEAD_AFTER|6s|JOB_DEAD_AFTER must be at least three times JOB_HEARTBEAT",
        "SECRET_KEY|short|SECRET_KEY must have at least 32 bytes",
        "COOKIE_SECURE|maybe|COOKIE_SECURE must be true or false",
        "OFFLINE_TOKENS_PER_SECOND|fast|OFFLINE_TOKENS_PER_SECOND must be a number",
        "TIERS_FILE|/nowhere/tiers.yaml|TIERS_FILE names a file that cannot be read",
        "API_BASE_URL|api.example.com|API_BASE_URL must hold http:// or https:// addresses",
        "API_BASE_URL|https://a.example,https://b.example|API_BASE_URL must be one address",
        "TRUSTED_PROXIES|10.0.0.0/8,proxy|TRUSTED_PROXIES: proxy cannot be used: it is no address",
        "TRUSTED_PROXIES|10.0.0.1/8|TRUSTED_PROXIES: 10.0.0.1/8 cannot be used: it has bits after",
        "CORS_ORIGINS|*|CORS_ORIGINS must not hold *",
        "CORS_ORIGINS|https://a.example,null|CORS_ORIGINS must not hold null",
        "CORS_ORIGINS|https://a.example/|CORS_ORIGINS: https://a.example/ must be scheme, host",
        "CORS_ORIGINS|https://a.example/app|CORS_ORIGINS: https://a.example/app must be scheme",
        "CORS_ORIGINS|a.example|CORS_ORIGINS: a.example must be scheme, host and port only",
        "CORS_ORIGINS|https://*.example|CORS_ORIGINS: https://*.example must be scheme, host",
        "CORS_ORIGINS|https://a.example,|CORS_ORIGINS:  must be scheme, host and port only",
        "HEADER_TIMEOUT|0s|HEADER_TIMEOUT must be a duration of at least 100ms",
        "MAX_CONNECTIONS|0|MAX_CONNECTIONS must be a whole number from 1",
        "STREAMS_PER_USER|0|STREAMS_PER_USER must be a whole number from 1",
        "MAX_STREAMS|-1|MAX_STREAMS must be a whole number from 1",
        "PASSWORD_MIN_LENGTH|7|PASSWORD_MIN_LENGTH must be a whole number from 8"
      })
  void what_is_wrong_is_told_with_the_rule(String name, String value, String problem) {
    assertThat(problems(dev(name, value))).singleElement().asString().startsWith(problem);
  }

  @Test
  void a_sample_key_is_refused_outside_dev() {
    Map<String, String> variables =
        dev(
            "ENV",
            "staging",
            "API_BASE_URL",
            "http://localhost:8000",
            "SECRET_KEY",
            "changeme-changeme-changeme-changeme",
            "DATABASE_URL",
            "postgresql://a:b@c/d",
            "OLLAMA_BASE_URL",
            "http://o");
    assertThat(problems(variables))
        .singleElement()
        .asString()
        .contains("sample that everybody knows")
        .doesNotContain("changeme");
  }

  @Test
  void a_secret_can_be_given_in_a_file_and_its_value_is_never_told() throws IOException {
    Path file =
        Files.writeString(folder.resolve("key"), "canary-0123456789-0123456789-0123456789\n");
    assertThat(problems(dev("SECRET_KEY_FILE", file.toString()))).isEmpty();
    assertThat(problems(dev("SECRET_KEY_FILE", folder.resolve("none").toString())))
        .singleElement()
        .asString()
        .startsWith("SECRET_KEY_FILE cannot be read");
    List<String> both = problems(dev("SECRET_KEY", "canary", "SECRET_KEY_FILE", file.toString()));
    assertThat(both)
        .anyMatch(problem -> problem.contains("not both"))
        .noneMatch(problem -> problem.contains("canary"));
  }

  @Test
  void the_edges_are_as_told_or_closed() throws Exception {
    Edges closed = AppConfig.read(dev("PORT", "9001")).edges();
    assertThat(closed.baseUrl()).hasToString("http://localhost:9001");
    assertThat(closed.isHttps()).isFalse();
    assertThat(closed.trustedProxies()).isEmpty();
    assertThat(closed.corsOrigins()).isEmpty();
    Edges open =
        AppConfig.read(
                dev(
                    "API_BASE_URL",
                    "https://api.example.com/",
                    "TRUSTED_PROXIES",
                    "10.0.0.0/8, ::1",
                    "CORS_ORIGINS",
                    "https://WWW.example.com:443, http://localhost:3000"))
            .edges();
    assertThat(open.baseUrl()).hasToString("https://api.example.com");
    assertThat(open.isHttps()).isTrue();
    assertThat(open.trustedProxies())
        .extracting(AddressRange::toString)
        .containsExactly("10.0.0.0/8", "::1/128");
    assertThat(open.corsOrigins())
        .containsExactlyInAnyOrder("https://www.example.com", "http://localhost:3000");
  }

  @Test
  void in_production_nothing_comes_by_plain_http_but_from_this_machine() {
    Map<String, String> right =
        Map.of(
            "ENV", "prod",
            "API_BASE_URL", "https://api.example.com",
            "SECRET_KEY", "p7mVJb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui",
            "DATABASE_URL", "postgresql://crew:pw@db:5432/crew",
            "OLLAMA_BASE_URL", "http://ollama:11434",
            "CORS_ORIGINS", "https://www.example.com,http://localhost:3000,http://[::1]:3000");
    assertThat(problems(right)).isEmpty();
    Map<String, String> wrong = new HashMap<>(right);
    wrong.put("API_BASE_URL", "http://api.example.com");
    wrong.put("CORS_ORIGINS", "http://www.example.com");
    assertThat(problems(wrong))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("API_BASE_URL must begin with https://"))
        .anyMatch(
            problem ->
                problem.startsWith("CORS_ORIGINS: http://www.example.com must begin with https"));
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "15s,PT15S",
    "10m,PT10M",
    "12h,PT12H",
    "7d,PT168H",
    "PT1M30S,PT1M30S",
    "0s,PT0S"
  })
  void durations_are_read_as_people_write_them(String text, String expected) {
    assertThat(Durations.parse(text)).contains(Duration.parse(expected));
  }

  @ParameterizedTest
  @CsvSource({"5", "5 s", "-5s", "soon", "PT-1S", "99999999999s"})
  void what_is_no_duration_is_not_read(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  // ---- on the command line

  private record Said(int code, String out, String err) {}

  private static Said config(Map<String, String> variables, String... arguments)
      throws AppConfig.Invalid {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ConfigCommand.run(
            variables,
            List.of(arguments),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void showing_the_settings_hides_secrets_and_tells_where_values_come_from() throws Exception {
    Said said = config(dev("DATABASE_URL", "postgresql://u:canary@h/d", "PORT", "9000"), "show");
    assertThat(said.out)
        .doesNotContain("canary")
        .containsPattern("DATABASE_URL +\\(hidden\\) +environment")
        .containsPattern("PORT +9000 +environment")
        .containsPattern("HOST +127.0.0.1 +default");
    for (Setting setting : Settings.ALL) {
      assertThat(said.out).contains(setting.name());
    }
  }

  @Test
  void checking_says_that_all_is_right_or_throws_all_that_is_not() throws Exception {
    assertThat(config(dev(), "check").out).contains("right");
    assertThatThrownBy(() -> config(dev("PORT", "x"), "check"))
        .isInstanceOf(AppConfig.Invalid.class)
        .hasMessageContaining("PORT");
    assertThat(config(dev(), "nonsense").code).isEqualTo(2);
  }

  @Test
  void the_example_and_the_table_name_every_setting() throws Exception {
    for (Setting setting : Settings.ALL) {
      assertThat(config(dev(), "example").out).contains("\n#" + setting.name() + "=");
      assertThat(config(dev(), "table").out).contains("| `" + setting.name() + "` |");
    }
  }

  @Test
  void the_files_made_from_the_settings_are_up_to_date() throws IOException {
    assertThat(Files.readString(Path.of("..", ".env.example"))).isEqualTo(Settings.envExample());
    assertThat(Files.readString(Path.of("..", "docs", "configuration.md")))
        .contains(Settings.table());
  }
}
