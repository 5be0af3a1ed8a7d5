package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.Sessions.Open;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows users where they are signed in, and signs them out. When a method that ends sessions
 * returns, no instance lets anybody in with them any more. Safe for use by many threads.
 */
public final class ManageSessions {
  private final AccountContext context;

  ManageSessions(AccountContext context) {
    this.context = context;
  }

  /** The user's sessions that are open, the newest first. */
  public List<Open> list(UserId user) {
    Instant now = context.now();
    return context.transactions().read(stores -> stores.sessions().list(user, now));
  }

  /** Signs out: ends the session. Nothing happens if it has ended already. */
  public void signOut(Session session) {
    Instant now = context.now();
    context
        .transactions()
        .inTransaction(
            stores -> {
              boolean ended = stores.sessions().end(session.id(), now);
              if (ended) {
                note(stores, session.userId(), session.id().handle(), now);
              }
              return ended;
            });
  }

  /** Ends a session of the user. Returns whether there was one of that handle that was open. */
  public boolean end(UserId user, SessionHandle handle) {
    Instant now = context.now();
    return context
        .transactions()
        .inTransaction(
            stores -> {
              boolean ended = stores.sessions().end(user, handle, now);
              if (ended) {
                note(stores, user, handle, now);
              }
              return ended;
            });
  }

  private static void note(Stores stores, UserId user, SessionHandle handle, Instant now) {
    AccountContext.note(
        stores, Kind.SESSION_ENDED, user, now, Map.of("session", handle.toString()));
  }

  /** Ends all sessions of the user, but for {@code except}. Returns how many there were. */
  public int endAll(UserId user, Optional<SessionId> except) {
    Instant now = context.now();
    return context
        .transactions()
        .inTransaction(
            stores -> {
              int ended = stores.sessions().endAll(user, except, now);
              AccountContext.note(
                  stores, Kind.SESSIONS_ENDED, user, now, Map.of("count", String.valueOf(ended)));
              return ended;
            });
  }
}
