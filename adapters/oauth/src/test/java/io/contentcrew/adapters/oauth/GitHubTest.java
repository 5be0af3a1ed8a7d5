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
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubTest extends IdentityProviderContract {
  private final FakeGitHub github = new FakeGitHub(Set.of(HOME.toString(), ELSEWHERE.toString()));
  private final TestServer mute = new TestServer();
  private final Adapters adapters = new Adapters();
  private final IdentityProvider provider = adapters.patient(github.config());

  @AfterEach
  void close() {
    adapters.close();
    github.close();
    mute.close();
  }

  @Override
  protected IdentityProvider provider() {
    return provider;
  }

  @Override
  protected URI signIn(URI authorizationUrl, Person person) {
    return github.signIn(authorizationUrl, person);
  }

  @Override
  protected boolean provesAddresses() {
    return true;
  }

  @Override
  protected IdentityProvider unreachable() {
    URI nobody = TestServer.nobody();
    return adapters.impatient(github.config().withAddresses(nobody, nobody));
  }

  @Override
  protected IdentityProvider silent() {
    mute.on(FakeGitHub.TOKEN, mute.silence());
    return adapters.impatient(github.config().withAddresses(mute.url(), mute.url()));
  }

  @Test
  void no_more_is_asked_for_than_the_addresses() {
    assertThat(Form.parse(provider.authorizationUrl(aVisit()).getRawQuery()))
        .containsEntry("scope", "user:email");
  }

  @Test
  void somebody_is_known_by_the_number_that_never_changes() {
    assertThat(identified(ann()).identity().subject()).isEqualTo("583231");
  }

  @Test
  void a_code_from_github_itself_by_its_name_is_taken() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());
    String itself = github.server.url() + "/login/oauth";

    Profile profile = provider.identify(visit, new Return(back.code(), Optional.of(itself)));

    assertThat(profile.email()).isEqualTo(ann().email());
  }

  @Test
  void a_code_that_another_sent_is_not_shown_to_github() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());

    assertThatThrownBy(
            () ->
                provider.identify(
                    visit, new Return(back.code(), Optional.of("https://evil.example"))))
        .isInstanceOf(RefusedException.class);
    assertThat(github.server.asked(FakeGitHub.TOKEN)).isEmpty();
  }

  @Test
  void an_address_that_is_only_shown_is_not_taken() {
    Person nobody = new Person(9, Optional.empty(), false, Optional.empty());

    assertThat(identified(nobody).email()).isEmpty();
  }

  @Test
  void a_wrong_client_secret_is_for_the_operator_to_mend() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());
    IdentityProvider wrong =
        adapters.patient(
            OAuthConfig.GitHub.of(new OAuthConfig.Client("crew", Secret.of("hunter2hunter2")))
                .withAddresses(github.config().web(), github.config().api()));

    assertThatThrownBy(() -> wrong.identify(visit, back))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("GITHUB_CLIENT_SECRET")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_token_that_github_does_not_take_vouches_for_nobody() {
    github.server.json(FakeGitHub.USER, 401, asked -> "{\"message\":\"Bad credentials\"}");

    assertThatThrownBy(() -> identified(ann())).isInstanceOf(RefusedException.class);
  }

  @Test
  void who_asks_too_much_may_come_back_later() {
    github.server.on(
        FakeGitHub.USER,
        (exchange, asked) -> {
          exchange.getResponseHeaders().set("Retry-After", "17");
          TestServer.send(exchange, 403, "{\"message\":\"secondary rate limit\"}");
        });

    assertThatThrownBy(() -> identified(ann()))
        .isInstanceOfSatisfying(
            PortUnavailableException.class,
            thrown -> assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(17)));
  }

  @Test
  void what_the_application_may_not_read_is_for_the_operator_to_mend() {
    github.server.json(FakeGitHub.EMAILS, 404, asked -> "{\"message\":\"Not Found\"}");

    assertThatThrownBy(() -> identified(ann()))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("may read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"id\":\"583231\"}",
        "{\"id\":1.5}",
        "{\"id\":0}",
        "{\"id\":-3}",
        "{\"id\":null}",
        "{\"id\":99999999999999999999}",
        "{\"id\":1,\"id\":2}"
      })
  void an_account_that_makes_no_sense_is_a_failure(String account) {
    github.server.json(FakeGitHub.USER, 200, asked -> account);

    assertThatThrownBy(() -> identified(ann())).isInstanceOf(PortFailureException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[null,7,\"x\",[]]",
        "[{\"email\":\"ann@example.com\",\"verified\":true}]",
        "[{\"email\":\"ann@example.com\",\"verified\":true,\"primary\":\"true\"}]",
        "[{\"email\":7,\"verified\":true,\"primary\":true}]",
        "[{\"email\":\"no address\",\"verified\":true,\"primary\":true}]"
      })
  void an_address_that_is_not_clearly_the_primary_one_is_none(String addresses) {
    github.server.json(FakeGitHub.EMAILS, 200, asked -> addresses);

    Profile profile = identified(ann());

    assertThat(profile.email()).isEmpty();
    assertThat(profile.emailVerified()).isFalse();
  }

  @Test
  void an_address_is_verified_only_by_the_word_true() {
    github.server.json(
        FakeGitHub.EMAILS,
        200,
        asked -> "[{\"email\":\"ann@example.com\",\"verified\":\"true\",\"primary\":true}]");

    assertThat(identified(ann()).emailVerified()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"access_token\":\"x\"}",
        "{\"access_token\":\"x\",\"token_type\":\"mac\"}",
        "{\"access_token\":\"a\\r\\nb\",\"token_type\":\"bearer\"}",
        "{\"access_token\":[],\"token_type\":\"bearer\"}"
      })
  void an_exchange_without_a_bearer_token_vouches_for_nobody(String answer) {
    github.server.json(FakeGitHub.TOKEN, 200, asked -> answer);

    assertThatThrownBy(() -> identified(ann())).isInstanceOf(RefusedException.class);
  }
}
