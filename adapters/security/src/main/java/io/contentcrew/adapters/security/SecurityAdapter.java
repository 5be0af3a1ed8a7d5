package io.contentcrew.adapters.security;

import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Seals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Password hashes in passlib's {@code bcrypt_sha256} format, JSON Web Tokens signed with HS256, and
 * seals. Safe for use by many threads.
 */
public final class SecurityAdapter implements AutoCloseable {
  private final HashingGate gate;
  private final PasswordHasher passwordHasher;
  private final AccessTokens accessTokens;
  private final Seals seals;

  private SecurityAdapter(SecurityConfig config, BooleanSupplier legacyHashes) {
    KeyRing keys = KeyRing.of(config.signingKey(), config.previousKeys());
    gate = new HashingGate(config.hashingThreads(), config.hashingQueue());
    passwordHasher = new BcryptPasswordHasher(config.bcryptCost(), gate, legacyHashes);
    accessTokens =
        new SignedAccessTokens(keys, config.issuer(), config.audience(), config.tokenLife());
    seals = new HmacSeals(keys);
  }

  /**
   * An adapter with that configuration; it holds no thread while nobody hashes.
   *
   * @throws IllegalArgumentException if hashes of the old system are to count until some time,
   *     which needs a clock
   */
  public static SecurityAdapter open(SecurityConfig config) {
    if (config.legacyHashesUntil().isPresent()) {
      throw new IllegalArgumentException(
          "hashes of the old system count until a certain time: hand in a clock, too");
    }
    return new SecurityAdapter(config, () -> false);
  }

  /** An adapter with that configuration, for which it is as late as {@code clock} says. */
  public static SecurityAdapter open(SecurityConfig config, InstantSource clock) {
    Optional<Instant> until = config.legacyHashesUntil();
    return new SecurityAdapter(config, () -> until.filter(clock.instant()::isBefore).isPresent());
  }

  /** Hashes passwords; of no use after {@link #close}. */
  public PasswordHasher passwordHasher() {
    return passwordHasher;
  }

  /** Issues and reads tokens. */
  public AccessTokens accessTokens() {
    return accessTokens;
  }

  /** Seals texts. */
  public Seals seals() {
    return seals;
  }

  /** Hashes what has been begun or waits, and nothing after that. Idempotent. */
  @Override
  public void close() {
    gate.close();
  }
}
