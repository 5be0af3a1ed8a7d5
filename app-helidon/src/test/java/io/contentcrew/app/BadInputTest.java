package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.security.SecurityAdapter;
import io.contentcrew.adapters.security.SecurityConfig;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.ports.Secret;
import io.contentcrew.testkit.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent gets a clear answer, and nothing is charged for it. */
@Timeout(60)
class BadInputTest extends ServiceHarness {
  private static final String GENERATE = "/v1/content/generate";
  private Client nobody;
  private Client ada;

  @BeforeEach
  void begin() {
    nobody =
        start("BODY_TIMEOUT", "700ms", "LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "0");
    ada = nobody.signedUp();
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.get("code").textValue()).isEqualTo(code);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("title").textValue()).isNotBlank();
    assertThat(problem.get("detail").textValue()).isNotBlank();
    assertThat(problem.get("type").textValue())
        .isEqualTo("/docs/problems#" + code.toLowerCase(java.util.Locale.ROOT));
    assertThat(problem.get("request_id").textValue())
        .isEqualTo(answer.header("X-Request-ID").orElseThrow());
    assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  private void assertInvalid(Map<String, Object> body, String pointer) {
    Answer answer = ada.post(GENERATE, body);
    assertProblem(answer, 422, "VALIDATION_ERROR");
    assertThat(answer.json().get("errors").findValuesAsText("pointer")).contains(pointer);
  }

  private static Map<String, Object> brief(Object... members) {
    Map<String, Object> brief = new HashMap<>(Map.of("topic", "Tea", "formats", List.of("blog")));
    for (int i = 0; i < members.length; i += 2) {
      brief.put((String) members[i], members[i + 1]);
    }
    return brief;
  }

  @Test
  void every_member_that_is_wrong_is_named() {
    assertInvalid(brief("formats", List.of("blog", "podcast")), "/formats/1");
    assertInvalid(brief("formats", List.of("blog", "blog")), "/formats/1");
    assertInvalid(brief("formats", List.of()), "/formats");
    assertInvalid(brief("formats", "blog"), "/formats");
    assertInvalid(brief("topic", ""), "/topic");
    assertInvalid(brief("topic", " \n\t "), "/topic");
    assertInvalid(brief("topic", "x".repeat(10_000)), "/topic");
    assertInvalid(brief("topic", 5), "/topic");
    assertInvalid(brief("tone", "angry"), "/tone");
    assertInvalid(brief("length", "epic"), "/length");
    assertInvalid(brief("language", "klingonese"), "/language");
    assertInvalid(brief("audience", "x".repeat(501)), "/audience");
    assertInvalid(brief("brand_voice", "x".repeat(5_001)), "/brand_voice");
    assertInvalid(brief("idempotency_key", "with blank"), "/idempotency_key");
    assertInvalid(brief("model", "gpt-5"), "/model");
    Answer several =
        ada.post(GENERATE, Map.of("topic", "", "formats", List.of("x"), "admin", true));
    assertThat(several.json().get("errors").findValuesAsText("pointer"))
        .contains("/formats/0", "/admin");
    assertThat(ada.get("/v1/usage").json().at("/formats/blog/reserved").intValue()).isZero();
  }

  @Test
  void five_thousand_code_points_are_a_topic_however_many_bytes_they_have() {
    assertThat(ada.post(GENERATE, brief("topic", "\uD83C\uDF75".repeat(5_000))).status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "[]",
        "\"text\"",
        "null",
        "{\"topic\":\"a\",}",
        "{\"topic\":\"a\"} x",
        "{'topic':'a'}",
        "{\"topic\":\"a\",\"topic\":\"b\",\"formats\":[\"blog\"]}"
      })
  void what_is_no_json_object_or_names_a_member_twice_is_refused(String body) {
    assertProblem(ada.postText(GENERATE, body), 400, "BAD_REQUEST");
  }

  @Test
  void json_that_nests_too_deep_is_refused() {
    assertProblem(ada.postText(GENERATE, "{\"topic\":" + "[".repeat(5_000)), 400, "BAD_REQUEST");
  }

