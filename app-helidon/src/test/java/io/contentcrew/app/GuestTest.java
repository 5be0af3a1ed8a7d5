package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody tries things out, and keeps what they made. */
@Timeout(60)
class GuestTest extends ServiceHarness {
  private static final String PASSWORD = "correct horse battery";

  private static Answer come(Client client) {
    return client.post("/v1/auth/guest", Map.of());
  }

  private static Client guest(Client nobody) {
    Answer answer = come(nobody);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return nobody.with(answer.json().get("access_token").textValue());
  }

  private static Client in(Client nobody, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return nobody.with(answer.json().get("access_token").textValue());
  }

  private static List<String> jobs(Client client) {
    return client.get("/v1/content/jobs").json().get("data").findValuesAsText("id");
  }

  private static Answer generate(Client client, String format) {
    return client.post("/v1/content/generate", Map.of("topic", "Tea", "formats", List.of(format)));
  }

  @Test
  void a_guest_is_shown_as_one_and_told_what_there_is_for_guests() {
    Client nobody = start();
    Answer answer = come(nobody);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    ApiDocument.assertShape(ApiDocument.operation("startAsGuest"), answer);
    JsonNode user = answer.json().get("user");
    assertThat(user.get("guest").asBoolean()).isTrue();
    assertThat(user.get("email").isNull()).isTrue();
    assertThat(user.get("name").asText()).isEqualTo("Guest");
    assertThat(user.get("tier").asText()).isEqualTo("free");
    Client guest = nobody.with(answer.json().get("access_token").textValue());
    JsonNode me = guest.get("/v1/auth/me").json();
    assertThat(me.get("guest").asBoolean()).isTrue();
    assertThat(me.get("has_password").asBoolean()).isFalse();
    JsonNode usage = guest.get("/v1/usage").json();
    assertThat(usage.get("tier").asText()).isEqualTo("free");
    assertThat(usage.findValuesAsText("limit")).isNotEmpty().containsOnly("1");
    JsonNode member = nobody.signedUp().get("/v1/auth/me").json();
    assertThat(member.get("guest").asBoolean()).isFalse();
    assertThat(member.get("has_password").asBoolean()).isTrue();
  }

  @Test
  void what_a_guest_made_is_theirs_after_they_have_signed_up() throws Exception {
    Client nobody = start();
    Client guest = guest(nobody);
    String id = guest.submit("Tea", "social");
    guest.watch(id);
    Answer refused = generate(guest, "social");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("PLAN_LIMIT_EXCEEDED");
    assertThat(refused.json().get("upgrade_to").asText()).isEqualTo("free");
    assertThat(refused.json().get("detail").asText()).contains("Sign up", "social", "stays yours");

    Client ada = in(nobody, guest.signUp("ada@example.com", PASSWORD));
    assertThat(guest.get("/v1/auth/me").status()).isEqualTo(401);
    assertThat(jobs(ada)).containsExactly(id);
    assertThat(ada.get("/v1/content/jobs/" + id + "/artifacts/social").status()).isEqualTo(200);
    assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
    assertThat(generate(ada, "social").status()).isEqualTo(201);
    assertThat(ada.get("/v1/usage").json().toString()).doesNotContain("\"limit\":1,");
  }

