package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Answer;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says besides its body, and methods that no route names. */
@Timeout(60)
class HeadersTest extends ServiceHarness {
  private static final List<String> PUBLIC =
      List.of(
          "/",
          "/health",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/openapi.yaml",
          "/docs",
          "/docs/problems",
          "/docs/docs.js",
          "/docs/ui/swagger-ui.css",
          "/v1/tiers");

  @Test
  void browsers_are_told_to_be_careful_on_every_answer() throws Exception {
    Client nobody = start();
    Client ada = nobody.signedUp();
    String id = ada.submit("Tea", "social");
    ada.watch(id);
    for (Answer answer :
        List.of(
            nobody.get("/v1/tiers"),
            nobody.get("/docs"),
            nobody.get("/nowhere"),
            nobody.get("/v1/auth/me"),
            nobody.post("/v1/auth/login", Map.of(), "Content-Encoding", "gzip"),
            ada.get("/v1/content/jobs/" + id),
            ada.get("/v1/content/jobs/" + id + "/stream"))) {
      assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.header("X-Frame-Options")).contains("DENY");
      assertThat(answer.header("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
      assertThat(answer.header("X-Request-ID")).isPresent();
      assertThat(answer.header("Strict-Transport-Security")).isEmpty();
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("X-Powered-By")).isEmpty();
    }
  }

  @Test
  void browsers_are_told_to_come_by_https_only_where_it_is_so() {
    Client nobody = start("API_BASE_URL", "https://api.example.com");
    for (Answer answer :
        List.of(
            nobody.get("/v1/tiers"),
            nobody.get("/nowhere"),
            nobody.post("/v1/auth/login", Map.of(), "Content-Encoding", "gzip"))) {
      assertThat(answer.header("Strict-Transport-Security")).contains("max-age=31536000");
    }
  }

  @Test
  void what_belongs_to_a_user_is_kept_by_nobody_on_the_way() throws Exception {
    Client nobody = start();
    Client ada = nobody.signedUp();
    String id = ada.submit("Tea", "social");
    ada.watch(id);
    String job = "/v1/content/jobs/" + id;
    for (Answer answer :
        List.of(
            nobody.signUp("eve@example.com", "correct horse battery"),
            ada.get("/v1/auth/me"),
            ada.get("/v1/usage"),
            ada.get("/v1/content/jobs"),
            ada.get(job),
            ada.get(job + "/stream"),
            ada.get(job + "/artifacts/social"),
            ada.get(job + "/artifacts/social?as=markdown"),
            ada.get(job + "/artifacts/social?as=docx"),
            ada.get(job + "/export"),
            ada.get(job + "/artifacts/blog"),
            ada.post(job + "/cancel", Map.of()),
            ada.method("DELETE", job),
            ada.post("/v1/auth/logout", Map.of()),
            nobody.post("/v1/auth/login", Map.of(), "Content-Encoding", "gzip"),
            ada.get("/v1/auth/me"))) {
      assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
    }
  }

  @Test
  void head_is_get_without_the_body() throws Exception {
    Client nobody = start();
    Client ada = nobody.signedUp();
    String id = ada.submit("Tea", "social");
    ada.watch(id);
    String job = "/v1/content/jobs/" + id;
    for (String path :
        List.of("/v1/auth/me", "/v1/usage", "/v1/content/jobs", job, job + "/artifacts/social")) {
      assertSameHead(ada, path);
    }
    for (String path : PUBLIC) {
      assertSameHead(nobody, path);
    }
    assertSameHead(nobody, "/nowhere");
    assertSameHead(nobody, "/v1/usage");
    assertThat(ada.method("HEAD", "/v1/content/generate").status()).isEqualTo(405);
    Answer stream = ada.method("HEAD", job + "/stream");
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.header("Content-Type")).contains("text/event-stream");
  }

  private static void assertSameHead(Client client, String path) {
    Answer get = client.get(path);
    Answer head = client.method("HEAD", path);
    assertThat(head.status()).as(path).isEqualTo(get.status());
    assertThat(head.body()).as(path).isEmpty();
    Map<String, List<String>> expected = new TreeMap<>(get.headers());
    Map<String, List<String>> actual = new TreeMap<>(head.headers());
    // of its own in each answer; and figures that move make bodies of other lengths
    for (String moving : List.of("date", "x-request-id")) {
      assertThat(actual.remove(moving)).isNotNull();
      expected.remove(moving);
    }
    for (String counted : List.of("ratelimit", "x-ratelimit-remaining", "x-ratelimit-reset")) {
      assertThat(actual.containsKey(counted)).isEqualTo(expected.containsKey(counted));
      actual.remove(counted);
      expected.remove(counted);
    }
    if (path.startsWith("/health") || path.equals("/metrics")) {
      assertThat(actual.remove("content-length")).isNotNull();
      expected.remove("content-length");
    }
    assertThat(actual).as(path).isEqualTo(expected);
  }

  @Test
  void after_head_the_connection_goes_on_where_the_client_thinks_it_does() throws Exception {
    start();
    try (Socket socket = new Socket("127.0.0.1", service().port())) {
      socket.setSoTimeout(20_000);
      String host = " HTTP/1.1\r\nHost: localhost\r\n";
      socket
          .getOutputStream()
          .write(
              ("HEAD /v1/tiers"
                      + host
                      + "\r\nHEAD /openapi.yaml"
                      + host
                      + "\r\nGET /health/live"
                      + host
                      + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String[] answers =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).split("HTTP/1.1 200 OK\r\n", -1);
      assertThat(answers).hasSize(4);
      assertThat(answers[1]).endsWith("\r\n\r\n").contains("application/json");
      assertThat(answers[2]).endsWith("\r\n\r\n").contains("application/yaml");
      assertThat(answers[3]).endsWith("}").contains("up");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "FOO", "PROPFIND", "OPTIONS", "QUERY"})
  void methods_that_nobody_knows_are_refused(String method) {
    Client nobody = start();
    for (String path : List.of("/v1/tiers", "/v1/auth/login", "/health/live", "/", "/nowhere")) {
      Answer answer = nobody.method(method, path);
      assertThat(answer.status()).as("%s %s", method, path).isIn(404, 405);
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }
  }
}
