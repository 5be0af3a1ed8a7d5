package io.contentcrew.ports.user;

/** Turns passwords into hashes, slowly on purpose. Safe for use by many threads. */
public interface PasswordHasher {
  /** What comparing a password with a hash has shown. */
  enum Verdict {
    /** It is the password. */
    MATCH,
    /** It is the password, and the hash is weaker than new ones: hash it anew and keep that. */
    MATCH_OUTDATED,
    /** It is another password, or the hash is none of ours. */
    MISMATCH
  }

  /**
   * Hashes a password with a new salt. Blocks, and uses a core, for a good part of a second; waits
   * for its turn when many do.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if too many wait already
   * @throws IllegalArgumentException if the password holds an unpaired surrogate
   */
  PasswordHash hash(String password);

  /**
   * Compares a password with a hash. Costs the same for every password, and is as slow as {@link
   * #hash}.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if too many wait already
   */
  Verdict verify(String password, PasswordHash hash);

  /**
   * Spends the time of {@link #verify} on nothing: for accounts that are not there, so that nobody
   * can tell by the clock.
   */
  void pretendToVerify(String password);
}
