package io.contentcrew.adapters.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import io.contentcrew.testkit.IdentityProviderContract;
import io.contentcrew.testkit.ScriptedIdentityProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenID Connect with a certified provider that insists on PKCE and on exact addresses. */
class OidcServerTest extends IdentityProviderContract {
  private static OidcServer server;

  private final Adapters adapters = new Adapters();
  private final TestServer mute = new TestServer();
  private final IdentityProvider provider = adapters.patient(config("crew"));

  @BeforeAll
  static void start() {
    server = OidcServer.start(List.of(HOME, ELSEWHERE));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    mute.close();
    adapters.close();
  }

  private static OAuthConfig.Google config(String client) {
    return config(client, "secret-of-" + client);
  }

  private static OAuthConfig.Google config(String client, String secret) {
    return OAuthConfig.Google.of(new OAuthConfig.Client(client, Secret.of(secret)))
        .withIssuer(server.issuer());
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected URI signIn(URI authorizationUrl, Person person) {
    return server.signIn(authorizationUrl, person);
  }

  @Override
  protected boolean provesAddresses() {
    return true;
  }

  @Override
  protected IdentityProvider unreachable() {
    return adapters.impatient(config("crew").withIssuer(TestServer.nobody()));
  }

  @Override
  protected IdentityProvider silent() {
    mute.on("/.well-known/openid-configuration", mute.silence());
    return adapters.impatient(config("crew").withIssuer(mute.url()));
  }

  @Test
  void a_token_signed_on_an_elliptic_curve_is_as_good() {
    IdentityProvider elliptic = adapters.patient(config("crew-es256"));
    Visit visit = aVisit();
    Return back = returned(signIn(elliptic.authorizationUrl(visit), ann()));

    assertThat(elliptic.identify(visit, back).identity().subject()).isEqualTo("account-1");
  }

  @Test
  void an_answer_to_another_visit_is_refused_by_its_nonce() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());
    Visit other = new Visit(visit.state(), "another", visit.verifier(), visit.redirectUri());

    assertThatThrownBy(() -> provider.identify(other, back))
        .isInstanceOf(RefusedException.class)
        .hasMessage("the ID token of google lacks the visit that it is for");
  }

  @Test
  void a_browser_that_does_not_say_who_sent_it_is_refused_where_the_issuer_always_says_it() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());

    assertThat(back.issuer()).contains(server.issuer().toString());
    assertThatThrownBy(() -> provider.identify(visit, new Return(back.code(), Optional.empty())))
        .isInstanceOf(RefusedException.class);
    // the code was not shown: it is still good
    assertThat(provider.identify(visit, back).email()).isEqualTo(ann().email());
  }

  @Test
  void a_wrong_client_secret_is_for_the_operator_to_mend() {
    IdentityProvider wrong = adapters.patient(config("crew", "not-the-secret-of-crew"));
    Visit visit = aVisit();
    Return back = returned(signIn(wrong.authorizationUrl(visit), ann()));

    assertThatThrownBy(() -> wrong.identify(visit, back))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("GOOGLE_CLIENT_SECRET")
        .hasMessageNotContaining("not-the-secret");
  }

  @Test
  void an_address_that_is_not_registered_gets_no_code() {
    Visit visit = aVisit();
    URI open = URI.create(HOME + "/../open");
    URI url =
        provider.authorizationUrl(new Visit(visit.state(), visit.nonce(), visit.verifier(), open));

    assertThatThrownBy(() -> signIn(url, ann()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("400");
  }

  private static Return returned(URI back) {
    return ScriptedIdentityProvider.returned(back);
  }
}
