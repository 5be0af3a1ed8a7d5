package io.contentcrew.adapters.oauth;

import static io.contentcrew.adapters.oauth.FakeIssuer.signed;
import static io.contentcrew.adapters.oauth.FakeIssuer.signer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long the addresses and keys are believed that an issuer publishes, and which of them. */
class PublishedTest {
  private static final Visit VISIT =
      new Visit("state", "nonce", "v".repeat(43), URI.create("http://127.0.0.1:8000/callback"));
  private static final Return BACK = new Return("4/0AeanS0b", Optional.empty());

  private final FakeIssuer issuer = new FakeIssuer();
  private final Adapters adapters = new Adapters();
  private final IdentityProvider google = adapters.of(issuer.config(), issuer.clock);

  @AfterEach
  void close() {
    adapters.close();
    issuer.close();
  }

  private void signIn(RSAKey key) {
    issuer.giving(
        signed(
            issuer.claims("nonce"),
            JWSAlgorithm.RS256,
            header -> header.keyID(key.getKeyID()),
            signer(key)));
    google.identify(VISIT, BACK);
  }

  private void assertRefused(RSAKey key) {
    assertThatThrownBy(() -> signIn(key)).isInstanceOf(RefusedException.class);
  }

  private int asked(String path) {
    return issuer.server.asked(path).size();
  }

  @Test
  void addresses_and_keys_are_asked_for_once_while_they_are_fresh() {
    for (int i = 0; i < 5; i++) {
      google.authorizationUrl(VISIT);
      signIn(FakeIssuer.RSA);
      issuer.clock.advance(Duration.ofMinutes(5));
    }

    assertThat(asked(FakeIssuer.DISCOVERY)).isOne();
    assertThat(asked(FakeIssuer.KEYS)).isOne();
  }

  @Test
  void they_are_asked_for_again_at_half_the_age_to_which_they_are_believed() {
    signIn(FakeIssuer.RSA);
    issuer.clock.advance(Duration.ofMinutes(30));
    signIn(FakeIssuer.RSA);

    assertThat(asked(FakeIssuer.DISCOVERY)).isEqualTo(2);
    assertThat(asked(FakeIssuer.KEYS)).isEqualTo(2);
  }

  @Test
  void a_key_that_was_taken_back_is_believed_for_an_hour_at_most() {
    signIn(FakeIssuer.RSA);
    issuer.publish(FakeIssuer.NEXT_RSA);
    issuer.clock.advance(Duration.ofHours(1));

    assertRefused(FakeIssuer.RSA);
    signIn(FakeIssuer.NEXT_RSA);
  }

  @Test
  void what_is_known_serves_for_an_hour_while_the_issuer_does_not_publish() {
    signIn(FakeIssuer.RSA);
    issuer.server.json(FakeIssuer.DISCOVERY, 503, asked -> "");
    issuer.server.json(FakeIssuer.KEYS, 503, asked -> "");
    issuer.clock.advance(Duration.ofMinutes(59));
    signIn(FakeIssuer.RSA);
    issuer.clock.advance(Duration.ofMinutes(2));

    assertThatThrownBy(() -> signIn(FakeIssuer.RSA)).isInstanceOf(PortUnavailableException.class);
    issuer.behave();
    issuer.clock.advance(Duration.ofMinutes(1));
    signIn(FakeIssuer.RSA);
  }

  @Test
  void a_key_that_is_not_known_is_looked_for() {
    signIn(FakeIssuer.RSA);
    issuer.publish(FakeIssuer.RSA, FakeIssuer.NEXT_RSA);
    issuer.clock.advance(Duration.ofSeconds(30));
    signIn(FakeIssuer.NEXT_RSA);

    assertThat(asked(FakeIssuer.KEYS)).isEqualTo(2);
  }

  @Test
  void keys_that_are_not_known_are_not_looked_for_without_end() {
    signIn(FakeIssuer.RSA);
    issuer.clock.advance(Duration.ofSeconds(30));
    for (int i = 0; i < 20; i++) {
      assertRefused(FakeIssuer.NEXT_RSA);
    }

    assertThat(asked(FakeIssuer.KEYS)).isEqualTo(2);
  }

  @Test
  void a_refused_algorithm_is_no_reason_to_look_for_keys() throws Exception {
    signIn(FakeIssuer.RSA);
    issuer.clock.advance(Duration.ofMinutes(1));
    issuer.giving(
        signed(
            issuer.claims("nonce"),
            JWSAlgorithm.HS256,
            header -> header.keyID("unknown"),
            new MACSigner(new byte[32])));

    assertThatThrownBy(() -> google.identify(VISIT, BACK)).isInstanceOf(RefusedException.class);
    assertThat(asked(FakeIssuer.KEYS)).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"keys\":7}",
        "{\"keys\":[null]}",
        "[[\"keys\",[]]]",
        "<html>"
      })
  void keys_that_make_no_sense_are_a_failure(String keys) {
    issuer.server.json(FakeIssuer.KEYS, 200, asked -> keys);

    assertThatThrownBy(() -> signIn(FakeIssuer.RSA)).isInstanceOf(PortFailureException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"issuer\":7}", "<html>"})
  void addresses_that_make_no_sense_are_a_failure(String discovery) {
    issuer.server.json(FakeIssuer.DISCOVERY, 200, asked -> discovery);

    assertThatThrownBy(() -> google.authorizationUrl(VISIT))
        .isInstanceOf(PortFailureException.class);
  }

  @Test
  void addresses_of_another_issuer_are_a_failure() {
    issuer.discovery.put("issuer", "https://accounts.google.com");

    assertThatThrownBy(() -> google.authorizationUrl(VISIT))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("check the issuer");
  }

  @Test
  void addresses_where_others_could_listen_are_a_failure() {
    for (String endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
      Object right = issuer.discovery.get(endpoint);
      issuer.discovery.put(endpoint, "http://accounts.example.com/x");
      assertThatThrownBy(() -> google.authorizationUrl(VISIT))
          .as(endpoint)
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("not https");
      issuer.discovery.put(endpoint, right);
    }
    assertThat(google.authorizationUrl(VISIT)).isNotNull();
  }

  @Test
  void the_client_is_named_in_the_way_that_the_issuer_knows() {
    signIn(FakeIssuer.RSA);
    assertThat(issuer.server.asked(FakeIssuer.TOKEN).getLast().header("Authorization"))
        .startsWith("Basic ");
    assertThat(issuer.server.asked(FakeIssuer.TOKEN).getLast().form())
        .doesNotContainKey("client_secret");

    issuer.discovery.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
    issuer.clock.advance(Duration.ofHours(1));
    signIn(FakeIssuer.RSA);
    assertThat(issuer.server.asked(FakeIssuer.TOKEN).getLast().header("Authorization")).isEmpty();
    assertThat(issuer.server.asked(FakeIssuer.TOKEN).getLast().form())
        .containsEntry("client_secret", FakeIssuer.CLIENT.secret().reveal());
  }

  @Test
  void the_browser_is_sent_with_the_nonce_and_for_no_more_than_is_needed() {
    assertThat(Form.parse(google.authorizationUrl(VISIT).getRawQuery()))
        .containsEntry("nonce", "nonce")
        .containsEntry("scope", "openid email profile")
        .containsEntry("client_id", "crew");
  }
}
