package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the image without an engine that builds it. */
class DockerfileTest {
  private static final Path HOME = Path.of("..");

  static String text() {
    try {
      return Files.readString(Path.of("Dockerfile"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The instructions, with their continued lines joined. */
  private static List<String> instructions() {
    return text()
        .replaceAll("\\\\\n\\s*", " ")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static List<String> all(String keyword) {
    return instructions().stream()
        .filter(line -> line.startsWith(keyword + " "))
        .map(line -> line.substring(keyword.length()).strip())
        .toList();
  }

  private static String last(String keyword) {
    return all(keyword).getLast();
  }

  private static List<String> words(String json) throws JsonProcessingException {
    return Arrays.asList(new ObjectMapper().readValue(json, String[].class));
  }

  @Test
  void it_runs_as_a_user_without_a_name_or_rights_to_the_end() {
    assertThat(last("USER")).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    List<String> lines = instructions();
    int user = lines.indexOf("USER " + last("USER"));
    assertThat(lines.subList(user, lines.size()))
        .noneMatch(line -> line.matches("(RUN|COPY|ADD) .*"));
  }

  @Test
  void its_bases_have_a_tag_of_major_or_finer_and_nothing_comes_from_the_net_by_an_address() {
    assertThat(all("FROM"))
        .hasSize(3)
        .allMatch(base -> base.matches("[a-z/-]+:\\d[\\w.-]*( AS \\w+)?"));
    assertThat(all("ADD")).isEmpty();
    assertThat(text()).doesNotContain("curl", "wget", "apt-get");
  }

  @Test
  void the_page_is_built_as_its_lock_file_has_it_and_lies_where_the_jar_takes_it_from()
      throws IOException {
    List<String> lines = instructions();
    List<String> page = lines.subList(0, lines.indexOf("FROM " + all("FROM").get(1)));
    assertThat(page).first().asString().matches("FROM node:\\d+\\S* AS page");
    assertThat(page)
        .filteredOn(line -> line.startsWith("RUN "))
        .satisfiesExactly(
            packages -> assertThat(packages).contains("npm ci"),
            build -> assertThat(build).isEqualTo("RUN npm run build:static"));
    assertThat(Files.readString(HOME.resolve("frontend/package.json")))
        .contains("\"build:static\":");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<directory>../frontend/out</directory>");

    int sources = lines.indexOf("COPY . .");
    int site = lines.indexOf("COPY --from=page /src/frontend/out frontend/out");
    assertThat(sources).isPositive();
    assertThat(site).isGreaterThan(sources); // else an older page would lie over it
    assertThat(lines.subList(site, lines.size())).anyMatch(line -> line.contains("mvn "));
  }

  @Test
  void no_secret_is_built_in() {
    assertThat(all("ARG")).isEmpty();
    assertThat(String.join(" ", all("ENV"))).isEqualTo("ENV=prod HOST=0.0.0.0 PORT=8000");
    for (Setting setting : Settings.ALL) {
      if (setting.secret()) {
        assertThat(text()).doesNotContain(setting.name() + "=");
      }
    }
  }

  @Test
  void it_gets_signals_itself_and_stops_by_the_usual_one() throws Exception {
    List<String> program = words(last("ENTRYPOINT"));
    assertThat(program)
        .startsWith("java")
        .endsWith("-jar", "/app/contentcrew-app.jar")
        .contains("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"); // as ./crew run
    assertThat(words(last("CMD"))).containsExactly("run");
    assertThat(last("STOPSIGNAL")).isEqualTo("SIGTERM");
  }

  @Test
  void its_health_check_needs_no_other_program() throws Exception {
    String check = last("HEALTHCHECK");
    assertThat(words(check.substring(check.indexOf('['))))
        .startsWith("java")
        .endsWith("-jar", "/app/contentcrew-app.jar", "health");
  }

  @Test
  void what_is_built_from_reaches_the_engine_and_secrets_and_data_do_not() throws IOException {
    List<PathMatcher> ignored = ignored();
    assertThat(
            Stream.of(
                ".env",
                ".git/config",
                "data/secret.key",
                "app-helidon/target/x.jar",
                "frontend/node_modules/next/package.json",
                "frontend/out/index.html",
                "frontend/.next/build-manifest.json",
                "frontend/dist/server/server.js"))
        .allMatch(path -> ignored.stream().anyMatch(rule -> rule.matches(Path.of(path))));
    try (Stream<Path> files = Files.walk(HOME)) {
      List<Path> needed =
          files
              .filter(Files::isRegularFile)
              .map(HOME::relativize)
              .filter(
                  file ->
                      file.toString().contains("src/main/")
                          || file.endsWith("pom.xml")
                          || file.equals(Path.of("docs", "openapi.yaml"))
                          || isOfPage(file))
              .filter(file -> !file.toString().contains("target/"))
              .toList();
      assertThat(needed).hasSizeGreaterThan(200);
      assertThat(needed).noneMatch(file -> ignored.stream().anyMatch(rule -> rule.matches(file)));
    }
  }

  /** Whether it is one of those that the page is built from. */
  private static boolean isOfPage(Path file) {
    return file.startsWith("frontend/src")
        || file.startsWith("frontend/scripts")
        || file.startsWith("frontend/public")
        || (file.startsWith("frontend") && file.getNameCount() == 2 && !isMadeHere(file));
  }

  private static boolean isMadeHere(Path file) {
    return file.toString().endsWith(".tsbuildinfo") || file.endsWith("next-env.d.ts");
  }

  private static List<PathMatcher> ignored() throws IOException {
    return Files.readAllLines(HOME.resolve(".dockerignore")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .flatMap(line -> Stream.of(line, line.replace("**/", "")).distinct())
        .flatMap(line -> Stream.of(line, line + "/**"))
        .map(line -> FileSystems.getDefault().getPathMatcher("glob:" + line))
        .toList();
  }
}
