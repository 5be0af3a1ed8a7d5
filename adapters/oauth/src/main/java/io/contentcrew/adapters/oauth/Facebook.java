package io.contentcrew.adapters.oauth;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.user.IdentityProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * OAuth 2 as Facebook does it: who somebody is, is asked at its Graph API. It does not tell whether
 * an address was proved, so none is.
 */
final class Facebook implements IdentityProvider {
  private static final ProviderName NAME = new ProviderName("facebook");
  private static final String WHAT = "the account";

  private final OAuthConfig.Facebook config;
  private final Refusals refusals;
  private final CodeFlow flow;
  private final Api api;

  Facebook(OAuthConfig.Facebook facebook, OAuthConfig config, Http http, InstantSource clock) {
    this.config = facebook;
    Remote remote = new Remote(NAME.value(), http, config, clock);
    refusals = new Refusals(remote);
    flow = new CodeFlow(remote, facebook.client());
    api = new Api(remote);
  }

  @Override
  public ProviderName name() {
    return NAME;
  }

  @Override
  public String displayName() {
    return "Facebook";
  }

  @Override
  public URI authorizationUrl(Visit visit) {
    URI dialog = URI.create(config.web() + "/" + config.version() + "/dialog/oauth");
    return flow.visit(dialog, visit, "email").build().toURI();
  }

  @Override
  public Profile identify(Visit visit, Return back) {
    flow.checkIssuer(back, config.web().toString(), false);
    Map<String, Object> answer =
        flow.exchange(graph("/oauth/access_token"), flow.secretInBody(), visit, back);
    String token = flow.bearerToken(answer);
    URI me = graph("/me?fields=id,name,email&appsecret_proof=" + proof(token));
    Http.Reply reply = api.get(WHAT, me, token, "application/json");
    Map<String, Object> account =
        Json.object(reply.body()).orElseThrow(() -> refusals.nonsense(WHAT, reply));
    String id =
        Json.text(account, "id")
            .filter(text -> text.matches("[0-9]{1,255}"))
            .orElseThrow(() -> refusals.nonsense(WHAT, reply));
    return new Profile(
        new Identity(NAME, id),
        Json.text(account, "email").flatMap(EmailAddress::parse),
        false,
        Json.text(account, "name"));
  }

  /** Shows that whoever holds the token is the application that it was given to. */
  private String proof(String token) {
    byte[] secret = config.client().secret().reveal().getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private URI graph(String path) {
    return URI.create(config.graph() + "/" + config.version() + path);
  }
}
