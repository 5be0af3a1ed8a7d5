package io.contentcrew.sdk.user;

import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.Sessions.SignedIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Finds out who sends a request. Safe for use by many threads. */
public final class Authenticate {
  private final Transactions transactions;
  private final AccessTokens tokens;
  private final InstantSource clock;

  /** Authenticates against the sessions of those stores. */
  public Authenticate(Transactions transactions, AccessTokens tokens, InstantSource clock) {
    this.transactions = transactions;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Whose token it is; empty if it is none of ours, has expired, or its session has ended. The
   * session is read from the store each time: once signing out was answered, the token opens
   * nothing.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public Optional<SignedIn> authenticate(String token) {
    Instant now = clock.instant();
    return tokens
        .read(token, now)
        .flatMap(
            claims ->
                transactions
                    .read(stores -> stores.sessions().find(claims.sessionId(), now))
                    .filter(signedIn -> signedIn.user().id().equals(claims.userId())));
  }
}
