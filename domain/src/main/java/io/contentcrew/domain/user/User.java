package io.contentcrew.domain.user;

import java.time.Instant;
import java.util.Objects;

/**
 * An account.
 *
 * @param name what the user wants to be called, 1 to 100 characters, no control characters
 */
public record User(UserId id, EmailAddress email, String name, Instant createdAt) {
  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(createdAt, "createdAt");
    name = name.strip();
    if (name.isEmpty()
        || name.length() > MAX_NAME_LENGTH
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a name has 1 to " + MAX_NAME_LENGTH + " characters and no control characters");
    }
  }
}
