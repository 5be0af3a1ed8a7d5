package io.contentcrew.adapters.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.contentcrew.adapters.oauth.OAuthConfig.Client;
import io.contentcrew.adapters.oauth.OAuthConfig.Facebook;
import io.contentcrew.adapters.oauth.OAuthConfig.GitHub;
import io.contentcrew.adapters.oauth.OAuthConfig.Google;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.IdentityProvider;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthConfigTest {
  private static final Client CLIENT = new Client("crew", Secret.of("hunter2"));

  @Test
  void the_defaults_are_those_that_are_documented() {
    OAuthConfig config = OAuthConfig.of(Google.of(CLIENT));

    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.answerBytes()).isEqualTo(262_144);
    assertThat(config.knowledgeAge()).isEqualTo(Duration.ofHours(1));
    assertThat(config.keyPause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.breakerPause()).isEqualTo(Duration.ofSeconds(10));
    assertThat(Google.of(CLIENT).issuer()).hasToString("https://accounts.google.com");
    assertThat(GitHub.of(CLIENT).web()).hasToString("https://github.com");
    assertThat(GitHub.of(CLIENT).api()).hasToString("https://api.github.com");
    assertThat(Facebook.of(CLIENT).web()).hasToString("https://www.facebook.com");
    assertThat(Facebook.of(CLIENT).graph()).hasToString("https://graph.facebook.com");
  }

  @Test
  void each_copy_differs_in_what_it_says() {
    OAuthConfig config =
        OAuthConfig.of(Facebook.of(CLIENT).withVersion("v24.0"))
            .withTimeout(Duration.ofSeconds(1))
            .withAnswerBytes(2_048)
            .withKnowledgeAge(Duration.ofMinutes(2))
            .withKeyPause(Duration.ofSeconds(3))
            .withBreakerPause(Duration.ofSeconds(4));

    assertThat(config)
        .isEqualTo(
            new OAuthConfig(
                List.of(
                    new Facebook(
                        CLIENT,
                        URI.create("https://www.facebook.com"),
                        URI.create("https://graph.facebook.com"),
                        "v24.0")),
                Duration.ofSeconds(1),
                2_048,
                Duration.ofMinutes(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4)));
  }

  @Test
  void the_providers_come_in_their_order_and_by_their_names() {
    OAuthConfig config =
        OAuthConfig.of(List.of(GitHub.of(CLIENT), Google.of(CLIENT), Facebook.of(CLIENT)));
    try (OAuthAdapter adapter = OAuthAdapter.open(config, InstantSource.system())) {
      assertThat(adapter.identityProviders().stream().map(IdentityProvider::name))
          .extracting(Object::toString)
          .containsExactly("github", "google", "facebook");
      assertThat(adapter.identityProviders().stream().map(IdentityProvider::displayName))
          .containsExactly("GitHub", "Google", "Facebook");
    }
  }

  @Test
  void no_secret_is_shown() {
    assertThat(OAuthConfig.of(Google.of(CLIENT)).toString()).doesNotContain("hunter2");
  }

  @Test
  void a_provider_can_be_used_once() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OAuthConfig.of(List.of(Google.of(CLIENT), Google.of(CLIENT))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "caf\u00E9"})
  void a_client_that_cannot_be_one_is_refused_without_its_secret(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Client(text, Secret.of("hunter2")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Client("crew", Secret.of("hunter2" + text + "\t")))
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accounts.example.com",
        "http://accounts.example.com",
        "http://169.254.169.254",
        "http://localhost.example.com",
        "ftp://accounts.example.com",
        "https:///path",
        "https://user:hunter2@accounts.example.com",
        "https://accounts.example.com?x=1",
        "https://accounts.example.com#x"
      })
  void an_address_to_which_no_secret_should_travel_is_refused(String text) {
    URI url = URI.create(text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Google.of(CLIENT).withIssuer(url))
        .withMessageNotContaining("hunter2");
    URI safe = URI.create("https://example.com");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHub.of(CLIENT).withAddresses(url, safe));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitHub.of(CLIENT).withAddresses(safe, url));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Facebook.of(CLIENT).withAddresses(url, safe));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Facebook.of(CLIENT).withAddresses(safe, url));
  }

  @Test
  void an_address_on_this_machine_may_be_plain_and_a_slash_at_the_end_does_not_matter() {
    GitHub github =
        GitHub.of(CLIENT)
            .withAddresses(
                URI.create("http://localhost:3000/"), URI.create("http://127.0.0.1:3000/api/v3//"));

    assertThat(github.web()).hasToString("http://localhost:3000");
    assertThat(github.api()).hasToString("http://127.0.0.1:3000/api/v3");
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    OAuthConfig config = OAuthConfig.of(Google.of(CLIENT));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withTimeout(Duration.ofMinutes(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withAnswerBytes(1_023));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withKnowledgeAge(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withKeyPause(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withBreakerPause(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Facebook.of(CLIENT).withVersion("../v1.0"));
  }
}
