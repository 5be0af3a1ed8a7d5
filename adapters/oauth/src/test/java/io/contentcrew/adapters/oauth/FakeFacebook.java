package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import io.contentcrew.adapters.oauth.TestServer.Asked;
import io.contentcrew.testkit.IdentityProviderContract.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Facebook as its documentation shows it: errors are objects, and calls must be proved. */
final class FakeFacebook implements AutoCloseable {
  static final String TOKEN = "/v23.0/oauth/access_token";
  static final String ME = "/v23.0/me";

  final TestServer server = new TestServer();
  private final FakeOAuth oauth;

  FakeFacebook(Set<String> redirectUris) {
    oauth = new FakeOAuth(redirectUris);
    server.on(TOKEN, this::token);
    server.on(ME, this::me);
  }

  OAuthConfig.Facebook config() {
    return OAuthConfig.Facebook.of(FakeOAuth.CLIENT).withAddresses(server.url(), server.url());
  }

  URI signIn(URI authorizationUrl, Person person) {
    if (!authorizationUrl.toString().startsWith(server.url() + "/v23.0/dialog/oauth?")) {
      throw new AssertionError("nobody signs in there");
    }
    return oauth.signIn(authorizationUrl, person, Map.of());
  }

  private void token(HttpExchange exchange, Asked asked) throws IOException {
    FakeOAuth.Exchanged exchanged = oauth.exchange(asked.form());
    if (exchanged.token().isPresent()) {
      TestServer.send(
          exchange,
          200,
          JSONObjectUtils.toJSONString(
              Map.of(
                  "access_token",
                  exchanged.token().get(),
                  "token_type",
                  "bearer",
                  "expires_in",
                  5_183_944)));
    } else if (exchanged.mistake().equals("client")) {
      TestServer.send(exchange, 400, error("Error validating client secret.", 1));
    } else {
      TestServer.send(exchange, 400, error("Bad code " + asked.form().get("code"), 100));
    }
  }

  static String error(String message, int code) {
    return JSONObjectUtils.toJSONString(
        Map.of(
            "error",
            Map.of(
                "message",
                message,
                "type",
                "OAuthException",
                "code",
                code,
                "fbtrace_id",
                "Ab3_x")));
  }

  private void me(HttpExchange exchange, Asked asked) throws IOException {
    Optional<Person> person = oauth.bearer(asked.header("Authorization"));
    String token = asked.header("Authorization").replace("Bearer ", "");
    if (person.isEmpty()) {
      TestServer.send(exchange, 400, error("Invalid OAuth access token.", 190));
    } else if (!proof(token).equals(asked.query().get("appsecret_proof"))) {
      TestServer.send(exchange, 400, error("Invalid appsecret_proof provided", 100));
    } else {
      TestServer.send(exchange, 200, account(person.get(), asked.query().get("fields")));
    }
  }

  private static String account(Person person, String fields) {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("id", "1022" + person.number());
    if (fields.contains("name")) {
      person.name().ifPresent(name -> account.put("name", name));
    }
    if (fields.contains("email")) {
      person.email().ifPresent(email -> account.put("email", email.value()));
    }
    account.put("verified", true); // of the account, not of the address
    return JSONObjectUtils.toJSONString(account);
  }

  private static String proof(String token) {
    try {
      byte[] key = FakeOAuth.CLIENT.secret().reveal().getBytes(StandardCharsets.UTF_8);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
