package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks what an issuer signed about somebody (OpenID Connect Core 1.0, section 3.1.3.7). */
final class IdTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final String name;
  private final String issuer;
  private final String clientId;
  private final InstantSource clock;
  private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

  IdTokens(String name, String issuer, String clientId, Keys keys, InstantSource clock) {
    this.name = name;
    this.issuer = issuer;
    this.clientId = clientId;
    this.clock = clock;
    signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    signatures.setJWTClaimsSetVerifier((claims, context) -> {}); // its clock is the system's
  }

  /** What the issuer says of somebody who visited with that nonce. */
  JWTClaimsSet verified(String idToken, String nonce) {
    JWTClaimsSet claims;
    try {
      claims = signatures.process(SignedJWT.parse(idToken), null);
    } catch (PortException e) {
      throw e; // the keys cannot be had
    } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
      // The parser throws what it likes at nonsense, and its words may be the token's.
      throw refused("a signature of its own");
    }
    check(claims, nonce);
    return claims;
  }

  private void check(JWTClaimsSet claims, String nonce) {
    Instant now = clock.instant();
    require(issuer.equals(claims.getIssuer()), "its own name");
    require(claims.getAudience().equals(List.of(clientId)), "us as its only reader");
    require(absentOr(claims, "azp", clientId::equals), "us as the one who asked");
    require(isAfter(claims.getExpirationTime(), now.minus(LEEWAY)), "an end that is to come");
    require(isBefore(claims.getIssueTime(), now.plus(LEEWAY)), "a beginning that has been");
    require(
        claims.getNotBeforeTime() == null || isBefore(claims.getNotBeforeTime(), now.plus(LEEWAY)),
        "a time that has begun");
    require(Objects.equals(claims.getClaim("nonce"), nonce), "the visit that it is for");
    require(
        claims.getSubject() != null && claims.getSubject().matches("[\\x20-\\x7E]{1,255}"),
        "who it is about");
  }

  private static boolean absentOr(JWTClaimsSet claims, String claim, Predicate<Object> condition) {
    return Optional.ofNullable(claims.getClaim(claim)).map(condition::test).orElse(true);
  }

  private static boolean isAfter(@Nullable Date date, Instant instant) {
    return date != null && date.toInstant().isAfter(instant);
  }

  private static boolean isBefore(@Nullable Date date, Instant instant) {
    return date != null && date.toInstant().isBefore(instant);
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw refused(what);
    }
  }

  private RefusedException refused(String what) {
    return new RefusedException("the ID token of %s lacks %s".formatted(name, what));
  }
}
