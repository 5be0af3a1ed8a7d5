package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.sdk.Ids;
import java.time.Duration;
import java.time.Instant;

/**
 * How a session begins: with an id nobody can guess, for a fixed time.
 *
 * @param lifetime of sessions and of their tokens
 */
public record NewSessions(AccessTokens tokens, Duration lifetime) {
  public NewSessions {
    if (lifetime.compareTo(Duration.ofMinutes(1)) < 0
        || lifetime.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("a session lives for a minute to a year");
    }
  }

  Session forUser(UserId user, Instant now) {
    return new Session(new SessionId(Ids.secret()), user, now, now.plus(lifetime));
  }

  Secret tokenFor(Session session) {
    return tokens.issue(session);
  }
}
