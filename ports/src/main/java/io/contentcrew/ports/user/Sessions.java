package io.contentcrew.ports.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import java.time.Instant;
import java.util.Optional;

/**
 * The sessions of signed-in users. Once {@link #end} has committed, nobody finds the session any
 * more.
 */
public interface Sessions {
  /** Adds a session; its user must exist. */
  void add(Session session);

  /**
   * Who is signed in with that session; empty if there is none, or it has ended or expired at
   * {@code now}.
   */
  Optional<SignedIn> find(SessionId id, Instant now);

  /** Ends a session. Returns whether it was there and had not ended. */
  boolean end(SessionId id, Instant now);

  /**
   * Forgets sessions that ended or expired before {@code endedBefore}.
   *
   * @param limit at most so many
   * @return how many were forgotten; fewer than {@code limit} when no more are left
   */
  int purge(Instant endedBefore, int limit);

  /** A session, its user, and the tier the user is entitled to. */
  record SignedIn(Session session, User user, Entitlement entitlement) {}
}
