package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the listed origins may use the service, and no others. */
@Timeout(60)
class CorsTest extends ServiceHarness {
  private static final String PAGE = "https://www.example.com";

  private Client start() {
    return start("CORS_ORIGINS", PAGE + ", http://localhost:3000");
  }

  private static void assertLetIn(Answer answer, String origin) {
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
    assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
    assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow().split(", "))
        .contains("Location", "Retry-After", "X-Request-ID", "RateLimit", "Idempotent-Replayed");
    assertThat(answer.header("Vary").orElseThrow()).contains("Origin");
  }

  private static void assertLeftOut(Answer answer) {
    assertThat(answer.headers().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    assertThat(answer.header("Vary").orElseThrow()).contains("Origin");
  }

  private static Answer ask(Client client, String path, String origin, String method) {
    return client.send(
        client
            .request(
                path,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "authorization,content-type")
            .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void a_listed_page_may_ask_beforehand_and_is_told_exactly_what_it_may_send() {
    Client nobody = start();
    for (String path : List.of("/v1/content/generate", "/v1/auth/me", "/health", "/nowhere")) {
      Answer answer = ask(nobody, path, PAGE, "POST");
      assertThat(answer.status()).as(path).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertLetIn(answer, PAGE);
      assertThat(answer.header("Access-Control-Max-Age")).contains("600");
      assertThat(answer.header("Access-Control-Allow-Methods"))
          .contains("GET, HEAD, POST, PUT, PATCH, DELETE");
      assertThat(answer.header("Access-Control-Allow-Headers"))
          .contains(
              "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-CSRF-Token,"
                  + " X-Request-ID");
      assertThat(answer.header("X-Request-ID")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "https://www.example.com.evil.example",
        "https://www.example.com:444",
        "https://www.example.com:443",
        "http://www.example.com",
        "https://WWW.example.com",
        "https://www.example.com/",
        "https://example.com",
        "http://localhost:3001",
        "*"
      })
  void any_other_page_is_left_out_whoever_its_origin_resembles(String origin) {
    Client nobody = start();
    Answer asked = ask(nobody, "/v1/content/generate", origin, "POST");
    assertThat(asked.status()).isEqualTo(403);
    assertThat(asked.header("Content-Type")).contains("application/problem+json");
    assertThat(asked.code()).isEqualTo("FORBIDDEN");
    assertLeftOut(asked);
    Answer read = nobody.get("/v1/tiers", "Origin", origin);
    assertThat(read.status()).isEqualTo(200);
    assertLeftOut(read);
  }

  @Test
  void answers_of_every_kind_say_it() throws Exception {
    Client nobody = start();
    assertLetIn(nobody.get("/v1/tiers", "Origin", PAGE), PAGE);
    assertLetIn(
        nobody.get("/v1/tiers", "Origin", "http://localhost:3000"), "http://localhost:3000");
    Answer refused = nobody.get("/v1/auth/me", "Origin", PAGE);
    assertThat(refused.status()).isEqualTo(401);
    assertLetIn(refused, PAGE);
    assertLetIn(nobody.get("/nowhere", "Origin", PAGE), PAGE);
    assertLetIn(nobody.post("/v1/auth/login", Map.of("x", 1), "Origin", PAGE), PAGE);
    Answer invalid = // ends before the routes
        nobody.post("/v1/auth/login", Map.of(), "Origin", PAGE, "Content-Encoding", "gzip");
    assertThat(invalid.status()).isEqualTo(400);
    assertLetIn(invalid, PAGE);
    Client ada = nobody.signedUp();
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id, "Origin", PAGE)) {
      assertThat(stream.header("Access-Control-Allow-Origin")).contains(PAGE);
      assertThat(stream.header("Vary")).contains("Origin");
      stream.all();
    }
  }

  @Test
  void without_an_origin_nothing_is_said_but_that_it_would_matter() {
    Client nobody = start();
    assertLeftOut(nobody.get("/v1/tiers"));
    assertLeftOut(nobody.method("OPTIONS", "/v1/tiers"));
    assertThat(nobody.method("OPTIONS", "/v1/tiers").status()).isEqualTo(405);
  }

  @Test
  void nobody_is_let_in_where_nobody_is_listed() {
    Client nobody = start(new String[0]);
    assertLeftOut(nobody.get("/v1/tiers", "Origin", PAGE));
    assertThat(ask(nobody, "/v1/tiers", PAGE, "GET").status()).isEqualTo(403);
  }
}
