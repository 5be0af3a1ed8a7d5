package io.contentcrew.adapters.oauth;

import static io.contentcrew.adapters.oauth.FakeIssuer.signed;
import static io.contentcrew.adapters.oauth.FakeIssuer.signer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.Profile;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of what a provider says, and what is not. */
class IdTokenTest {
  private static final String NONCE = "n-0S6_WzA2Mj";
  private static final Visit VISIT =
      new Visit("state", NONCE, "v".repeat(43), URI.create("http://127.0.0.1:8000/callback"));
  private static final Return BACK = new Return("4/0AeanS0b", Optional.empty());

  private final FakeIssuer issuer = new FakeIssuer();
  private final Adapters adapters = new Adapters();
  private final IdentityProvider google = adapters.of(issuer.config(), issuer.clock);

  @AfterEach
  void close() {
    adapters.close();
    issuer.close();
  }

  private Profile told(String idToken) {
    issuer.giving(idToken);
    return google.identify(VISIT, BACK);
  }

  private void assertRefused(String idToken) {
    assertThatThrownBy(() -> told(idToken))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("the ID token of google lacks")
        .hasNoCause();
    // what is wrong is the token, not the rest of the set-up
    assertThat(told(signed(issuer.claims(NONCE))).identity().subject()).isNotBlank();
  }

  private void assertRefused(UnaryOperator<JWTClaimsSet.Builder> change) {
    assertRefused(signed(change.apply(issuer.claims(NONCE))));
  }

  @Test
  void what_the_issuer_signed_is_believed() {
    Profile ann = told(signed(issuer.claims(NONCE)));

    assertThat(ann.identity().subject()).isEqualTo("110169484474386276334");
    assertThat(ann.email()).contains(new EmailAddress("ann@example.com"));
    assertThat(ann.emailVerified()).isTrue();
    assertThat(ann.name()).contains("Ann Example");
    assertThat(told(signed(issuer.claims(NONCE).claim("azp", "crew")))).isEqualTo(ann);
    assertThat(
            told(
                signed(issuer.claims(NONCE), JWSAlgorithm.RS256, it -> it, signer(FakeIssuer.RSA))))
        .isEqualTo(ann);
    assertThat(
            told(
                signed(
                    issuer.claims(NONCE),
                    JWSAlgorithm.ES256,
                    it -> it.keyID("ec-1").type(JOSEObjectType.JWT),
                    signer(FakeIssuer.ELLIPTIC))))
        .isEqualTo(ann);
  }

  // ---- signatures

  @Test
  void a_token_that_nobody_signed_is_refused() {
    assertRefused(new PlainJWT(issuer.claims(NONCE).build()).serialize());
    String token = signed(issuer.claims(NONCE));
    assertRefused(token.substring(0, token.lastIndexOf('.') + 1));
  }

  @Test
  void a_token_signed_with_the_client_secret_is_refused() throws Exception {
    Secret secret = Secret.of("a client secret is long enough for HS256".replace(' ', '-'));
    OAuthConfig.Client client = new OAuthConfig.Client("crew", secret);
    IdentityProvider other =
        adapters.of(
            OAuthConfig.of(OAuthConfig.Google.of(client).withIssuer(issuer.server.url()))
                .withTimeout(Duration.ofSeconds(30)),
            issuer.clock);
    byte[] key = secret.reveal().getBytes(UTF_8);
    issuer.publish(
        FakeIssuer.RSA,
        new OctetSequenceKey.Builder(key).keyID("hs").build()); // even if it says so
    issuer.giving(
        signed(issuer.claims(NONCE), JWSAlgorithm.HS256, it -> it.keyID("hs"), new MACSigner(key)));

    assertThatThrownBy(() -> other.identify(VISIT, BACK)).isInstanceOf(RefusedException.class);
  }

  @Test
  void a_token_signed_with_the_public_key_as_a_secret_is_refused() throws Exception {
    for (byte[] key :
        List.of(
            FakeIssuer.RSA.toRSAPublicKey().getEncoded(),
            FakeIssuer.RSA.toPublicJWK().toJSONString().getBytes(UTF_8),
            FakeIssuer.RSA.getModulus().decode())) {
      assertRefused(
          signed(
              issuer.claims(NONCE),
              JWSAlgorithm.HS256,
              it -> it.keyID("rsa-1"),
              new MACSigner(key)));
    }
  }

