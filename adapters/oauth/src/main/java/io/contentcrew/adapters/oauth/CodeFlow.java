package io.contentcrew.adapters.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** OAuth 2's code flow with PKCE, as far as all providers do it alike. */
final class CodeFlow {
  private static final Pattern CODE = Pattern.compile("[\\x20-\\x7E]{1,4096}");
  private static final String EXCHANGE = "a token";

  private final Remote remote;
  private final Refusals refusals;
  private final ClientID clientId;
  private final OAuthConfig.Client client;

  CodeFlow(Remote remote, OAuthConfig.Client client) {
    this.remote = remote;
    this.refusals = new Refusals(remote);
    this.clientId = new ClientID(client.id());
    this.client = client;
  }

  /** Begins the address to which the browser is sent. */
  AuthorizationRequest.Builder visit(URI endpoint, Visit visit, String... scopes) {
    return new AuthorizationRequest.Builder(ResponseType.CODE, clientId)
        .endpointURI(endpoint)
        .redirectionURI(visit.redirectUri())
        .scope(new Scope(scopes))
        .state(new State(visit.state()))
        .codeChallenge(new CodeVerifier(visit.verifier()), CodeChallengeMethod.S256);
  }

  /**
   * Refuses what another provider sent (RFC 9207): the code must not be shown to this one then.
   *
   * @param named whether this provider always says its name
   */
  void checkIssuer(Return back, String issuer, boolean named) {
    if (back.issuer().isEmpty() ? named : !back.issuer().get().equals(issuer)) {
      throw new RefusedException("what came back does not say that it is from " + remote.name());
    }
  }

  /** How we show who we are to a provider that reads it in the body of the exchange. */
  ClientAuthentication secretInBody() {
    return new ClientSecretPost(clientId, new Secret(client.secret().reveal()));
  }

  /** Likewise, to one that reads it in a header. */
  ClientAuthentication secretInHeader() {
    return new ClientSecretBasic(clientId, new Secret(client.secret().reveal()));
  }

  /** Gives the code away for what the provider has for it: a JSON object without an error. */
  Map<String, Object> exchange(URI endpoint, ClientAuthentication proof, Visit visit, Return back) {
    if (back.code().isBlank() || !CODE.matcher(back.code()).matches()) {
      throw new RefusedException("what came back is no code of " + remote.name());
    }
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(back.code()),
            visit.redirectUri(),
            new CodeVerifier(visit.verifier()));
    HTTPRequest request = new TokenRequest.Builder(endpoint, proof, grant).build().toHTTPRequest();
    Http.Reply reply = remote.send(EXCHANGE, plain(request));
    Optional<Map<String, Object>> answer = Json.object(reply.body());
    if (!reply.isOk() || answer.isEmpty() || answer.get().containsKey("error")) {
      throw refusals.of(EXCHANGE, reply);
    }
    return answer.get();
  }

  /** The bearer token in the answer to an exchange. */
  String bearerToken(Map<String, Object> answer) {
    return Json.text(answer, "access_token")
        .filter(token -> CODE.matcher(token).matches())
        .filter(token -> Json.text(answer, "token_type").orElse("").equalsIgnoreCase("bearer"))
        .orElseThrow(() -> new RefusedException(remote.name() + " gave no token for the code"));
  }

  private static HttpRequest plain(HTTPRequest request) {
    HttpRequest.Builder plain =
        HttpRequest.newBuilder(request.getURI())
            .POST(BodyPublishers.ofString(request.getBody()))
            .header("Accept", "application/json")
            .header("User-Agent", UserAgent.NAME);
    request
        .getHeaderMap()
        .forEach((name, values) -> values.forEach(value -> plain.header(name, value)));
    return plain.build();
  }
}