  @Test
  void what_runs_goes_on_for_the_account_that_a_guest_signs_in_to() throws Exception {
    Client nobody = start();
    nobody.signUp("ada@example.com", PASSWORD);
    Client guest = guest(nobody);
    ollama.next(FakeAnswer.writing("- a").thenStalling());
    String id = guest.submit("Tea", "social");
    ollama.awaitChat(1);
    Answer second = generate(guest, "blog");
    assertThat(second.code()).isEqualTo("PLAN_LIMIT_EXCEEDED");
    assertThat(second.json().get("detail").asText()).contains("one job at a time", "sign up");

    Answer login =
        guest.post("/v1/auth/login", Map.of("email", "ada@example.com", "password", PASSWORD));
    Client ada = in(nobody, login);
    assertThat(ada.job(id).get("status").asText()).isEqualTo("running");
    assertThat(guest.get("/v1/content/jobs/" + id).status()).isEqualTo(401);
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
    }
    assertThat(ada.post("/v1/content/jobs/" + id + "/cancel", Map.of()).status())
        .isBetween(200, 202);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ada.job(id).get("status").asText().equals("cancelled"));
    assertThat(ada.get("/v1/usage").json().findValuesAsText("reserved")).containsOnly("0");
  }

  @Test
  void a_browser_takes_it_along_by_its_cookie_and_the_cookie_is_the_accounts_then()
      throws Exception {
    Client nobody = start();
    Browser browser = new Browser(nobody);
    assertThat(browser.post("/v1/auth/guest", Map.of()).status()).isEqualTo(201);
    String csrf = browser.get("/v1/auth/me").json().get("csrf_token").asText();
    Answer made =
        browser.post(
            "/v1/content/generate",
            Map.of("topic", "Tea", "formats", List.of("social")),
            "X-CSRF-Token",
            csrf,
            "Sec-Fetch-Site",
            "same-origin");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Answer signUp =
        browser.post(
            "/v1/auth/signup",
            Map.of("email", "ada@example.com", "password", PASSWORD, "name", "Ada"));
    assertThat(signUp.status()).isEqualTo(201);
    JsonNode me = browser.get("/v1/auth/me").json();
    assertThat(me.get("guest").asBoolean()).isFalse();
    assertThat(browser.get("/v1/content/jobs").json().get("data").findValuesAsText("id"))
        .containsExactly(made.json().get("id").asText());
  }

  @Test
  void strangers_pages_take_nothing_along() {
    Client nobody = start();
    Browser browser = new Browser(nobody);
    browser.post("/v1/auth/guest", Map.of());
    nobody.signUp("eve@example.com", PASSWORD);
    Answer forged =
        browser.post(
            "/v1/auth/login",
            Map.of("email", "eve@example.com", "password", PASSWORD),
            "Origin",
            "https://evil.example");
    assertThat(forged.status()).isEqualTo(403);
    assertThat(browser.get("/v1/auth/me").json().get("guest").asBoolean()).isTrue();
    assertThat(browser.post("/v1/auth/guest", Map.of(), "Origin", "https://evil.example").status())
        .isEqualTo(403);
  }

  @Test
  void what_needs_an_account_tells_guests_to_sign_up() {
    Client guest = guest(start("TEST_PAYMENTS", "on"));
    for (Answer answer :
        List.of(
            guest.post("/v1/billing/checkout", Map.of("tier", "basic", "interval", "month")),
            guest.post("/v1/api-keys", Map.of("name", "CI", "scopes", List.of("content:read"))),
            guest.post("/v1/auth/password/change", Map.of("new_password", PASSWORD)),
            guest.post("/v1/auth/oauth/github/link", Map.of()))) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("FORBIDDEN");
      assertThat(answer.json().get("detail").asText()).contains("as a guest", "Sign up");
    }
  }

  @Test
  void guests_take_their_data_away_and_leave() throws Exception {
    Client guest = guest(start());
    String id = guest.submit("Tea", "social");
    guest.watch(id);
    Answer export = guest.get("/v1/account/export");
    ApiDocument.assertShape(ApiDocument.operation("exportAccount"), export);
    assertThat(export.json().at("/account/guest").asBoolean()).isTrue();
    assertThat(export.json().at("/jobs/0/id").asText()).isEqualTo(id);
    Answer deleted =
        guest.send(
            guest
                .request("/v1/account")
                .header("Content-Type", "application/json")
                .method(
                    "DELETE",
                    java.net.http.HttpRequest.BodyPublishers.ofString("{\"at_once\": true}")));
    assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    assertThat(guest.get("/v1/auth/me").status()).isEqualTo(401);
  }

  @Test
  void who_is_signed_in_is_no_guest_and_an_old_cookie_keeps_nobody_out() {
    Client nobody = start();
    Client ada = nobody.signedUp();
    assertThat(come(ada).status()).isEqualTo(409);
    assertThat(come(guest(nobody)).status()).isEqualTo(409);
    Client stale = nobody.with("a token of long ago");
    assertThat(come(stale).status()).isEqualTo(201);
    assertThat(stale.signUp("eve@example.com", PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void guests_from_one_address_are_few_and_a_service_may_have_none() {
    Client few = start("GUEST_LIMIT", "2");
    assertThat(come(few).status()).isEqualTo(201);
    assertThat(come(few).status()).isEqualTo(201);
    Answer third = come(few);
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.json().get("detail").asText()).contains("Sign up");
    stop();
    Client none = start("GUESTS", "off", "GUEST_LIMIT", "1");
    for (int i = 0; i < 2; i++) {
      Answer refused = come(none);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().get("detail").asText()).contains("no guests");
    }
  }
}
