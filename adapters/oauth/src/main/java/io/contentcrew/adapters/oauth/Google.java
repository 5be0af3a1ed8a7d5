package io.contentcrew.adapters.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.user.IdentityProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** OpenID Connect's code flow: who somebody is stands in what the issuer signed. */
final class Google implements IdentityProvider {
  private static final ProviderName NAME = new ProviderName("google");

  private final OAuthConfig.Google config;
  private final CodeFlow flow;
  private final Cached<Discovery> discovery;
  private final IdTokens idTokens;

  Google(OAuthConfig.Google google, OAuthConfig config, Http http, InstantSource clock) {
    this.config = google;
    Remote remote = new Remote(NAME.value(), http, config, clock);
    flow = new CodeFlow(remote, google.client());
    discovery =
        new Cached<>(
            "addresses of google",
            clock,
            config.knowledgeAge(),
            () -> Discovery.of(google.issuer(), remote));
    Keys keys = new Keys(remote, config, clock, () -> discovery.get().keys());
    idTokens =
        new IdTokens(NAME.value(), google.issuer().toString(), google.client().id(), keys, clock);
  }

  @Override
  public ProviderName name() {
    return NAME;
  }

  @Override
  public String displayName() {
    return "Google";
  }

  @Override
  public URI authorizationUrl(Visit visit) {
    return flow.visit(discovery.get().authorization(), visit, "openid", "email", "profile")
        .customParameter("nonce", visit.nonce())
        .build()
        .toURI();
  }

  @Override
  public Profile identify(Visit visit, Return back) {
    Discovery known = discovery.get();
    flow.checkIssuer(back, config.issuer().toString(), known.namesItself());
    ClientAuthentication client = known.basic() ? flow.secretInHeader() : flow.secretInBody();
    Map<String, Object> answer = flow.exchange(known.token(), client, visit, back);
    String idToken =
        Json.text(answer, "id_token")
            .orElseThrow(() -> new RefusedException("google gave no ID token for the code"));
    return profile(idTokens.verified(idToken, visit.nonce()));
  }

  private static Profile profile(JWTClaimsSet claims) {
    Map<String, Object> known = claims.getClaims();
    Optional<EmailAddress> email = Json.text(known, "email").flatMap(EmailAddress::parse);
    return new Profile(
        new Identity(NAME, claims.getSubject()),
        email,
        email.isPresent() && Json.isTrue(known, "email_verified"),
        Json.text(known, "name"));
  }
}
