package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.contentcrew.adapters.redis.RedisConfig;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.sdk.tier.TierFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of the staging set-up without an engine that runs it. */
class ComposeTest {
  private static final Path HOME = Path.of("..");
  private static final String TEXT = read(HOME.resolve("docker-compose.yml"));
  private static final JsonNode COMPOSE = parse(TEXT);

  /** {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?why}}; not {@code $$NAME}. */
  private static final Pattern VARIABLE =
      Pattern.compile("(?<!\\$)\\$\\{?(\\w+)(?::([-?])([^}]*))?}?");

  private static final Set<String> ENDS_BY_ITSELF = Set.of("models");
  private static final Set<String> SECRETS =
      Set.of("POSTGRES_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With anchors and merges resolved, as the engine sees it. */
  private static JsonNode parse(String yaml) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new ObjectMapper().valueToTree(tree);
  }

  private static Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    COMPOSE
        .get("services")
        .properties()
        .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
    return services;
  }

  private static JsonNode service(String name) {
    return COMPOSE.get("services").get(name);
  }

  private static List<String> texts(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).asText())
        .toList();
  }

  private static Set<String> settings() {
    return Settings.ALL.stream().map(Setting::name).collect(Collectors.toSet());
  }

  @Test
  void it_is_what_the_compose_specification_asks_for() throws IOException {
    try (InputStream file =
        ComposeTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
      ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(file);
      schema.remove("$id"); // a bare file name, which the validator does not take
      JsonSchema compose =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
      assertThat(compose.validate(COMPOSE)).isEmpty();
      assertThat(compose.validate(parse("services: {app: {imagge: x}}"))).isNotEmpty();
    }
    assertThat(TEXT.lines().count()).isLessThanOrEqualTo(130);
  }

  @Test
  void it_runs_the_service_with_all_that_it_needs() {
    assertThat(services().keySet())
        .contains("app", "postgres", "redis", "ollama", "models")
        .doesNotContain("frontend");
    JsonNode needs = service("app").get("depends_on");
    assertThat(needs.at("/postgres/condition").asText()).isEqualTo("service_healthy");
    assertThat(needs.at("/redis/condition").asText()).isEqualTo("service_healthy");
    assertThat(needs.at("/ollama/condition").asText()).isEqualTo("service_started");
    assertThat(service("models").at("/depends_on/ollama/condition").asText())
        .isEqualTo("service_healthy");
    assertThat(HOME.resolve(service("app").at("/build/dockerfile").asText())).isRegularFile();
  }

  @Test
  void whatever_goes_on_running_says_how_it_is_and_comes_back_after_a_fall() {
    services()
        .forEach(
            (name, service) -> {
              if (ENDS_BY_ITSELF.contains(name)) {
                assertThat(service.path("restart").asText()).as(name).isEqualTo("on-failure");
                return;
              }
              boolean checked =
                  service.has("healthcheck")
                      ? service.at("/healthcheck/test").size() > 1
                      : DockerfileTest.text().contains("\nHEALTHCHECK ");
              assertThat(checked).as("%s has a health check", name).isTrue();
              assertThat(service.has("healthcheck") || service.has("build")).as(name).isTrue();
              assertThat(service.path("restart").asText()).as(name).isEqualTo("unless-stopped");
            });
  }

  @Test
  void every_service_has_a_bound_for_its_memory_and_can_win_no_rights() {
    services()
        .forEach(
            (name, service) -> {
              assertThat(service.path("mem_limit").asText()).as(name).isNotBlank();
              assertThat(texts(service.path("security_opt")))
                  .as(name)
                  .contains("no-new-privileges:true");
              assertThat(service.path("privileged").asBoolean()).as(name).isFalse();
              assertThat(Stream.of("pid", "ipc", "network_mode", "cap_add", "devices"))
                  .as(name)
                  .noneMatch(service::has);
            });
  }

  @Test
  void the_service_may_write_nowhere_and_has_no_capability() {
    JsonNode app = service("app");
    assertThat(app.get("read_only").asBoolean()).isTrue();
    assertThat(texts(app.get("cap_drop"))).containsExactly("ALL");
    assertThat(app.has("user")).as("the image says who it runs as").isFalse();
    assertThat(app.has("volumes")).isFalse();
  }

  @Test
  void only_the_service_is_to_be_reached_from_other_machines() {
    services()
        .forEach(
            (name, service) -> {
              List<String> ports = texts(service.path("ports"));
              if (name.equals("app")) {
                assertThat(ports).containsExactly("${APP_PORTS:-8000}:8000");
              } else if (service.has("profiles")) {
                assertThat(texts(service.get("profiles"))).as(name).containsExactly("dev");
                assertThat(ports)
                    .as(name)
                    .isNotEmpty()
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
              } else {
                assertThat(ports).as(name).isEmpty();
              }
            });
  }

  @Test
  void no_two_servers_share_the_folder_of_a_database() {
    assertThat(texts(service("postgres").get("volumes")))
        .doesNotContainAnyElementsOf(texts(service("postgres-dev").get("volumes")));
    Set<String> used =
        services().values().stream()
            .flatMap(service -> texts(service.path("volumes")).stream())
            .map(volume -> volume.substring(0, volume.indexOf(':')))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named = new TreeSet<>();
    COMPOSE.get("volumes").fieldNames().forEachRemaining(named::add);
    assertThat(used).isEqualTo(named);
  }

  @Test
  void there_is_no_password_in_it_and_none_has_a_default() {
    Matcher variables = VARIABLE.matcher(TEXT);
    Set<String> required = new TreeSet<>();
    while (variables.find()) {
      if ("?".equals(variables.group(2))) {
        required.add(variables.group(1));
      }
      if (variables.group(1).matches(".*(PASSWORD|SECRET|KEY|TOKEN).*")
          && !isComment(variables.start())) {
        assertThat(variables.group(2)).as(variables.group()).isEqualTo("?");
      }
    }
    assertThat(required).containsExactlyInAnyOrderElementsOf(SECRETS);
    services()
        .forEach(
            (name, service) ->
                service
                    .path("environment")
                    .properties()
                    .forEach(
                        entry -> {
                          if (entry.getKey().matches(".*(PASSWORD|SECRET|KEY|TOKEN|AUTH).*")) {
                            assertThat(entry.getValue().asText())
                                .as("%s of %s", entry.getKey(), name)
                                .matches("\\$\\{\\w+:\\?[^}]+}");
                          }
                        }));
  }

  @Test
  void whoever_sets_a_password_reads_what_it_may_consist_of() {
    assertThat(TEXT.lines().filter(line -> line.startsWith("#")))
        .anyMatch(line -> line.contains("REDIS_PASSWORD: letters and digits only"));
    for (String name : List.of("POSTGRES_PASSWORD", "REDIS_PASSWORD")) {
      assertThat(TEXT)
          .contains("${" + name + ":?set it in .env, letters and digits only}")
          .doesNotContain("${" + name + ":?set it in .env}");
    }
  }

  private static boolean isComment(int at) {
    return TEXT.substring(TEXT.lastIndexOf('\n', at) + 1, at).stripLeading().startsWith("#");
  }

  @Test
  void every_variable_that_it_takes_is_in_the_example() {
    Set<String> known = new TreeSet<>(settings());
    Settings.FOR_COMPOSE.forEach(setting -> known.add(setting.name()));
    Matcher variables = VARIABLE.matcher(TEXT);
    Set<String> taken = new TreeSet<>();
    while (variables.find()) {
      if (!isComment(variables.start())) {
        taken.add(variables.group(1));
      }
    }
    assertThat(known).containsAll(taken);
    Settings.FOR_COMPOSE.forEach(setting -> assertThat(taken).contains(setting.name()));
  }

  @Test
  void what_the_example_says_of_it_is_so_and_no_name_means_two_things() {
    Set<String> settings = settings();
    for (Setting variable : Settings.FOR_COMPOSE) {
      assertThat(settings).doesNotContain(variable.name());
      assertThat(Settings.envExample()).contains("\n#" + variable.name() + "=");
      variable
          .fallback()
          .ifPresent(
              fallback ->
                  assertThat(TEXT).contains("${" + variable.name() + ":-" + fallback + "}"));
    }
    assertThat(Settings.help()).doesNotContain("POSTGRES_PASSWORD");
  }

  @Test
  void a_shell_reads_the_example_as_compose_does() {
    assertThat(Settings.envExample().lines().filter(line -> line.matches("#\\w+=.*")))
        .hasSizeGreaterThan(Settings.ALL.size())
        .allMatch(line -> line.matches("#\\w+=([^ \"'$]*|\"[^\"'$]*\")"));
  }

  @Test
  void every_setting_that_it_gives_to_the_service_is_one() {
    Set<String> known = new TreeSet<>(settings());
    assertThat(known)
        .containsAll(
            service("app").get("environment").properties().stream()
                .map(Map.Entry::getKey)
                .toList());
  }

  /** As the service reads what it is given. */
  private static AppConfig config() throws AppConfig.Invalid {
    Map<String, String> env =
        new HashMap<>(Map.of("POSTGRES_PASSWORD", "a1", "REDIS_PASSWORD", "b2"));
    env.put("SECRET_KEY", "p7mVJb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui");
    Map<String, String> given = new HashMap<>();
    service("app")
        .get("environment")
        .properties()
        .forEach(entry -> given.put(entry.getKey(), filledIn(entry.getValue().asText(), env)));

    return AppConfig.read(given);
  }

  @Test
  void the_service_would_start_with_these_settings() throws AppConfig.Invalid {
    AppConfig config = config();

    assertThat(config.service().env()).isEqualTo(AppConfig.Env.STAGING);
    assertThat(config.service().host()).isEqualTo("0.0.0.0");
    assertThat(config.stores().databaseUrl().orElseThrow().reveal())
        .isEqualTo("postgresql://crew:a1@postgres:5432/crew");
    assertThat(config.stores().redis().orElseThrow())
        .isEqualTo(RedisConfig.parse("redis://:b2@redis:6379"));
    assertThat(config.models().ollama().toString()).contains("http://ollama:11434");
  }

  private static String filledIn(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              String fallback = found.group(3) == null ? "" : found.group(3);
              return Matcher.quoteReplacement(variables.getOrDefault(found.group(1), fallback));
            });
  }

  @Test
  void a_stop_leaves_time_to_drain_for_requests_and_for_jobs_to_be_given_back()
      throws AppConfig.Invalid {
    Duration grace =
        Durations.parse(service("app").get("stop_grace_period").asText()).orElseThrow();
    AppConfig.Service service = config().service();
    assertThat(service.drainDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(grace)
        .isGreaterThanOrEqualTo(Duration.ofSeconds(30))
        .isGreaterThan(service.drainDelay().plus(service.shutdownGrace()).plusSeconds(10));
  }

  @Test
  void images_have_a_tag_that_is_a_version_of_major_or_finer() {
    services()
        .forEach(
            (name, service) -> {
              String image = service.get("image").asText();
              assertThat(image).as(name).matches("[a-z/]+:.+");
              assertThat(image.substring(image.indexOf(':') + 1))
                  .as(name)
                  .matches("\\d+(\\.\\d+)*");
            });
    assertThat(service("models").get("image")).isEqualTo(service("ollama").get("image"));
  }

  @Test
  void the_models_of_the_tiers_are_fetched_but_for_the_largest() {
    List<String> tiers =
        TierFile.standard().tiers().stream()
            .filter(tier -> !tier.id().value().equals("enterprise"))
            .map(Tier::model)
            .map(model -> model.value())
            .toList();
    assertThat(tiers).hasSize(3);
    assertThat(service("models").at("/environment/TIER_MODELS").asText())
        .isEqualTo("${TIER_MODELS:-" + String.join(" ", tiers) + "}");
  }

  @Test
  void redis_forgets_no_counter_to_make_room() {
    String settings = service("redis").get("command").get(0).asText();
    assertThat(settings)
        .contains("requirepass $$REDISCLI_AUTH", "appendonly no", "maxmemory-policy noeviction");
  }
}
