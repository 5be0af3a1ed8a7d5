package io.contentcrew.domain.user;

import java.time.Instant;
import java.util.Objects;

/**
 * A user's stay, from signing in to signing out or to {@code expiresAt}.
 *
 * @param expiresAt the first instant at which the session lets nobody in any more
 */
public record Session(SessionId id, UserId userId, Instant createdAt, Instant expiresAt) {
  public Session {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(createdAt, "createdAt");
    if (!expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException("a session must expire after it begins");
    }
  }
}
