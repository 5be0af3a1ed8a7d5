package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.app.Client.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web page as the service gives it out, with a small made one. */
@Timeout(60)
class SiteTest extends ServiceHarness {
  private static final Path MADE = Path.of("src/test/resources/made-site");
  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final String STRICT = "default-src 'none'; frame-ancestors 'none'";
  private static final String SCRIPT = "/_next/static/chunks/app-1a2b.js";
  private static final String STYLES = "/_next/static/chunks/main-5e6f.css";

  private Client startWithSite() {
    return start("SITE_DIR", MADE.toString());
  }

  private static Answer browse(Client client, String path, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Accept";
    all[headers.length + 1] = BROWSER;
    return client.get(path, all);
  }

  // ---- addresses

  @ParameterizedTest
  @CsvSource({
    "/, The start",
    "/?status=signed_in, The start",
    "/index.html, The start",
    "/library, The library",
    "/library/, The library",
    "/library/?job=7, The library",
    "/library/index.html, The library",
    "/about, About",
    "/about/, About",
    "/about.html, About"
  })
  void pages_are_found_by_name_with_and_without_slash_and_ending(String path, String heading) {
    Answer answer = browse(startWithSite(), path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(answer.text()).contains("<h1>" + heading + "</h1>");
  }

  @ParameterizedTest
  @CsvSource({
    "/_next/static/chunks/app-1a2b.js, text/javascript; charset=utf-8",
    "/_next/static/chunks/main-5e6f.css, text/css; charset=utf-8",
    "/library/index.txt, text/plain; charset=utf-8",
    "/account/__next.!KGFwcCk.txt, text/plain; charset=utf-8",
    "/account/__next.%21KGFwcCk.txt, text/plain; charset=utf-8",
    "/icon.svg, image/svg+xml"
  })
  void files_are_sent_as_they_are_with_their_type(String path, String type) throws IOException {
    Answer answer = startWithSite().get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(type);
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.body())
        .isEqualTo(Files.readAllBytes(MADE.resolve(path.substring(1).replace("%21", "!"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/library/nothing/", "/_next/static/chunks/gone.js"})
  void people_who_are_lost_are_told_by_the_page_and_programs_by_a_problem(String path) {
    Client client = startWithSite();
    Answer shown = browse(client, path);
    assertThat(shown.status()).isEqualTo(404);
    assertThat(shown.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(shown.text()).contains("<h1>Nothing here</h1>");
    assertThat(shown.header("ETag")).isEmpty();
    assertThat(shown.header("Cache-Control")).contains("no-cache");
    assertThat(shown.headers().get("vary")).contains("Accept");
    for (String accept : List.of("*/*", "application/json")) {
      Answer told = client.get(path, "Accept", accept);
      assertThat(told.status()).isEqualTo(404);
      assertThat(told.code()).isEqualTo("NOT_FOUND");
      assertThat(told.header("Content-Security-Policy")).contains(STRICT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/nowhere",
        "/api/nowhere",
        "/health/nowhere",
        "/metrics/nowhere",
        "/docs/",
        "/docs/index.html",
        "/docs/nowhere",
        "/openapi.yaml/nowhere",
        "/test-payments/nowhere"
      })
  void what_is_the_services_own_is_never_a_page(String path) {
    Answer answer = browse(startWithSite(), path);
    assertThat(answer.text()).doesNotContain("shadow");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    if (answer.status() != 200) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void files_of_the_page_do_not_shadow_routes() {
    Client client = startWithSite();
    assertThat(browse(client, "/v1/tiers").json().get("data")).isNotEmpty();
    assertThat(browse(client, "/docs").text()).contains("swagger-ui");
    assertThat(client.get("/health").status()).isEqualTo(200);
    assertThat(client.get("/openapi.yaml").header("Content-Type")).contains("application/yaml");
  }

  @Test
  void nothing_outside_the_folder_can_be_named() {
    startWithSite();
    for (String path :
        List.of(
            "/../SiteTest.java",
            "/library/../../made-site/../logging.properties",
            "/%2e%2e/%2e%2e/pom.xml",
            "/..%2f..%2fpom.xml",
            "/..%5c..%5cpom.xml",
            "/library/%2e%2e/%2e%2e/%2e%2e/%2e%2e/pom.xml",
            "/%00",
            "/library%00.html",
            "//etc/passwd",
            "/file:/etc/passwd")) {
      Answer answer =
          RawHttp.send(
              service().port(),
              new RawHttp.Request(
                  "GET", path, List.of("Host: localhost", "Connection: close"), new byte[0]));
      assertThat(answer.status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void a_folder_is_read_at_the_start_and_never_again(@TempDir Path folder) throws IOException {
    Path index = folder.resolve("index.html");
    Files.writeString(index, "<!doctype html><title>First</title>");
    Client client = start("SITE_DIR", folder.toString());
    Files.writeString(folder.resolve("later.txt"), "not read at the start");
    assertThat(client.get("/later.txt").status()).isEqualTo(404);
    Files.delete(index);
    assertThat(browse(client, "/").text()).contains("First");
  }

  // ---- the start address

  @Test
  void the_start_is_the_page_unless_json_is_asked_for() {
    Client client = startWithSite();
    assertThat(client.get("/").text()).contains("The start");
    assertThat(client.get("/", "Accept", "*/*").text()).contains("The start");
    Answer json = client.get("/", "Accept", "application/json");
    assertThat(json.json().get("docs").textValue()).isEqualTo("/docs");
    assertThat(json.headers().get("vary")).contains("Accept");
  }

  @Test
  void without_a_page_people_are_told_so_and_programs_where_things_are() {
    Client client = start();
    Answer shown = browse(client, "/");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text()).contains("without its web page", "Node 20.9", "href=\"/docs\"");
    assertThat(shown.header("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self';");
    assertThat(client.get("/").json().get("docs").textValue()).isEqualTo("/docs");
    assertThat(browse(client, "/library/").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void what_is_accepted_may_be_rubbish() {
    Client client = startWithSite();
    for (String rubbish : List.of(";;;", "text", "/", "text/html;q=high", ",", "\"")) {
      for (String path : List.of("/", "/library/", "/nowhere")) {
        Answer answer = client.get(path, "Accept", rubbish, "Accept-Encoding", rubbish);
        assertThat(answer.status()).as("%s for %s", rubbish, path).isIn(200, 400, 404);
      }
    }
  }

  // ---- what scripts may do

  @Test
  void each_page_names_the_hashes_of_its_own_scripts_and_allows_no_others() throws Exception {
    Client client = startWithSite();
    String start = policy(browse(client, "/"));
    assertThat(scripts(start))
        .containsExactly(
            "'self'",
            hash("document.documentElement.dataset.first = \"1 > 0\";"),
            hash("\nself.__next = [1, \"ü\"];\n"));
    assertThat(scripts(policy(browse(client, "/library/"))))
        .containsExactly("'self'", hash("\"library\""));
    assertThat(scripts(policy(browse(client, "/about")))).containsExactly("'self'");
    assertThat(scripts(policy(browse(client, "/nowhere"))))
        .containsExactly("'self'", hash("\"lost\""));
    assertThat(start)
        .startsWith("default-src 'none'; ")
        .contains("connect-src 'self';", "base-uri 'none';", "frame-ancestors 'none'")
        .doesNotContain("unsafe-eval");
  }

  @Test
  void line_ends_are_hashed_as_browsers_read_them() throws Exception {
    byte[] page = "<SCRIPT>a\r\nb\rc</SCRIPT >".getBytes(StandardCharsets.UTF_8);
    assertThat(scripts(PagePolicy.of(page).get())).containsExactly("'self'", hash("a\nb\nc"));
  }

  @Test
  void what_is_no_page_may_do_nothing() {
    Client client = startWithSite();
    for (String path : List.of(SCRIPT, "/icon.svg", "/library/index.txt", "/v1/tiers")) {
      assertThat(policy(client.get(path))).isEqualTo(STRICT);
    }
  }

  private static String policy(Answer answer) {
    assertThat(answer.headers().get("content-security-policy")).hasSize(1);
    return answer.header("Content-Security-Policy").orElseThrow();
  }

  private static List<String> scripts(String policy) {
    for (String directive : policy.split("; ", -1)) {
      if (directive.startsWith("script-src ")) {
        return List.of(directive.substring(11).split(" ", -1));
      }
    }
    throw new AssertionError("there is no script-src in " + policy);
  }

  private static String hash(String script) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  // ---- caches

  @Test
  void names_with_a_hash_are_kept_for_ever_and_all_else_is_asked_for_again() {
    Client client = startWithSite();
    for (String path : List.of(SCRIPT, STYLES)) {
      assertThat(client.get(path).header("Cache-Control"))
          .contains("public, max-age=31536000, immutable");
    }
    for (String path : List.of("/", "/library/", "/library/index.txt", "/icon.svg")) {
      assertThat(client.get(path).header("Cache-Control")).contains("no-cache");
    }
  }

  @Test
  void what_a_browser_has_is_not_sent_again_and_keeps_its_policy() {
    Client client = startWithSite();
    Answer first = browse(client, "/library/");
    String tag = first.header("ETag").orElseThrow();
    assertThat(tag).matches("\"[0-9a-f]+\"");
    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      Answer again = browse(client, "/library/", "If-None-Match", known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      for (String name : List.of("ETag", "Cache-Control", "Content-Security-Policy")) {
        assertThat(again.header(name)).isEqualTo(first.header(name));
      }
    }
    assertThat(browse(client, "/library/", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(browse(client, "/", "If-None-Match", tag).status()).isEqualTo(200);
  }

  // ---- codings

  @Test
  void files_go_out_in_the_smallest_form_that_is_taken() throws IOException {
    Client client = startWithSite();
    byte[] plain = Files.readAllBytes(MADE.resolve(STYLES.substring(1)));
    Answer brotli = client.get(STYLES, "Accept-Encoding", "gzip, deflate, br, zstd");
    assertThat(brotli.header("Content-Encoding")).contains("br");
    assertThat(brotli.body())
        .isEqualTo(Files.readAllBytes(MADE.resolve(STYLES.substring(1) + ".br")));
    Answer gzip = client.get(STYLES, "Accept-Encoding", "br;q=0, GZIP;q=0.5");
    assertThat(gzip.header("Content-Encoding")).contains("gzip");
    assertThat(unpacked(gzip)).isEqualTo(plain);
    assertThat(gzip.body().length).isLessThan(plain.length / 2);
    Answer identity = client.get(STYLES, "Accept-Encoding", "gzip;q=0.0, deflate");
    assertThat(identity.header("Content-Encoding")).isEmpty();
    assertThat(identity.body()).isEqualTo(plain);
    assertThat(List.of(brotli, gzip, identity))
        .allSatisfy(one -> assertThat(one.headers().get("vary")).contains("Accept-Encoding"))
        .extracting(one -> one.header("ETag").orElseThrow())
        .doesNotHaveDuplicates();
    assertThat(unpacked(client.get(SCRIPT, "Accept-Encoding", "gzip, br")))
        .isEqualTo(Files.readAllBytes(MADE.resolve(SCRIPT.substring(1))));
  }

  @Test
  void small_files_are_not_packed_and_packed_forms_are_no_files_of_their_own() {
    Client client = startWithSite();
    Answer tiny = client.get("/_next/static/chunks/tiny-3c4d.js", "Accept-Encoding", "gzip, br");
    assertThat(tiny.header("Content-Encoding")).isEmpty();
    assertThat(tiny.headers().get("vary")).doesNotContain("Accept-Encoding");
    assertThat(client.get(STYLES + ".br").status()).isEqualTo(404);
  }

  private static byte[] unpacked(Answer answer) throws IOException {
    assertThat(answer.header("Content-Encoding")).contains("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      return in.readAllBytes();
    }
  }

  // ---- other methods

  @Test
  void head_is_get_without_the_body() {
    Client client = startWithSite();
    for (String path : List.of("/", "/library/", SCRIPT, "/nowhere")) {
      Answer get = client.get(path);
      Answer head = client.method("HEAD", path);
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.body()).isEmpty();
      for (String name : List.of("Content-Type", "Content-Length", "ETag", "Cache-Control")) {
        assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
      }
    }
  }

  @Test
  void a_page_is_only_read() {
    Client client = startWithSite();
    for (String method : List.of("PUT", "DELETE", "PATCH")) {
      assertThat(client.method(method, "/library/").status()).isIn(404, 405);
    }
    assertThat(client.post("/library/", Map.of()).status()).isIn(404, 405);
  }

  // ---- where it comes from

  @Test
  void a_folder_without_a_page_is_a_mistake(@TempDir Path empty) {
    assertThatThrownBy(
            () -> AppConfig.read(Map.of("SITE_DIR", empty.toString(), "SECRET_KEY", SECRET_KEY)))
        .isInstanceOf(AppConfig.Invalid.class)
        .hasMessageContaining("SITE_DIR must be a folder with the built web page")
        .hasMessageContaining("none");
  }

  @Test
  void it_is_read_from_a_jar_as_from_a_folder(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("a program.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("site/index.html", "site/library/index.html")) {
        out.putNextEntry(new JarEntry(name));
        out.write(Files.readAllBytes(MADE.resolve(name.substring(5))));
      }
    }
    Site site = SiteReader.at(URI.create("jar:" + jar.toUri() + "!/site/index.html").toURL());
    assertThat(site.isBuilt()).isTrue();
    assertThat(site.at("/library").orElseThrow().bytes())
        .isEqualTo(Files.readAllBytes(MADE.resolve("library/index.html")));
    Site same = SiteReader.at(MADE.resolve("index.html").toUri().toURL());
    assertThat(same.at("/about")).isPresent();
    assertThat(same.at(SCRIPT)).isPresent();
  }
}
