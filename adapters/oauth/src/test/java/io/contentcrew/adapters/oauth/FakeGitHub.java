package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import io.contentcrew.adapters.oauth.TestServer.Asked;
import io.contentcrew.testkit.IdentityProviderContract.Person;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GitHub as its documentation shows it: errors of the exchange come with status 200. */
final class FakeGitHub implements AutoCloseable {
  static final String TOKEN = "/login/oauth/access_token";
  static final String USER = "/api/v3/user";
  static final String EMAILS = "/api/v3/user/emails";

  final TestServer server = new TestServer();
  private final FakeOAuth oauth;

  FakeGitHub(Set<String> redirectUris) {
    oauth = new FakeOAuth(redirectUris);
    server.json(TOKEN, 200, this::token);
    server.on(USER, (exchange, asked) -> api(exchange, asked, FakeGitHub::user));
    server.on(EMAILS, (exchange, asked) -> api(exchange, asked, FakeGitHub::emails));
  }

  OAuthConfig.GitHub config() {
    return OAuthConfig.GitHub.of(FakeOAuth.CLIENT)
        .withAddresses(server.url(), URI.create(server.url() + "/api/v3"));
  }

  URI signIn(URI authorizationUrl, Person person) {
    if (!authorizationUrl.toString().startsWith(server.url() + "/login/oauth/authorize?")) {
      throw new AssertionError("nobody signs in there");
    }
    return oauth.signIn(authorizationUrl, person, Map.of());
  }

  private String token(Asked asked) {
    if (!asked.header("Accept").equals("application/json")) {
      return "access_token=as-a-form&token_type=bearer";
    }
    FakeOAuth.Exchanged exchanged = oauth.exchange(asked.form());
    if (exchanged.token().isPresent()) {
      return JSONObjectUtils.toJSONString(
          Map.of(
              "access_token", exchanged.token().get(),
              "scope", "user:email",
              "token_type", "bearer"));
    }
    String error =
        switch (exchanged.mistake()) {
          case "client" -> "incorrect_client_credentials";
          case "redirect_uri" -> "redirect_uri_mismatch";
          default -> "bad_verification_code";
        };
    return JSONObjectUtils.toJSONString(
        Map.of("error", error, "error_description", "You sent " + asked.form().get("code")));
  }

  private interface View {
    String of(Person person);
  }

  private void api(HttpExchange exchange, Asked asked, View view) throws IOException {
    if (asked.header("User-agent").isBlank()) {
      TestServer.send(exchange, 403, "{\"message\":\"administrative rules\"}");
      return;
    }
    Optional<Person> person = oauth.bearer(asked.header("Authorization"));
    if (person.isEmpty()) {
      TestServer.send(exchange, 401, "{\"message\":\"Bad credentials\"}");
    } else {
      TestServer.send(exchange, 200, view.of(person.get()));
    }
  }

  private static String user(Person person) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("login", "login" + person.number());
    user.put("id", 583_230 + person.number());
    user.put("email", "public@example.com"); // what they show; nobody proved it to be primary
    user.put("name", person.name().orElse(null));
    return JSONObjectUtils.toJSONString(user);
  }

  private static String emails(Person person) {
    Map<String, Object> other =
        Map.of("email", "old@example.com", "verified", true, "primary", false);
    return JSONArrayUtils.toJSONString(
        person
            .email()
            .map(
                email ->
                    List.of(
                        other,
                        Map.of(
                            "email",
                            email.value(),
                            "verified",
                            person.emailVerified(),
                            "primary",
                            true,
                            "visibility",
                            "private")))
            .orElse(List.of(other)));
  }

  @Override
  public void close() {
    server.close();
  }
}
