package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.SessionId;
import io.contentcrew.ports.Transactions;
import java.time.InstantSource;

/** Ends a session. Safe for use by many threads. */
public final class SignOut {
  private final Transactions transactions;
  private final InstantSource clock;

  /** Ends sessions of those stores. */
  public SignOut(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Ends the session; when it returns, nobody is let in with it any more. Nothing happens if it has
   * ended already.
   */
  public void signOut(SessionId session) {
    transactions.inTransaction(stores -> stores.sessions().end(session, clock.instant()));
  }
}
