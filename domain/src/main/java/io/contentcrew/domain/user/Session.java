package io.contentcrew.domain.user;

import java.time.Instant;
import java.util.Objects;

/**
 * A user's stay, from signing in to signing out or to {@code expiresAt}.
 *
 * @param expiresAt the first instant at which the session lets nobody in any more
 * @param device what the client called itself, for its owner to tell sessions apart: at most
 *     {@value #MAX_DEVICE_LENGTH} characters, no control characters, perhaps none at all
 */
public record Session(
    SessionId id, UserId userId, Instant createdAt, Instant expiresAt, String device) {
  /** The longest name of a device, in characters. */
  public static final int MAX_DEVICE_LENGTH = 200;

  public Session {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(createdAt, "createdAt");
    if (!expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException("a session must expire after it begins");
    }
    if (device.length() > MAX_DEVICE_LENGTH
        || device.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a device's name has at most "
              + MAX_DEVICE_LENGTH
              + " characters and no control characters");
    }
  }
}
