package io.contentcrew.domain.user;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A key by which a program acts for a user.
 *
 * @param name what its owner calls it, 1 to 100 characters, no control characters
 * @param hint how the key begins, so that its owner can tell it from others
 * @param expiresAt the first instant at which it lets nobody in any more; empty if there is none
 */
public record ApiKey(
    ApiKeyId id,
    UserId userId,
    String name,
    Set<ApiScope> scopes,
    String hint,
    Instant createdAt,
    Optional<Instant> expiresAt) {
  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  public ApiKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(hint, "hint");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
    scopes = Set.copyOf(scopes);
    name = name.strip();
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a key's name has 1 to " + MAX_NAME_LENGTH + " characters and no control characters");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a key is for something: it needs a scope");
    }
  }

  /** Whether that can be a name: what this refuses, the constructor does not take. */
  public static boolean isName(String text) {
    return Names.isName(text, MAX_NAME_LENGTH);
  }
}