  @Test
  void a_token_signed_by_another_algorithm_is_refused() {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
      assertRefused(
          signed(issuer.claims(NONCE), algorithm, it -> it.keyID("rsa-1"), signer(FakeIssuer.RSA)));
    }
  }

  @Test
  void a_token_signed_with_a_key_of_that_name_but_another_one_is_refused() {
    assertRefused(
        signed(
            issuer.claims(NONCE),
            JWSAlgorithm.RS256,
            it -> it.keyID("rsa-1"),
            signer(FakeIssuer.STRANGER)));
  }

  @Test
  void a_token_signed_with_a_key_that_nobody_published_is_refused() {
    assertRefused(
        signed(
            issuer.claims(NONCE),
            JWSAlgorithm.RS256,
            it -> it.keyID("rsa-9"),
            signer(FakeIssuer.STRANGER)));
  }

  @Test
  void a_key_that_the_token_brings_along_counts_for_nothing() {
    assertRefused(
        signed(
            issuer.claims(NONCE),
            JWSAlgorithm.RS256,
            it -> it.jwk(FakeIssuer.STRANGER.toPublicJWK()),
            signer(FakeIssuer.STRANGER)));
    assertRefused(
        signed(
            issuer.claims(NONCE),
            JWSAlgorithm.RS256,
            it -> it.keyID("x").jwkURL(issuer.server.url().resolve("/strange")),
            signer(FakeIssuer.STRANGER)));
    assertThat(issuer.server.asked("/strange")).isEmpty();
  }

  @Test
  void a_weak_key_counts_for_nothing() throws Exception {
    RSAKey weak = new RSAKeyGenerator(1_024, true).keyID("weak").generate();
    issuer.publish(FakeIssuer.RSA, weak);

    assertRefused(
        signed(issuer.claims(NONCE), JWSAlgorithm.RS256, it -> it.keyID("weak"), signer(weak)));
  }

  @Test
  void a_token_for_another_purpose_is_refused() {
    assertRefused(
        signed(
            issuer.claims(NONCE),
            JWSAlgorithm.RS256,
            it -> it.keyID("rsa-1").type(new JOSEObjectType("at+jwt")),
            signer(FakeIssuer.RSA)));
    assertRefused(
        signed(
            issuer.claims(NONCE),
            JWSAlgorithm.RS256,
            it -> it.keyID("rsa-1").criticalParams(Set.of("exp")).customParam("exp", 1),
            signer(FakeIssuer.RSA)));
  }

  @Test
  void a_token_that_was_altered_is_refused() {
    String token = signed(issuer.claims(NONCE));
    String other = signed(issuer.claims(NONCE).subject("another"));
    String[] parts = token.split("\\.");
    String[] others = other.split("\\.");

    assertRefused(parts[0] + "." + others[1] + "." + parts[2]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "..", "...", "a.b.c", "a.b.c.d.e", "{}", "e30.e30.e30"})
  void what_is_no_token_is_refused(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{\"exp\":[]}", "{\"sub\":1,\"sub\":2}"})
  void what_was_signed_but_makes_no_sense_is_refused(String payload) throws Exception {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1").build(), new Payload(payload));
    token.sign(signer(FakeIssuer.RSA));

    assertRefused(token.serialize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"alg\":null}",
        "{\"alg\":\"\"}",
        "{\"alg\":\"NONE\"}",
        "{\"alg\":\"RS256\",\"kid\":7}",
        "{\"alg\":\"RS256\",\"alg\":\"none\"}"
      })
  void a_token_with_a_strange_header_is_refused(String header) {
    String[] parts = signed(issuer.claims(NONCE)).split("\\.");

    assertRefused(Base64URL.encode(header) + "." + parts[1] + "." + parts[2]);
    assertRefused(Base64URL.encode(header) + "." + parts[1] + ".");
  }

  @Test
  void an_exchange_without_a_token_is_refused() {
    issuer.giving("");

    assertThatThrownBy(() -> google.identify(VISIT, BACK)).isInstanceOf(RefusedException.class);
  }

  // ---- claims

  @Test
  void a_token_of_another_issuer_is_refused() {
    assertRefused(claims -> claims.issuer("https://accounts.google.com"));
    assertRefused(claims -> claims.issuer(issuer.issuer() + "/"));
    assertRefused(claims -> claims.issuer(null));
  }

  @Test
  void a_token_for_another_reader_is_refused() {
    assertRefused(claims -> claims.audience("another"));
    assertRefused(claims -> claims.audience(List.of("crew", "another")));
    assertRefused(claims -> claims.audience(List.of()));
    assertRefused(claims -> claims.audience((String) null));
  }

  @Test
  void a_token_that_another_asked_for_is_refused() {
    assertRefused(claims -> claims.claim("azp", "another"));
    assertRefused(claims -> claims.claim("azp", 7));
  }

  @Test
  void a_token_is_good_up_to_a_minute_after_its_end() {
    assertThat(told(signed(issuer.claims(NONCE).expirationTime(inSeconds(-59))))).isNotNull();
    assertRefused(claims -> claims.expirationTime(inSeconds(-60)));
    assertRefused(claims -> claims.expirationTime(null));
  }

  @Test
  void a_token_is_good_from_a_minute_before_its_beginning() {
    assertThat(told(signed(issuer.claims(NONCE).issueTime(inSeconds(59))))).isNotNull();
    assertRefused(claims -> claims.issueTime(inSeconds(60)));
    assertRefused(claims -> claims.issueTime(null));
    assertThat(told(signed(issuer.claims(NONCE).notBeforeTime(inSeconds(59))))).isNotNull();
    assertRefused(claims -> claims.notBeforeTime(inSeconds(60)));
  }

  @Test
  void times_that_are_none_are_refused() {
    assertRefused(claims -> claims.claim("exp", "tomorrow"));
    assertRefused(claims -> claims.claim("iat", true));
    assertRefused(claims -> claims.claim("nbf", "yesterday"));
  }

  private static Date inSeconds(long seconds) {
    return Date.from(FakeIssuer.NOW.plusSeconds(seconds));
  }

  @Test
  void a_token_of_another_visit_is_refused() {
    assertRefused(claims -> claims.claim("nonce", "another"));
    assertRefused(claims -> claims.claim("nonce", null));
    assertRefused(claims -> claims.claim("nonce", List.of(NONCE)));
  }

  @Test
  void a_token_about_nobody_is_refused() {
    assertRefused(claims -> claims.subject(null));
    assertRefused(claims -> claims.subject(""));
    assertRefused(claims -> claims.subject("x".repeat(256)));
    assertRefused(claims -> claims.subject("caf\u00E9"));
    assertRefused(claims -> claims.subject("a\nb"));
    assertThat(told(signed(issuer.claims(NONCE).subject("x".repeat(255)))).identity().subject())
        .hasSize(255);
  }

  @Test
  void an_address_is_verified_only_by_the_word_true() {
    for (Object word : List.of("true", 1, "TRUE", List.of(true))) {
      Profile profile = told(signed(issuer.claims(NONCE).claim("email_verified", word)));
      assertThat(profile.email()).isPresent();
      assertThat(profile.emailVerified()).as("%s", word).isFalse();
    }
    assertThat(told(signed(issuer.claims(NONCE).claim("email_verified", null))).emailVerified())
        .isFalse();
  }

  @Test
  void an_address_that_is_none_is_not_there_and_not_verified() {
    for (Object address : List.of("ann", "", 7, List.of("ann@example.com"))) {
      Profile profile = told(signed(issuer.claims(NONCE).claim("email", address)));
      assertThat(profile.email()).as("%s", address).isEmpty();
      assertThat(profile.emailVerified()).isFalse();
    }
  }

  @Test
  void time_is_the_clocks_and_not_the_machines() {
    issuer.clock.set(Instant.parse("2001-01-01T00:00:00Z"));

    assertThat(told(signed(issuer.claims(NONCE))).identity()).isNotNull();
    String token = signed(issuer.claims(NONCE));
    issuer.clock.advance(Duration.ofDays(1));
    assertRefused(token);
  }
}
