package io.contentcrew.domain.user;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An account.
 *
 * @param email where its owner can be reached, and by which they sign in with a password; empty for
 *     accounts whose identity provider named none, or that lost it to whoever proved to own it
 * @param emailVerified whether it was proved that the owner reads mail there
 * @param name what the user wants to be called, 1 to 100 characters, no control characters
 */
public record User(
    UserId id,
    Optional<EmailAddress> email,
    boolean emailVerified,
    String name,
    Instant createdAt) {
  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(createdAt, "createdAt");
    if (emailVerified && email.isEmpty()) {
      throw new IllegalArgumentException("an address that is not there cannot be verified");
    }
    name = name.strip();
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a name has 1 to " + MAX_NAME_LENGTH + " characters and no control characters");
    }
  }

  /** Whether that can be a name: what this refuses, the constructor does not take. */
  public static boolean isName(String text) {
    return Names.isName(text, MAX_NAME_LENGTH);
  }

  /** An account whose address nobody has proved to own. */
  public static User of(UserId id, EmailAddress email, String name, Instant createdAt) {
    return new User(id, Optional.of(email), false, name, createdAt);
  }

  /** A copy whose address is proved to be its owner's. */
  public User withVerifiedEmail() {
    return new User(id, email, true, name, createdAt);
  }
}