  @Test
  void bytes_that_are_no_utf8_are_refused() {
    assertProblem(
        ada.postRaw(
            GENERATE, "application/json", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}),
        400,
        "BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp"
      })
  void another_content_type_is_refused(String type) {
    assertProblem(
        ada.postRaw(GENERATE, type, "{}".getBytes(StandardCharsets.UTF_8)),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void a_body_that_is_too_large_is_refused_with_and_without_its_length_being_told()
      throws IOException {
    byte[] megabyte =
        ("{\"topic\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertProblem(ada.postRaw(GENERATE, "application/json", megabyte), 413, "REQUEST_TOO_LARGE");
    try (Socket socket = new Socket("127.0.0.1", service().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          head(
              "POST",
              GENERATE,
              "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n"));
      byte[] chunk =
          ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < 40; i++) {
          out.write(chunk);
        }
      } catch (IOException e) {
        // the server may close before it has all of it
      }
      assertThat(statusLine(socket)).contains(" 413 ");
    }
  }

  @Test
  void a_body_that_drips_is_given_up() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", service().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          head("POST", GENERATE, "Content-Length: 1000\r\nContent-Type: application/json\r\n"));
      Thread drip =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 200; i++) {
                        out.write(' ');
                        Thread.sleep(50);
                      }
                    } catch (IOException | InterruptedException e) {
                      // cut off, as it should be
                    }
                  });
      socket.setSoTimeout(8_000);
      String answer = statusLine(socket);
      assertThat(answer.isEmpty() || answer.contains(" 408 ")).as(answer).isTrue();
      drip.interrupt();
    }
  }

  private byte[] head(String method, String path, String headers) {
    return (method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + ada.token()
            + "\r\n"
            + headers
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String statusLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void naughty_texts_are_taken_as_texts() throws Exception {
    List<String> naughty = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("/blns/blns.json")) {
      Client.JSON.readTree(in).forEach(text -> naughty.add(text.textValue()));
    }
    assertThat(naughty).hasSizeGreaterThan(400);
    Client pro = nobody.signedUp();
    for (String text : naughty) {
      Answer answer = pro.post(GENERATE, Map.of("topic", text, "formats", List.of("nonsense")));
      assertThat(answer.status()).as(text).isIn(422, 400);
      Answer login = nobody.post("/v1/auth/login", Map.of("email", text, "password", text));
      assertThat(login.status()).as(text).isIn(401, 422);
    }
    for (String text : naughty.subList(0, 60)) {
      Client one = nobody.signedUp();
      Answer answer = one.post(GENERATE, Map.of("topic", text, "formats", List.of("social")));
      assertThat(answer.status()).as(text).isIn(201, 422);
      if (answer.status() == 201) {
        String id = answer.json().get("id").textValue();
        assertThat(one.watch(id).getLast().type()).as(text).isIn("complete", "error");
      }
    }
  }

  // ---- who is asking

  @Test
  void a_token_that_is_missing_altered_or_not_ours_opens_nothing() {
    assertProblem(nobody.get("/v1/auth/me"), 401, "AUTH_ERROR");
    assertThat(nobody.get("/v1/auth/me").header("WWW-Authenticate")).contains("Bearer");
    String token = ada.token();
    String altered =
        token.substring(0, token.length() - 3) + (token.endsWith("AAA") ? "BBB" : "AAA");
    for (String bad :
        List.of(
            "x",
            "a.b.c",
            altered,
            token + "=",
            token + ".x",
            token.toUpperCase(java.util.Locale.ROOT))) {
      assertProblem(nobody.with(bad).get("/v1/auth/me"), 401, "AUTH_ERROR");
    }
    assertProblem(nobody.get("/v1/auth/me", "Authorization", "Basic abc"), 401, "AUTH_ERROR");
    assertProblem(nobody.post(GENERATE, brief()), 401, "AUTH_ERROR");
  }

  @Test
  void an_expired_token_opens_nothing() {
    Instant signedIn = Instant.now().minus(Duration.ofDays(8)).truncatedTo(ChronoUnit.SECONDS);
    Session session =
        new Session(
            new SessionId(UUID.randomUUID()),
            Fixtures.aUserId(),
            signedIn,
            signedIn.plus(Duration.ofDays(7)),
            "A browser");
    try (SecurityAdapter sameKey = SecurityAdapter.open(SecurityConfig.of(Secret.of(SECRET_KEY)))) {
      assertProblem(
          nobody.with(sameKey.accessTokens().issue(session).reveal()).get("/v1/auth/me"),
          401,
          "AUTH_ERROR");
    }
  }

  @Test
  void somebody_elses_job_is_answered_like_a_missing_one() throws Exception {
    String id = ada.submit("Tea", "social");
    Client eve = nobody.signedUp();
    String missing = "01a00000-0000-7000-8000-000000000000";
    for (String path : List.of("", "/stream", "/artifacts/social")) {
      Answer theirs = eve.get("/v1/content/jobs/" + id + path);
      Answer none = eve.get("/v1/content/jobs/" + missing + path);
      assertProblem(theirs, 404, "NOT_FOUND");
      assertThat(theirs.json().get("detail")).isEqualTo(none.json().get("detail"));
    }
    assertProblem(eve.post("/v1/content/jobs/" + id + "/cancel", Map.of()), 404, "NOT_FOUND");
    assertProblem(eve.method("DELETE", "/v1/content/jobs/" + id), 404, "NOT_FOUND");
    assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
    assertThat(eve.get("/v1/content/jobs").json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/content/jobs/1",
        "/v1/content/jobs/not-an-id",
        "/v1/content/jobs/1-1-1-1-1",
        "/nowhere",
        "/v1",
        "/v1/content",
        "/docs/ui/../../etc/passwd",
        "/docs/ui/other.js",
        "/v1/content/jobs/01a00000-0000-7000-8000-000000000000/artifacts/podcast"
      })
  void what_is_not_there_gets_a_problem_and_no_stack_trace(String path) {
    Answer answer = ada.get(path);
    assertThat(answer.status()).isIn(404, 400);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.text()).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/v1/content/generate,POST",
    "DELETE,/v1/auth/login,POST",
    "POST,/v1/auth/me,'GET, HEAD'",
    "PATCH,/v1/content/jobs,'GET, HEAD'",
    "TRACE,/v1/usage,'GET, HEAD'"
  })
  void a_method_that_an_address_does_not_know_is_told_those_it_knows(
      String method, String path, String allowed) {
    Answer answer = ada.method(method, path);
    assertProblem(answer, 405, "METHOD_NOT_ALLOWED");
    assertThat(answer.header("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "status=done", "cursor=abc"})
  void query_parameters_are_checked_too(String query) {
    Answer answer = ada.get("/v1/content/jobs?" + query);
    assertProblem(answer, 422, "VALIDATION_ERROR");
    assertThat(answer.json().at("/errors/0/pointer").textValue()).startsWith("/query/");
  }

  @Test
  void a_request_id_that_was_sent_is_kept_if_it_is_harmless() {
    assertThat(nobody.get("/health/live", "X-Request-ID", "abc-123").header("X-Request-ID"))
        .contains("abc-123");
    assertThat(
            nobody
                .get("/health/live", "X-Request-ID", "a b<script>")
                .header("X-Request-ID")
                .orElseThrow())
        .hasSize(36);
  }

  @Test
  void a_form_for_signing_up_that_is_not_right_is_told_all_of_it_and_no_password_comes_back() {
    Answer answer =
        nobody.post(
            "/v1/auth/signup",
            Map.of("email", "nobody", "password", "canary", "name", "x", "tier", "pro"));
    assertProblem(answer, 422, "VALIDATION_ERROR");
    Answer weak =
        nobody.post(
            "/v1/auth/signup", Map.of("email", "a@example.com", "password", "canary", "name", ""));
    assertThat(weak.json().get("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/name", "/password");
    assertThat(weak.text() + answer.text()).doesNotContain("canary");
  }

  // ---- quota

  @Test
  void a_used_up_quota_is_refused_with_what_one_needs_to_know() throws Exception {
    for (int i = 0; i < 5; i++) {
      ada.watch(ada.submit("Topic " + i, "video"));
    }
    Answer answer = ada.post(GENERATE, brief("formats", List.of("video")));
    assertProblem(answer, 403, "PLAN_LIMIT_EXCEEDED");
    JsonNode problem = answer.json();
    assertThat(problem.get("limit").intValue()).isEqualTo(5);
    assertThat(problem.get("used").intValue()).isEqualTo(5);
    assertThat(problem.get("upgrade_to").textValue()).isEqualTo("basic");
    assertThat(problem.get("resets_at").textValue()).endsWith("-01T00:00:00Z");
    assertThat(problem.get("format").textValue()).isEqualTo("video");
  }

  @Test
  void more_submits_a_minute_than_the_tier_allows_are_told_when_to_come_back() {
    Answer last = null;
    for (int i = 0; i < 11; i++) {
      last =
          ada.post(
              GENERATE,
              brief("topic", "Topic " + i, "formats", List.of("social"), "tone", "casual"));
    }
    assertProblem(last, 429, "RATE_LIMITED");
    assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow())).isBetween(1, 60);
    assertThat(last.header("X-RateLimit-Limit")).contains("10");
    assertThat(last.header("X-RateLimit-Remaining")).contains("0");
  }

  @Test
  void the_same_idempotency_key_gives_the_same_job() {
    Map<String, Object> body = brief("formats", List.of("social"));
    Answer first = ada.post(GENERATE, body, "Idempotency-Key", "k-1");
    Answer again = ada.post(GENERATE, body, "Idempotency-Key", "k-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    Answer asMember =
        ada.post(GENERATE, brief("formats", List.of("social"), "idempotency_key", "k-1"));
    assertThat(asMember.json().get("id")).isEqualTo(first.json().get("id"));
    assertProblem(
        ada.post(GENERATE, brief("topic", "Other"), "Idempotency-Key", "k-1"),
        422,
        "IDEMPOTENCY_CONFLICT");
    assertProblem(
        ada.post(GENERATE, brief("idempotency_key", "k-2"), "Idempotency-Key", "k-1"),
        422,
        "VALIDATION_ERROR");
  }
}
