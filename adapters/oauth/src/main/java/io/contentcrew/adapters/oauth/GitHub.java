package io.contentcrew.adapters.oauth;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.user.IdentityProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OAuth 2 as GitHub does it: who somebody is, and where they read mail, is asked at its API. */
final class GitHub implements IdentityProvider {
  private static final ProviderName NAME = new ProviderName("github");
  private static final String JSON = "application/vnd.github+json";

  private final OAuthConfig.GitHub config;
  private final Refusals refusals;
  private final CodeFlow flow;
  private final Api api;

  GitHub(OAuthConfig.GitHub github, OAuthConfig config, Http http, InstantSource clock) {
    this.config = github;
    Remote remote = new Remote(NAME.value(), http, config, clock);
    refusals = new Refusals(remote);
    flow = new CodeFlow(remote, github.client());
    api = new Api(remote);
  }

  @Override
  public ProviderName name() {
    return NAME;
  }

  @Override
  public String displayName() {
    return "GitHub";
  }

  @Override
  public URI authorizationUrl(Visit visit) {
    return flow.visit(web("/authorize"), visit, "user:email").build().toURI();
  }

  @Override
  public Profile identify(Visit visit, Return back) {
    flow.checkIssuer(back, config.web() + "/login/oauth", false);
    Map<String, Object> answer =
        flow.exchange(web("/access_token"), flow.secretInBody(), visit, back);
    String token = flow.bearerToken(answer);
    Http.Reply reply = api.get("the account", api("/user"), token, JSON);
    Map<String, Object> account =
        Json.object(reply.body()).orElseThrow(() -> refusals.nonsense("the account", reply));
    long id =
        Json.whole(account, "id")
            .filter(number -> number > 0)
            .orElseThrow(() -> refusals.nonsense("the account", reply));
    Optional<Map<?, ?>> primary = primaryAddress(token);
    Optional<EmailAddress> email =
        primary.flatMap(entry -> Json.text(entry, "email")).flatMap(EmailAddress::parse);
    return new Profile(
        new Identity(NAME, Long.toString(id)), // the login can be changed, and taken by another
        email,
        email.isPresent() && Json.isTrue(primary.get(), "verified"),
        Json.text(account, "name"));
  }

  private Optional<Map<?, ?>> primaryAddress(String token) {
    Http.Reply reply = api.get("addresses", api("/user/emails?per_page=100"), token, JSON);
    List<Object> entries =
        Json.array(reply.body()).orElseThrow(() -> refusals.nonsense("addresses", reply));
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> address && Json.isTrue(address, "primary")) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private URI web(String path) {
    return URI.create(config.web() + "/login/oauth" + path);
  }

  private URI api(String path) {
    return URI.create(config.api() + path);
  }
}
