package io.contentcrew.adapters.security;

import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.PasswordHasher;

/**
 * Password hashes in passlib's {@code bcrypt_sha256} format and JSON Web Tokens signed with HS256.
 * Safe for use by many threads.
 */
public final class SecurityAdapter implements AutoCloseable {
  private final HashingGate gate;
  private final PasswordHasher passwordHasher;
  private final AccessTokens accessTokens;

  private SecurityAdapter(SecurityConfig config) {
    gate = new HashingGate(config.hashingThreads(), config.hashingQueue());
    passwordHasher = new BcryptPasswordHasher(config.bcryptCost(), gate);
    accessTokens =
        new SignedAccessTokens(
            KeyRing.of(config.signingKey(), config.previousKeys()),
            config.issuer(),
            config.audience(),
            config.tokenLife());
  }

  /** An adapter with that configuration; it holds no thread while nobody hashes. */
  public static SecurityAdapter open(SecurityConfig config) {
    return new SecurityAdapter(config);
  }

  /** Hashes passwords; of no use after {@link #close}. */
  public PasswordHasher passwordHasher() {
    return passwordHasher;
  }

  /** Issues and reads tokens. */
  public AccessTokens accessTokens() {
    return accessTokens;
  }

  /** Hashes what has been begun or waits, and nothing after that. Idempotent. */
  @Override
  public void close() {
    gate.close();
  }
}
