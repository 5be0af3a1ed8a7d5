package io.contentcrew.ports.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of signed-in users. Once one of the methods that end a session has committed, nobody
 * finds the session any more.
 */
public interface Sessions {
  /** Adds a session; its user must exist. */
  void add(Session session);

  /**
   * Who is signed in with that session; empty if there is none, or it has ended or expired at
   * {@code now}, or its account is not active.
   */
  Optional<SignedIn> find(SessionId id, Instant now);

  /** The user's sessions that have neither ended nor expired at {@code now}, the newest first. */
  List<Open> list(UserId user, Instant now);

  /** Ends a session. Returns whether it was there and had not ended. */
  boolean end(SessionId id, Instant now);

  /** Ends the session of that handle, if it is the user's. Returns as {@link #end} does. */
  boolean end(UserId user, SessionHandle handle, Instant now);

  /**
   * Ends all sessions of the user, but for {@code except}.
   *
   * @return how many were there that had neither ended nor expired
   */
  int endAll(UserId user, Optional<SessionId> except, Instant now);

  /**
   * Forgets sessions that ended or expired before {@code endedBefore}.
   *
   * @param limit at most so many
   * @return how many were forgotten; fewer than {@code limit} when no more are left
   */
  int purge(Instant endedBefore, int limit);

  /** A session, its user, and the tier the user is entitled to. */
  record SignedIn(Session session, User user, Entitlement entitlement) {}

  /** A session as its user may see it. */
  record Open(SessionHandle handle, Instant createdAt, Instant expiresAt, String device) {}
}
