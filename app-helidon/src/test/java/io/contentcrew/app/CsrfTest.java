package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What pages can do with their visitors' cookies. */
@Timeout(60)
class CsrfTest extends ServiceHarness {
  private static final String PAGE = "https://www.example.com";

  private Client client;
  private Browser browser;
  private String token;

  @BeforeEach
  void signUp() {
    client = start("CORS_ORIGINS", PAGE);
    browser = new Browser(client);
    token = signUp(browser);
  }

  private static String signUp(Browser browser) {
    Answer answer =
        browser.post(
            "/v1/auth/signup",
            Map.of(
                "email",
                "user" + System.nanoTime() + "@example.com",
                "password",
                "correct horse battery",
                "name",
                "Ada"),
            "Origin",
            PAGE);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("csrf_token").textValue();
  }

  private Answer submit(String... headers) {
    return browser.post(
        "/v1/content/generate",
        Map.of("topic", "Bread", "formats", List.of("blog"), "length", "short"),
        headers);
  }

  private void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("FORBIDDEN");
    assertThat(browser.get("/v1/content/jobs").json().get("data")).isEmpty();
  }

  @Test
  void a_page_of_ours_with_the_token_acts() {
    assertThat(submit("Origin", PAGE, "X-CSRF-Token", token).status()).isEqualTo(201);
    String again = browser.get("/v1/auth/me").json().get("csrf_token").textValue();
    assertThat(submit("Sec-Fetch-Site", "same-origin", "X-CSRF-Token", again).status())
        .isEqualTo(201);
  }

  @Test
  void without_the_token_nothing_is_done() {
    assertRefused(submit("Origin", PAGE));
    assertRefused(submit("Origin", PAGE, "X-CSRF-Token", ""));
    assertRefused(submit("Origin", PAGE, "X-CSRF-Token", token.substring(1)));
    assertRefused(submit("Origin", PAGE, "X-CSRF-Token", token + token));
    assertRefused(submit("Origin", PAGE, "X-CSRF-Token", token, "X-CSRF-Token", token));
  }

  @Test
  void the_token_of_another_session_is_worth_nothing() {
    String others = signUp(new Browser(client));
    assertRefused(submit("Origin", PAGE, "X-CSRF-Token", others));
  }

  @Test
  void a_strangers_page_acts_with_no_token() {
    for (String origin :
        new String[] {
          "https://evil.example",
          "null",
          "",
          PAGE + ".evil.example",
          "http://www.example.com",
          PAGE + ":444",
          PAGE + "/",
          "https://example.com"
        }) {
      assertRefused(submit("Origin", origin, "X-CSRF-Token", token));
    }
    assertRefused(submit("Origin", PAGE, "Origin", "https://evil.example", "X-CSRF-Token", token));
  }

  @Test
  void in_dev_the_pages_own_server_beside_the_service_needs_no_setting() {
    for (String origin : new String[] {"http://localhost:3000", "http://127.0.0.1:3000"}) {
      assertThat(submit("Origin", origin, "X-CSRF-Token", token).status()).isEqualTo(201);
    }
    assertThat(submit("Origin", "http://localhost:3001", "X-CSRF-Token", token).status())
        .isEqualTo(403);
  }

  @Test
  void who_says_neither_origin_nor_site_is_no_browser() {
    assertRefused(submit("X-CSRF-Token", token));
    assertRefused(submit("Sec-Fetch-Site", "cross-site", "X-CSRF-Token", token));
    assertRefused(submit("Sec-Fetch-Site", "same-site", "X-CSRF-Token", token));
    assertRefused(
        submit(
            "Origin",
            "https://evil.example",
            "Sec-Fetch-Site",
            "same-origin",
            "X-CSRF-Token",
            token));
  }

  @Test
  void deleting_and_signing_out_are_guarded_too() {
    assertRefused(browser.method("POST", "/v1/auth/logout"));
    assertRefused(browser.method("DELETE", "/v1/auth/sessions"));
    assertThat(
            browser
                .method("POST", "/v1/auth/logout", "Origin", PAGE, "X-CSRF-Token", token)
                .status())
        .isEqualTo(204);
    assertThat(browser.cookies()).doesNotContainKey("ccrew_session").containsKey("ccrew_device");
    assertThat(browser.get("/v1/auth/me").status()).isEqualTo(401);
  }

  @Test
  void reading_needs_the_cookie_only_and_programs_need_no_token() {
    assertThat(browser.get("/v1/auth/me").status()).isEqualTo(200);
    Client program = client.with(browser.cookies().get("ccrew_session"));
    assertThat(
            program
                .post(
                    "/v1/content/generate",
                    Map.of("topic", "Bread", "formats", List.of("blog")),
                    "Origin",
                    "https://evil.example")
                .status())
        .isEqualTo(201);
  }

  @Test
  void a_strangers_page_signs_nobody_in_or_up() {
    for (String path : new String[] {"/v1/auth/login", "/v1/auth/signup"}) {
      Answer answer =
          browser.post(
              path,
              Map.of("email", "a@b.example", "password", "correct horse battery", "name", "Eve"),
              "Origin",
              "https://evil.example");
      assertThat(answer.status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void a_form_of_a_strangers_page_is_not_even_read() {
    assertThat(
            client
                .postRaw(
                    "/v1/auth/login",
                    "application/x-www-form-urlencoded",
                    "email=a".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(415);
  }

  @Test
  void cookies_are_out_of_reach_for_scripts_and_other_hosts() {
    Answer plain =
        client.signUp("cookies" + System.nanoTime() + "@example.com", "correct horse battery");
    assertThat(String.join("|", plain.headers().get("set-cookie")))
        .contains("ccrew_session=", "HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain", "Secure");
  }
}
