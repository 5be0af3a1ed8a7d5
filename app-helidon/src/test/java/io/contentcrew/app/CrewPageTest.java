package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the front door does for the web page: in a house of its own, with programs that only note
 * that they were called.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS) // it is a shell script
class CrewPageTest {
  /** Writes down how it was called; builds as the real one would. */
  private static final String NPM =
      """
      echo "npm $* in $(basename "$PWD") for ${WEB_TARGET:-nothing}" >>"$CALLS"
      case $* in
        ci*) mkdir -p node_modules ;;
        *build:static) [ ! -f broken ] || { echo "it does not compile"; exit 3; }
          rm -rf out && mkdir out && echo page >out/index.html ;;
        *build:server) mkdir -p dist/server && echo server >dist/server/server.js ;;
      esac
      """;

  private static final String MAVEN =
      """
      echo "mvn $*" >>"$CALLS"
      mkdir -p app-helidon/target/classes && touch app-helidon/target/contentcrew-app.jar
      """;

  /** All that the script itself may use of the machine. */
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "cat",
          "cksum",
          "cp",
          "dirname",
          "find",
          "grep",
          "head",
          "kill",
          "mkdir",
          "mktemp",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "sort",
          "tail",
          "touch",
          "xargs");

  @TempDir private Path folder;
  private Path house;
  private Path programs;

  private record Said(int code, String err, List<String> calls) {}

  @BeforeEach
  void build() throws IOException {
    house = Files.createDirectories(folder.resolve("a house"));
    programs = Files.createDirectories(folder.resolve("bin"));
    for (String module :
        List.of("bom", "domain", "ports", "sdk", "adapters", "testkit", "app-helidon")) {
      write(house.resolve(module).resolve("pom.xml"), "<project/>");
    }
    write(house.resolve("pom.xml"), "<project/>");
    write(house.resolve("docs/openapi.yaml"), "openapi: 3.1.0");
    write(house.resolve("frontend/package.json"), "{}");
    write(house.resolve("frontend/package-lock.json"), "{}");
    write(house.resolve("frontend/src/page.tsx"), "one");
    Files.copy(Path.of("..", "crew"), house.resolve("crew"));
    Path jdk = folder.resolve("jdk");
    write(jdk.resolve("release"), "JAVA_VERSION=\"21.0.1\"");
    program(jdk.resolve("bin/javac"), "");
    program(jdk.resolve("bin/java"), "echo \"java ${*##* }\" >>\"$CALLS\"");
    for (String tool : TOOLS) {
      Path found = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          programs.resolve(tool), Files.exists(found) ? found : Path.of("/bin", tool));
    }
    program(programs.resolve("mvn"), MAVEN);
    program(programs.resolve("npm"), NPM);
    node("v20.20.2");
  }

  private void node(String version) throws IOException {
    program(
        programs.resolve("node"),
        "[ \"$1\" = --version ] && echo "
            + version
            + " || echo \"node $1 in $(basename \"$PWD\"): $HOSTNAME:$PORT for $API_INTERNAL_URL\""
            + " >>\"$CALLS\"");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void program(Path file, String script) throws IOException {
    write(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Said crew(String... arguments) throws IOException, InterruptedException {
    return crew(Map.of(), arguments);
  }

  private Said crew(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path calls = folder.resolve("calls");
    Files.writeString(calls, "");
    List<String> command = new ArrayList<>(List.of(house.resolve("crew").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", programs.toString(),
                "HOME", folder.toString(),
                "JAVA_HOME", folder.resolve("jdk").toString(),
                "CALLS", calls.toString()));
    builder.environment().putAll(environment);
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(err.toFile()).redirectErrorStream(true).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(
        process.exitValue(),
        Files.readString(err, StandardCharsets.UTF_8),
        Files.readAllLines(calls).stream().map(CrewPageTest::named).toList());
  }

  /** Maven's options are another matter. */
  private static String named(String call) {
    return call.startsWith("mvn ")
        ? call.replaceAll("^mvn .*\\b(package|verify)\\b.*", "mvn $1")
        : call;
  }

  @Test
  void the_page_is_built_before_the_service_that_holds_it() throws Exception {
    Said said = crew("run");
    assertThat(said.err)
        .contains("fetching what the web page is built with", "building the web page");
    assertThat(said.code).isZero();
    assertThat(said.calls)
        .containsExactly(
            "npm ci --no-audit --no-fund in frontend for nothing",
            "npm run build:static in frontend for static",
            "mvn package",
            "java run");
  }

  @Test
  void what_has_not_changed_is_not_built_again() throws Exception {
    crew("run");
    assertThat(crew("run").calls).containsExactly("java run");
    assertThat(crew("config", "check").calls).containsExactly("java check");

    write(house.resolve("frontend/src/page.tsx"), "two");
    assertThat(crew("config", "check").calls).containsExactly("java check");
    assertThat(crew("run").calls)
        .as("the page is the same after all, and so is the jar")
        .containsExactly("npm run build:static in frontend for static", "java run");

    write(house.resolve("docs/openapi.yaml"), "openapi: 3.1.1");
    assertThat(crew("run").calls)
        .containsExactly("npm run build:static in frontend for static", "mvn package", "java run");

    write(house.resolve("frontend/package-lock.json"), "{\"new\": true}");
    assertThat(crew("run").calls)
        .containsExactly(
            "npm ci --no-audit --no-fund in frontend for nothing",
            "npm run build:static in frontend for static",
            "java run");
  }

  @Test
  void a_page_that_went_is_built_again_and_files_of_an_earlier_one_go() throws Exception {
    crew("run");
    write(house.resolve("app-helidon/target/classes/site/_next/static/old.js"), "old");
    Files.delete(house.resolve("frontend/out/index.html"));
    assertThat(crew("run").calls)
        .containsExactly("npm run build:static in frontend for static", "java run");
    write(house.resolve("frontend/out/new.html"), "new");
    assertThat(crew("run").calls).containsExactly("mvn package", "java run");
    assertThat(house.resolve("app-helidon/target/classes/site")).doesNotExist();
  }

  @Test
  void without_node_it_says_so_and_goes_on() throws Exception {
    for (String old : List.of("v18.19.1", "v20.8.1", "nonsense")) {
      node(old);
      Said said = crew("run");
      assertThat(said.err)
          .contains("the page is left out: Node 20.9 or later is not on the path\n");
      assertThat(said.code).isZero();
      assertThat(said.calls).endsWith("java run").noneMatch(call -> call.startsWith("npm"));
    }
    for (String recent : List.of("v20.9.0", "v22.1.0", "v100.0.0")) {
      node(recent);
      assertThat(crew("run").err).doesNotContain("left out");
    }
    node("v18.19.1");
    assertThat(crew("run").err)
        .contains("the page is as it was built before: Node 20.9 or later is not on the path\n");
  }

  @Test
  void a_page_that_cannot_be_built_is_told_with_what_was_said() throws Exception {
    write(house.resolve("frontend/broken"), "");
    Said said = crew("run");
    assertThat(said.code).isEqualTo(1);
    assertThat(said.err)
        .contains("crew: npm run build:static failed in frontend:\nit does not compile\n")
        .contains("the whole log is in ");
    assertThat(said.calls).doesNotContain("mvn package", "java run");
    Files.delete(house.resolve("frontend/broken"));
    assertThat(crew("run").calls).endsWith("mvn package", "java run");
  }

  @Test
  void without_a_page_there_is_just_the_service() throws Exception {
    Files.delete(house.resolve("frontend/package.json"));
    Said said = crew("run");
    assertThat(said.err).doesNotContain("the page");
    assertThat(said.calls).containsExactly("mvn package", "java run");
    Said web = crew("web");
    assertThat(web.code).isEqualTo(1);
    assertThat(web.err).isEqualTo("crew: there is no page here: the folder frontend is missing\n");
  }

  @Test
  void web_builds_and_runs_the_pages_own_server() throws Exception {
    Said said = crew("web");
    assertThat(said.calls)
        .containsExactly(
            "npm ci --no-audit --no-fund in frontend for nothing",
            "npm run build:server in frontend for server",
            "node server.js in server: 127.0.0.1:3000 for http://127.0.0.1:8000");
    Map<String, String> elsewhere =
        Map.of(
            "PORT", "3100",
            "HOST", "0.0.0.0",
            "HOSTNAME", "this-machine",
            "API_INTERNAL_URL", "http://10.0.0.7:8000");
    assertThat(crew(elsewhere, "web").calls)
        .containsExactly("node server.js in server: 0.0.0.0:3100 for http://10.0.0.7:8000");
    node("v18.19.1");
    Said old = crew("web");
    assertThat(old.code).isEqualTo(1);
    assertThat(old.err)
        .startsWith(
            "crew: Node 20.9 or later is not on the path, and the page's server runs on it.");
  }

  @Test
  void tests_are_those_of_the_page_too_the_quick_ones_first() throws Exception {
    program(programs.resolve("chromium"), "");
    Said said = crew("test");
    assertThat(said.err).contains("building the web page");
    assertThat(said.code).isZero();
    assertThat(said.calls)
        .containsExactly(
            "npm ci --no-audit --no-fund in frontend for nothing",
            "npm run check in frontend for nothing",
            "npm test in frontend for nothing",
            "npm run build:static in frontend for static",
            "mvn verify",
            "npm run build:server in frontend for server",
            "npm run test:browser in frontend for nothing");
    assertThat(crew("run").calls).containsExactly("java run");
    assertThat(crew("test", "-Dtest=One").calls).containsExactly("mvn verify");
    assertThat(crew("test", "--page").calls)
        .containsExactly(
            "npm run check in frontend for nothing",
            "npm test in frontend for nothing",
            "npm run test:browser in frontend for nothing");
    node("v18.19.1");
    Said old = crew("test");
    assertThat(old.code).isEqualTo(1);
    assertThat(old.calls).isEmpty();
    assertThat(old.err).contains("the page's checks need it");
  }

  @Test
  void a_browser_that_is_missing_is_installed_by_who_may_do_so() throws Exception {
    program(programs.resolve("id"), "echo 1000");
    program(
        programs.resolve("apt-get"),
        """
        echo "apt-get $*" >>"$CALLS"
        [ "$2" = update ] || { echo '#!/bin/sh' >"${0%/*}/chromium"; chmod +x "${0%/*}/chromium"; }
        """);
    Files.createSymbolicLink(programs.resolve("chmod"), Path.of("/bin/chmod"));
    Said refused = crew("test", "--page");
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err).contains("there is no program chromium on the path");
    assertThat(refused.calls)
        .noneMatch(call -> call.contains("apt-get") || call.contains("browser"));

    program(programs.resolve("id"), "echo 0");
    Said installed = crew("test", "--page");
    assertThat(installed.err).contains("installing Chromium");
    assertThat(installed.code).isZero();
    assertThat(installed.calls)
        .contains("apt-get -qq update")
        .endsWith("npm run test:browser in frontend for nothing");
    assertThat(crew("test", "--page").calls).noneMatch(call -> call.contains("apt-get"));
  }
}
