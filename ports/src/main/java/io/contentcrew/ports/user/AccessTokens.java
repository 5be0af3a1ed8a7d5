package io.contentcrew.ports.user;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Issues and reads the tokens by which requests name their session. Safe for use by many threads;
 * never blocks.
 */
public interface AccessTokens {
  /** A token for the session, which ends with it. */
  Secret issue(Session session);

  /**
   * What a token says; empty if it was not issued here, was altered, or is not valid at {@code
   * now}. Whether the session still lives is for {@link Sessions} to say.
   */
  Optional<Claims> read(String token, Instant now);

  /** What a valid token says. */
  record Claims(UserId userId, SessionId sessionId, Instant expiresAt) {}
}
