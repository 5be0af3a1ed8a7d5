package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.contentcrew.app.Client.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signing in at a stand-in for GitHub, as a browser does; nobody is asked there. */
@Timeout(60)
class ProviderSignInTest extends ServiceHarness {
  private static final String SECRET = "client-secret-canary";
  private static final String PASSWORD = "correct horse battery";

  private final HttpServer github = github();
  private final Map<String, String> challenges = new ConcurrentHashMap<>();
  private volatile String subject = "1";
  private volatile String email = "ada@example.com";
  private volatile boolean verified = true;

  private HttpServer github() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/login/oauth/access_token", this::token);
      server.createContext(
          "/user",
          exchange -> send(exchange, Map.of("id", Integer.valueOf(subject), "name", "Ada")));
      server.createContext(
          "/user/emails",
          exchange ->
              send(
                  exchange,
                  new Object[] {Map.of("email", email, "primary", true, "verified", verified)}));
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    boolean right = challenges.containsKey(form.get("code")) && form.containsKey("code_verifier");
    send(
        exchange,
        right
            ? Map.of("access_token", "token", "token_type", "bearer", "scope", "user:email")
            : Map.of("error", "bad_verification_code"));
  }

  private static void send(HttpExchange exchange, Object value) throws IOException {
    byte[] body = Json.write(value);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stopGitHub() {
    github.stop(0);
  }

  private Client startWithGitHub(String... more) {
    String url = "http://127.0.0.1:" + github.getAddress().getPort();
    String[] settings = {
      "GITHUB_CLIENT_ID",
      "client-1",
      "GITHUB_CLIENT_SECRET",
      SECRET,
      "GITHUB_BASE_URL",
      url,
      "GITHUB_API_URL",
      url,
      "API_BASE_URL",
      "http://127.0.0.1:8000",
      "FRONTEND_CALLBACK_URL",
      "http://page.example/auth/callback"
    };
    String[] all = Arrays.copyOf(settings, settings.length + more.length);
    System.arraycopy(more, 0, all, settings.length, more.length);
    return start(all);
  }

  private static Map<String, String> query(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static Map<String, String> queryOf(Answer redirect) {
    assertThat(redirect.status()).as(redirect.text()).isEqualTo(302);
    return query(URI.create(redirect.header("Location").orElseThrow()).getRawQuery());
  }

  /** Goes to the provider, which says yes, and comes back. */
  private Answer visit(Browser browser, String returnTo) {
    Answer away = browser.get("/v1/auth/oauth/github/start?return_to=" + returnTo);
    return comeBack(browser, queryOf(away));
  }

  private Answer comeBack(Browser browser, Map<String, String> asked) {
    assertThat(asked)
        .containsEntry("redirect_uri", "http://127.0.0.1:8000/v1/auth/oauth/github/callback")
        .containsEntry("code_challenge_method", "S256");
    String code = "code-" + System.nanoTime();
    challenges.put(code, asked.get("code_challenge"));
    return browser.get(
        "/v1/auth/oauth/github/callback?state=" + asked.get("state") + "&code=" + code);
  }

  @Test
  void a_newcomer_comes_back_with_a_session_and_no_token_in_the_address() {
    Browser browser = new Browser(startWithGitHub());
    JsonNode providers = browser.get("/v1/auth/oauth/providers").json().get("data");
    assertThat(providers.at("/0/name").textValue()).isEqualTo("github");
    Answer back = visit(browser, "/studio");
    assertThat(back.header("Location").orElseThrow())
        .isEqualTo("http://page.example/auth/callback?status=signed_up&return_to=%2Fstudio");
    JsonNode me = browser.get("/v1/auth/me").json();
    assertThat(me.get("email").textValue()).isEqualTo(email);
    assertThat(me.get("email_verified").booleanValue()).isTrue();
    browser.cookies().clear();
    assertThat(queryOf(visit(browser, "/studio"))).containsEntry("status", "signed_in");
    assertThat(browser.get("/v1/auth/me").json().get("id")).isEqualTo(me.get("id"));
    assertThat(browser.cookies()).doesNotContainKey("ccrew_visit");
  }

  @Test
  void a_guest_who_comes_back_takes_along_what_they_have_made() {
    Client client = startWithGitHub();
    for (String status : List.of("signed_up", "signed_in")) {
      Browser browser = new Browser(client);
      assertThat(browser.post("/v1/auth/guest", Map.of()).status()).isEqualTo(201);
      Answer made =
          browser.post(
              "/v1/content/generate",
              Map.of("topic", "Tea", "formats", List.of("social")),
              "Sec-Fetch-Site",
              "same-origin",
              "X-CSRF-Token",
              browser.get("/v1/auth/me").json().get("csrf_token").textValue());
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      assertThat(queryOf(visit(browser, "/studio"))).containsEntry("status", status);
      assertThat(browser.get("/v1/auth/me").json().get("guest").booleanValue()).isFalse();
      assertThat(browser.get("/v1/content/jobs").json().at("/data/0/id"))
          .isEqualTo(made.json().get("id"));
    }
  }

  @Test
  void an_account_with_that_address_is_linked_only_by_who_is_signed_in_to_it() {
    Client client = startWithGitHub();
    assertThat(client.signUp(email, PASSWORD).status()).isEqualTo(201);
    Browser stranger = new Browser(client);
    assertThat(queryOf(visit(stranger, "/")))
        .containsEntry("status", "error")
        .containsEntry("error", "account_exists");
    assertThat(stranger.get("/v1/auth/me").status()).isEqualTo(401);

    Browser owner = new Browser(client);
    Answer login = owner.post("/v1/auth/login", Map.of("email", email, "password", PASSWORD));
    String csrf = login.json().get("csrf_token").textValue();
    Answer link =
        owner.post(
            "/v1/auth/oauth/github/link",
            Map.of("return_to", "/account"),
            "Sec-Fetch-Site",
            "same-origin",
            "X-CSRF-Token",
            csrf);
    assertThat(link.status()).as(link.text()).isEqualTo(200);
    String address = link.json().get("authorization_url").textValue();
    assertThat(queryOf(comeBack(owner, query(URI.create(address).getRawQuery()))))
        .containsEntry("status", "linked")
        .containsEntry("return_to", "/account");
    assertThat(owner.get("/v1/auth/identities").json().at("/data/0/provider").textValue())
        .isEqualTo("github");
    assertThat(queryOf(visit(new Browser(client), "/"))).containsEntry("status", "signed_in");
    assertThat(
            owner
                .method(
                    "DELETE",
                    "/v1/auth/identities/github",
                    "Sec-Fetch-Site",
                    "same-origin",
                    "X-CSRF-Token",
                    csrf)
                .status())
        .isEqualTo(204);
  }

  @Test
  void an_answer_without_the_browser_that_went_is_refused() {
    Client client = startWithGitHub();
    Map<String, String> asked = queryOf(new Browser(client).get("/v1/auth/oauth/github/start"));
    Browser victim = new Browser(client);
    assertThat(queryOf(comeBack(victim, asked))).containsEntry("error", "invalid_state");
    assertThat(victim.cookies()).doesNotContainKey("ccrew_session");
  }

  @Test
  void what_the_provider_or_the_reader_refuses_is_told_without_its_words() {
    Client client = startWithGitHub();
    Browser browser = new Browser(client);
    Map<String, String> asked = queryOf(browser.get("/v1/auth/oauth/github/start"));
    Answer back =
        browser.get(
            "/v1/auth/oauth/github/callback?state="
                + asked.get("state")
                + "&error=access_denied&error_description=%3Cscript%3E");
    assertThat(queryOf(back)).containsEntry("error", "cancelled");
    assertThat(back.header("Location").orElseThrow()).doesNotContain("script");
    Map<String, String> again = queryOf(browser.get("/v1/auth/oauth/github/start"));
    Answer wrong =
        browser.get("/v1/auth/oauth/github/callback?state=" + again.get("state") + "&code=made-up");
    assertThat(queryOf(wrong)).containsEntry("error", "provider_refused");
  }

  @Test
  void a_provider_that_is_away_sends_the_reader_back_with_a_word() {
    Client client = startWithGitHub();
    Browser browser = new Browser(client);
    Map<String, String> asked = queryOf(browser.get("/v1/auth/oauth/github/start"));
    github.stop(0);
    assertThat(queryOf(comeBack(browser, asked))).containsEntry("error", "provider_unavailable");
  }

  @Test
  void without_providers_there_are_none() {
    Browser browser = new Browser(start());
    assertThat(browser.get("/v1/auth/oauth/providers").json().get("data")).isEmpty();
    assertThat(browser.get("/v1/auth/oauth/github/start").status()).isEqualTo(404);
    assertThat(browser.get("/v1/auth/oauth/GitHub/callback?state=a&code=b").status())
        .isEqualTo(404);
  }
}
