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
 * @param guest whether it is for a try only: without address, password and identities, for a while,
 *     and to be handed over to an account when its owner has one
 */
public record User(
    UserId id,
    Optional<EmailAddress> email,
    boolean emailVerified,
    String name,
    Instant createdAt,
    boolean guest) {
  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  private static final String GUEST = "Guest";

  /** An account that is no guest's. */
  public User(
      UserId id,
      Optional<EmailAddress> email,
      boolean emailVerified,
      String name,
      Instant createdAt) {
    this(id, email, emailVerified, name, createdAt, false);
  }

  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(createdAt, "createdAt");
    if (emailVerified && email.isEmpty()) {
      throw new IllegalArgumentException("an address that is not there cannot be verified");
    }
    if (guest && email.isPresent()) {
      throw new IllegalArgumentException("a guest has no address");
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

  /** Somebody who tries things out. */
  public static User guest(UserId id, Instant createdAt) {
    return new User(id, Optional.empty(), false, GUEST, createdAt, true);
  }

  /** A copy whose address is proved to be its owner's. */
  public User withVerifiedEmail() {
    return new User(id, email, true, name, createdAt, guest);
  }
}
