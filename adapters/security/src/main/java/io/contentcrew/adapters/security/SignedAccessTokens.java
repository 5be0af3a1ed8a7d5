package io.contentcrew.adapters.security;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Access tokens as JSON Web Tokens (RFC 7519) of a type of their own. */
final class SignedAccessTokens implements AccessTokens {
  /** Keeps tokens for other purposes that the same key signs from passing as access tokens. */
  static final String TYPE = "access+jwt";

  /** How far the clocks of two instances may be apart. */
  private static final long LEEWAY_SECONDS = 60;

  /** The last second of the year 9999: what comes after is no time that anybody means. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final CompactTokens tokens;
  private final String issuer;
  private final String audience;
  private final Duration life;

  SignedAccessTokens(KeyRing keys, String issuer, String audience, Duration life) {
    this.tokens = new CompactTokens(keys, TYPE);
    this.issuer = issuer;
    this.audience = audience;
    this.life = life;
  }

  /**
   * A token for the session.
   *
   * @throws IllegalArgumentException if the session is longer than tokens may live
   */
  @Override
  public Secret issue(Session session) {
    long issued = session.createdAt().getEpochSecond();
    long expires = session.expiresAt().getEpochSecond();
    if (expires - issued > life.toSeconds()) {
      throw new IllegalArgumentException(
          "a session of "
              + Duration.between(session.createdAt(), session.expiresAt())
              + " needs a token that lives as long, and tokens may live for "
              + life);
    }
    String claims =
        "{\"iss\":\""
            + issuer
            + "\",\"aud\":\""
            + audience
            + "\",\"sub\":\""
            + session.userId().value()
            + "\",\"sid\":\""
            + session.id().value()
            + "\",\"iat\":"
            + issued
            + ",\"nbf\":"
            + issued
            + ",\"exp\":"
            + expires
            + "}";
    return Secret.of(tokens.sign(claims.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public Optional<Claims> read(String token, Instant now) {
    return tokens
        .verify(token)
        .flatMap(FlatJson::parse)
        .filter(claims -> issuer.equals(claims.get("iss")) && audience.equals(claims.get("aud")))
        .filter(claims -> isTimely(claims, now.getEpochSecond()))
        .flatMap(SignedAccessTokens::claims);
  }

  private boolean isTimely(Map<String, Object> claims, long now) {
    return claims.get("iat") instanceof Long issued
        && claims.get("nbf") instanceof Long notBefore
        && claims.get("exp") instanceof Long expires
        && issued >= 0
        && issued <= expires
        && expires <= LAST_SECOND
        && expires - issued <= life.toSeconds()
        && issued <= now + LEEWAY_SECONDS
        && notBefore <= now + LEEWAY_SECONDS
        && now < expires + LEEWAY_SECONDS;
  }

  private static Optional<Claims> claims(Map<String, Object> claims) {
    Optional<UUID> user = uuid(claims.get("sub"));
    Optional<UUID> session = uuid(claims.get("sid"));
    if (user.isEmpty() || session.isEmpty() || !(claims.get("exp") instanceof Long expires)) {
      return Optional.empty();
    }
    return Optional.of(
        new Claims(
            new UserId(user.get()), new SessionId(session.get()), Instant.ofEpochSecond(expires)));
  }

  private static Optional<UUID> uuid(@Nullable Object text) {
    try {
      return Optional.of(UUID.fromString(String.valueOf(text)))
          .filter(id -> id.toString().equals(text)); // it takes shorter forms, which we never write
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
