package io.contentcrew.adapters.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.Profile;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import io.contentcrew.testkit.IdentityProviderContract;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FacebookTest extends IdentityProviderContract {
  private final FakeFacebook facebook =
      new FakeFacebook(Set.of(HOME.toString(), ELSEWHERE.toString()));
  private final TestServer mute = new TestServer();
  private final Adapters adapters = new Adapters();
  private final IdentityProvider provider = adapters.patient(facebook.config());

  @AfterEach
  void close() {
    adapters.close();
    facebook.close();
    mute.close();
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected URI signIn(URI authorizationUrl, Person person) {
    return facebook.signIn(authorizationUrl, person);
  }

  @Override
  protected boolean provesAddresses() {
    return false;
  }

  @Override
  protected IdentityProvider unreachable() {
    URI nobody = TestServer.nobody();
    return adapters.impatient(facebook.config().withAddresses(nobody, nobody));
  }

  @Override
  protected IdentityProvider silent() {
    mute.on(FakeFacebook.TOKEN, mute.silence());
    return adapters.impatient(facebook.config().withAddresses(mute.url(), mute.url()));
  }

  @Test
  void no_more_is_asked_for_than_the_address() {
    assertThat(Form.parse(provider.authorizationUrl(aVisit()).getRawQuery()))
        .containsEntry("scope", "email");
  }

  @Test
  void no_address_is_verified_whatever_the_answer_holds() {
    facebook.server.json(
        FakeFacebook.ME,
        200,
        asked ->
            """
            {"id":"7","email":"ann@example.com","verified":true,"email_verified":true}\
            """);

    Profile profile = identified(ann());

    assertThat(profile.email()).isEqualTo(ann().email());
    assertThat(profile.emailVerified()).isFalse();
  }

  @Test
  void neither_secret_nor_token_stands_in_an_address() {
    identified(ann());

    assertThat(facebook.server.asked(FakeFacebook.TOKEN))
        .singleElement()
        .satisfies(asked -> assertThat(asked.uri().getRawQuery()).isNull());
    assertThat(facebook.server.asked(FakeFacebook.ME))
        .singleElement()
        .satisfies(
            asked ->
                assertThat(asked.query())
                    .containsOnlyKeys("fields", "appsecret_proof")
                    .doesNotContainValue(asked.header("Authorization").substring(7)));
  }

  @Test
  void a_wrong_client_secret_is_for_the_operator_to_mend() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());
    IdentityProvider wrong =
        adapters.patient(
            OAuthConfig.Facebook.of(new OAuthConfig.Client("crew", Secret.of("hunter2hunter2")))
                .withAddresses(facebook.config().web(), facebook.config().graph()));

    assertThatThrownBy(() -> wrong.identify(visit, back))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("FACEBOOK_CLIENT_SECRET")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 17, 341})
  void what_facebook_calls_passing_is_unavailable(int code) {
    facebook.server.json(
        FakeFacebook.ME, 400, asked -> FakeFacebook.error("Please retry later", code));

    assertThatThrownBy(() -> identified(ann())).isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void a_token_that_facebook_does_not_take_vouches_for_nobody() {
    facebook.server.json(FakeFacebook.ME, 400, asked -> FakeFacebook.error("Expired", 190));

    assertThatThrownBy(() -> identified(ann()))
        .isInstanceOf(RefusedException.class)
        .hasMessageNotContaining("Expired");
  }

  @Test
  void an_error_that_nobody_knows_is_a_failure() {
    facebook.server.json(FakeFacebook.ME, 400, asked -> FakeFacebook.error("What?", 4_711));

    assertThatThrownBy(() -> identified(ann())).isInstanceOf(PortFailureException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"id\":7}", "{\"id\":\"\"}", "{\"id\":\"../me\"}", "<html>"})
  void an_account_that_makes_no_sense_is_a_failure(String account) {
    facebook.server.json(FakeFacebook.ME, 200, asked -> account);

    assertThatThrownBy(() -> identified(ann())).isInstanceOf(PortFailureException.class);
  }
}
