package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An OpenID provider that signs whatever it is told to. */
final class FakeIssuer implements AutoCloseable {
  static final String DISCOVERY = "/.well-known/openid-configuration";
  static final String KEYS = "/keys";
  static final String TOKEN = "/token";
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final RSAKey RSA = rsa("rsa-1");
  static final RSAKey NEXT_RSA = rsa("rsa-2");
  static final RSAKey STRANGER = rsa("rsa-1"); // the same name, another key
  static final ECKey ELLIPTIC = elliptic();
  static final OAuthConfig.Client CLIENT = FakeOAuth.CLIENT;

  final TestServer server = new TestServer();
  final TestClock clock = new TestClock(NOW);
  final Map<String, Object> discovery = new LinkedHashMap<>();
  private volatile String idToken = "";

  FakeIssuer() {
    discovery.put("issuer", issuer());
    discovery.put("authorization_endpoint", issuer() + "/authorize");
    discovery.put("token_endpoint", issuer() + TOKEN);
    discovery.put("jwks_uri", issuer() + KEYS);
    discovery.put("response_types_supported", List.of("code"));
    discovery.put("subject_types_supported", List.of("public"));
    discovery.put("id_token_signing_alg_values_supported", List.of("RS256", "none", "HS256"));
    behave();
  }

  /** Answers as it should. */
  FakeIssuer behave() {
    server.json(DISCOVERY, 200, asked -> JSONObjectUtils.toJSONString(discovery));
    publish(RSA, ELLIPTIC);
    server.json(
        TOKEN,
        200,
        asked ->
            JSONObjectUtils.toJSONString(
                Map.of("access_token", "at-1", "token_type", "Bearer", "id_token", idToken)));
    return this;
  }

  String issuer() {
    return server.url().toString();
  }

  OAuthConfig config() {
    return OAuthConfig.of(OAuthConfig.Google.of(CLIENT).withIssuer(server.url()))
        .withTimeout(Duration.ofSeconds(30));
  }

  /** Publishes these keys. */
  void publish(JWK... keys) {
    server.json(KEYS, 200, asked -> new JWKSet(List.of(keys)).toString(true));
  }

  /** Gives that away for every code. */
  void giving(String token) {
    idToken = token;
  }

  /** What it would say of somebody who came with that nonce. */
  JWTClaimsSet.Builder claims(String nonce) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(CLIENT.id())
        .subject("110169484474386276334")
        .claim("nonce", nonce)
        .claim("email", "ann@example.com")
        .claim("email_verified", true)
        .claim("name", "Ann Example")
        .issueTime(Date.from(clock.instant()))
        .expirationTime(Date.from(clock.instant().plusSeconds(3_600)));
  }

  static String signed(JWTClaimsSet.Builder claims) {
    return signed(claims, JWSAlgorithm.RS256, header -> header.keyID("rsa-1"), signer(RSA));
  }

  static String signed(
      JWTClaimsSet.Builder claims,
      JWSAlgorithm algorithm,
      UnaryOperator<JWSHeader.Builder> header,
      JWSSigner signer) {
    try {
      SignedJWT token =
          new SignedJWT(header.apply(new JWSHeader.Builder(algorithm)).build(), claims.build());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key.toRSAPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static JWSSigner signer(ECKey key) {
    try {
      return new ECDSASigner(key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2_048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey elliptic() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
