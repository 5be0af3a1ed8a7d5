package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.testkit.FakeAnswer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users do with their accounts, over HTTP. */
@Timeout(60)
class AccountRoutesTest extends ServiceHarness {
  private static final String PASSWORD = "correct horse battery";
  private static final String NEW_PASSWORD = "a quite new password";

  private static Answer login(Client client, String email, String password) {
    return client.post("/v1/auth/login", Map.of("email", email, "password", password));
  }

  private static Client signedIn(Client client, String email) {
    Answer answer = login(client, email, PASSWORD);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return client.with(answer.json().get("access_token").textValue());
  }

  private static Answer delete(Client client, String path, Object body) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/json")
            .method("DELETE", BodyPublishers.ofByteArray(Json.write(body))));
  }

  private static String email(Client client) {
    return client.get("/v1/auth/me").json().get("email").textValue();
  }

  private Client pro(Client client) {
    UUID id = UUID.fromString(client.get("/v1/auth/me").json().get("id").textValue());
    service().wiring().crew().grantTier(new UserId(id), new TierId("pro"));
    return client;
  }

  // ---- sessions

  @Test
  void sessions_are_listed_and_ended_one_by_one_or_all() {
    Client here = start().signedUp();
    Client there = signedIn(here, email(here));
    JsonNode list = here.get("/v1/auth/sessions").json().get("data");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).get("current").booleanValue()).isFalse();
    assertThat(list.get(1).get("current").booleanValue()).isTrue();
    String id = list.get(0).get("id").textValue();
    assertThat(here.method("DELETE", "/v1/auth/sessions/" + id).status()).isEqualTo(204);
    assertThat(there.get("/v1/auth/me").status()).isEqualTo(401);
    assertThat(here.method("DELETE", "/v1/auth/sessions/" + id).status()).isEqualTo(404);
    Client third = signedIn(here, email(here));
    assertThat(here.method("DELETE", "/v1/auth/sessions?except=current").status()).isEqualTo(204);
    assertThat(third.get("/v1/auth/me").status()).isEqualTo(401);
    assertThat(here.method("DELETE", "/v1/auth/sessions?except=mine").status()).isEqualTo(400);
    assertThat(here.method("DELETE", "/v1/auth/sessions").status()).isEqualTo(204);
    assertThat(here.get("/v1/auth/me").status()).isEqualTo(401);
  }

  // ---- passwords

  @Test
  void a_password_is_changed_by_whoever_knows_it_and_others_are_signed_out() {
    Client here = start().signedUp();
    String email = email(here);
    Client there = signedIn(here, email);
    Answer wrong =
        here.post(
            "/v1/auth/password/change",
            Map.of("current_password", "not the password", "new_password", NEW_PASSWORD));
    assertThat(wrong.status()).isEqualTo(403);
    Answer none = here.post("/v1/auth/password/change", Map.of("new_password", NEW_PASSWORD));
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.json().at("/errors/0/pointer").textValue()).isEqualTo("/current_password");
    Answer changed =
        here.post(
            "/v1/auth/password/change",
            Map.of("current_password", PASSWORD, "new_password", NEW_PASSWORD));
    assertThat(changed.status()).as(changed.text()).isEqualTo(204);
    assertThat(there.get("/v1/auth/me").status()).isEqualTo(401);
    assertThat(here.get("/v1/auth/me").status()).isEqualTo(200);
    assertThat(login(here, email, PASSWORD).status()).isEqualTo(401);
    assertThat(login(here, email, NEW_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void a_letter_is_promised_to_anybody_and_a_made_up_token_is_worth_nothing() {
    Client client = start();
    Answer unknown = client.post("/v1/auth/password/forgot", Map.of("email", "no@example.com"));
    Client ada = client.signedUp();
    Answer known = client.post("/v1/auth/password/forgot", Map.of("email", email(ada)));
    assertThat(known.status()).isEqualTo(202).isEqualTo(unknown.status());
    assertThat(known.body()).isEqualTo(unknown.body());
    Answer reset =
        client.post(
            "/v1/auth/password/reset", Map.of("token", "made up", "new_password", NEW_PASSWORD));
    assertThat(reset.status()).isEqualTo(400);
    assertThat(client.post("/v1/auth/email/verify", Map.of("token", "made up")).status())
        .isEqualTo(400);
  }

  // ---- limits

  @Test
  void an_address_of_the_network_fails_so_often_and_successes_do_not_count() {
    Client client = start("LOGIN_FAILURE_LIMIT", "3");
    String email = email(client.signedUp());
    for (int i = 0; i < 6; i++) {
      assertThat(login(client, email, PASSWORD).status()).isEqualTo(200);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(login(client, "nobody" + i + "@example.com", PASSWORD).status()).isEqualTo(401);
    }
    Answer refused = login(client, email, PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isPresent();
    assertThat(refused.headers().get("ratelimit-policy")).contains("\"failed-login\";q=3;w=900");
  }

  @Test
  void an_address_of_the_network_signs_up_so_often() {
    Client client = start("SIGN_UP_LIMIT", "2");
    client.signedUp();
    client.signedUp();
    assertThat(client.signUp("third@example.com", PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void requests_are_counted_by_user_and_tier() {
    Client ada = start().signedUp();
    Answer first = ada.get("/v1/usage");
    assertThat(first.header("X-RateLimit-Limit")).contains("60");
    assertThat(first.header("RateLimit-Policy")).contains("\"requests\";q=60;w=60");
    long refused = 0;
    for (int i = 0; i < 70; i++) {
      refused += ada.get("/v1/usage").status() == 429 ? 1 : 0;
    }
    assertThat(refused).isBetween(1L, 11L);
    assertThat(ada.signedUp().get("/v1/usage").status()).as("another user").isEqualTo(200);
  }

  @Test
  void after_five_wrong_passwords_the_right_one_is_refused_like_a_wrong_one() {
    Client client = start();
    String email = email(client.signedUp());
    Answer wrong = login(client, email, "not the password");
    for (int i = 0; i < 4; i++) {
      login(client, email, "not the password");
    }
    Answer right = login(client, email, PASSWORD);
    assertThat(right.status()).isEqualTo(401);
    assertThat(right.json().get("detail")).isEqualTo(wrong.json().get("detail"));
  }

  @Test
  void an_account_is_signed_in_to_so_often_also_by_its_owner() {
    Client client = start("LOGIN_LIMIT", "3");
    String email = email(client.signedUp());
    for (int i = 0; i < 3; i++) {
      assertThat(login(client, email, PASSWORD).status()).isEqualTo(200);
    }
    assertThat(login(client, " " + email.toUpperCase(Locale.ROOT), PASSWORD).status())
        .isEqualTo(429);
    assertThat(login(client, "unknown@example.com", PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void what_strangers_try_does_not_use_up_the_sign_ins_of_the_owner() {
    Client client = start("LOGIN_LIMIT", "3");
    Browser browser = knownDevice(client);
    for (int i = 0; i < 5; i++) {
      assertThat(login(client, "ada@example.com", "not the password").status()).isEqualTo(401);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(login(browser).status()).isEqualTo(200);
    }
    assertThat(login(browser).status()).isEqualTo(429);
  }

  @Test
  void a_refusal_does_not_tell_how_often_the_owner_has_signed_in() {
    Client client = start("LOGIN_FAILURE_LIMIT", "20");
    String email = email(client.signedUp());
    login(client, email, PASSWORD);
    Answer wrong = login(client, email, "not the password");
    assertThat(wrong.headers().get("ratelimit-policy"))
        .containsExactly("\"failed-login\";q=20;w=900");
    assertThat(wrong.headers().get("ratelimit")).hasSize(1);
  }

  @Test
  void a_try_that_one_limit_refuses_does_not_count_against_the_other() {
    Client client =
        start("TRUSTED_PROXIES", "127.0.0.1/32", "LOGIN_LIMIT", "2", "LOGIN_FAILURE_LIMIT", "2");
    String ada = email(client.signedUp());
    String bob = email(client.signedUp());
    for (int i = 0; i < 4; i++) {
      assertThat(login(client, "203.0.113.9", ada, "not the password").status())
          .isEqualTo(i < 2 ? 401 : 429);
    }
    assertThat(login(client, "203.0.113.7", ada, PASSWORD).status()).isEqualTo(200);
    assertThat(login(client, "203.0.113.7", ada, PASSWORD).status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(login(client, "203.0.113.7", ada, PASSWORD).headers().get("ratelimit-policy"))
          .contains("\"login\";q=2;w=900");
    }
    assertThat(login(client, "203.0.113.7", bob, PASSWORD).status()).isEqualTo(200);
  }

  private static Answer login(Client client, String from, String email, String password) {
    return new Browser(client)
        .post(
            "/v1/auth/login",
            Map.of("email", email, "password", password),
            "X-Forwarded-For",
            from);
  }

  @Test
  void a_stream_ends_soon_after_its_reader_has_signed_out() throws Exception {
    Client ada = start("SSE_HEARTBEAT", "100ms").signedUp();
    ollama.next(FakeAnswer.writing("- a").thenStalling());
    String job = ada.submit("Coffee", "social");
    try (Client.Stream stream = ada.stream(job)) {
      stream.until("text_delta");
      assertThat(ada.post("/v1/auth/logout", Map.of()).status()).isEqualTo(204);
      assertThat(stream.all()).noneMatch(event -> event.type().equals("complete"));
      assertThat(stream.comments).last().asString().startsWith("the session has ended");
    }
  }

  /** On which Ada has signed up. */
  private static Browser knownDevice(Client client) {
    Browser browser = new Browser(client);
    Map<String, String> form =
        Map.of("email", "ada@example.com", "password", PASSWORD, "name", "Ada");
    assertThat(browser.post("/v1/auth/signup", form).status()).isEqualTo(201);
    return browser;
  }

  private static Answer login(Browser browser) {
    browser.cookies().remove("ccrew_session");
    return browser.post("/v1/auth/login", Map.of("email", "ada@example.com", "password", PASSWORD));
  }

  @Test
  void a_known_device_is_let_in_meanwhile() {
    Client client = start();
    Browser browser = knownDevice(client);
    for (int i = 0; i < 5; i++) {
      login(client, "ada@example.com", "not the password");
    }
    assertThat(login(client, "ada@example.com", PASSWORD).status()).isEqualTo(401);
    assertThat(login(browser).status()).isEqualTo(200);
  }

  // ---- API keys

  private static Answer createKey(Client client, String... scopes) {
    return client.post(
        "/v1/api-keys", Map.of("name", "CI", "scopes", List.of(scopes), "expires_in_days", 30));
  }

  @Test
  void a_key_does_what_it_is_for_and_never_reaches_the_account() throws IOException {
    Client ada = pro(start().signedUp());
    Answer created = createKey(ada, "content:read", "content:write");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    Client program = ada.with(created.json().get("key").textValue());
    String job = program.submit("Bread", "blog");
    assertThat(program.watch(job)).last().extracting(Client.Event::type).isEqualTo("complete");
    for (String path :
        List.of("/v1/auth/me", "/v1/auth/sessions", "/v1/api-keys", "/v1/account/export")) {
      Answer answer = program.get(path);
      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }
    Answer reader = createKey(ada, "content:read");
    Client reads = ada.with(reader.json().get("key").textValue());
    assertThat(reads.job(job).get("status").textValue()).isEqualTo("completed");
    assertThat(reads.post("/v1/content/jobs/" + job + "/cancel", Map.of()).status()).isEqualTo(403);
    JsonNode list = ada.get("/v1/api-keys").json().get("data");
    assertThat(list).hasSize(2);
    assertThat(list.toString()).doesNotContain(created.json().get("key").textValue());
    String id = created.json().get("id").textValue();
    assertThat(ada.method("DELETE", "/v1/api-keys/" + id).status()).isEqualTo(204);
    assertThat(program.get("/v1/usage").status()).isEqualTo(401);
    assertThat(ada.method("DELETE", "/v1/api-keys/" + id).status()).isEqualTo(404);
  }

  @Test
  void keys_are_for_pro_and_up() {
    Client ada = start().signedUp();
    Answer answer = createKey(ada, "content:read");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("PLAN_LIMIT_EXCEEDED");
    assertThat(answer.json().get("upgrade_to").textValue()).isEqualTo("pro");
  }

  @Test
  void a_key_is_not_taken_from_a_cookie() {
    Client ada = pro(start().signedUp());
    String key = createKey(ada, "content:read").json().get("key").textValue();
    Browser browser = new Browser(Client.of(ada.port()));
    browser.cookies().put("ccrew_session", key);
    assertThat(browser.get("/v1/usage").status()).isEqualTo(401);
  }

  // ---- taking everything away, and leaving

  @Test
  void an_export_is_one_json_document_with_everything_in_it() throws IOException {
    Client ada = start().signedUp();
    String job = ada.submit("Bread", "blog");
    ada.watch(job);
    Answer export = ada.get("/v1/account/export");
    assertThat(export.status()).isEqualTo(200);
    assertThat(export.header("Content-Disposition").orElse("")).startsWith("attachment");
    assertThat(export.json().at("/account/email").textValue()).isEqualTo(email(ada));
    assertThat(export.json().at("/jobs/0/id").textValue()).isEqualTo(job);
    assertThat(export.json().at("/jobs/0/artifacts/0/format").textValue()).isEqualTo("blog");
    assertThat(export.json().at("/security_events/0/kind").textValue()).isEqualTo("signed_up");
    ApiDocument.assertShape(ApiDocument.operation("exportAccount"), export);
  }

  @Test
  void an_account_is_deleted_by_whoever_knows_its_password() {
    Client client = start();
    Client ada = client.signedUp();
    String email = email(ada);
    assertThat(delete(ada, "/v1/account", Map.of()).status()).isEqualTo(422);
    assertThat(delete(ada, "/v1/account", Map.of("password", "wrong")).status()).isEqualTo(403);
    Answer deleted = delete(ada, "/v1/account", Map.of("password", PASSWORD));
    assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    assertThat(deleted.json().get("erase_at").textValue()).isNotBlank();
    assertThat(ada.get("/v1/auth/me").status()).isEqualTo(401);
    assertThat(login(client, email, PASSWORD).status()).isEqualTo(401);
    assertThat(client.signUp(email, PASSWORD).status()).as("in the grace").isEqualTo(409);
  }

  @Test
  void who_wants_it_gone_at_once_can_sign_up_anew() {
    Client client = start();
    Client ada = client.signedUp();
    String email = email(ada);
    assertThat(delete(ada, "/v1/account", Map.of("password", PASSWORD, "at_once", true)).status())
        .isEqualTo(200);
    assertThat(client.signUp(email, PASSWORD).status()).isEqualTo(201);
  }
}
