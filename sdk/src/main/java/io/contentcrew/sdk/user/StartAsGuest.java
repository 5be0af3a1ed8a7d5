package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Users.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets somebody in who has no account, to try things out: with little to use, for a while. What
 * they make becomes the account's by which they sign up or in later, if they show the guest's
 * session then. Safe for use by many threads.
 */
public final class StartAsGuest {
  private final AccountContext context;

  StartAsGuest(AccountContext context) {
    this.context = context;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** They are in. */
    record Started(NewSession session) implements Outcome {}

    /** Guests are not let in here. */
    record NotOffered() implements Outcome {}
  }

  /** Whether guests are let in here. */
  public boolean isOffered() {
    return context.settings().guests();
  }

  /**
   * Lets a guest in.
   *
   * @param device what the client calls itself
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public Outcome start(String device) {
    if (!isOffered()) {
      return new Outcome.NotOffered();
    }
    Instant now = context.now();
    Account guest =
        new Account(
            User.guest(new UserId(context.ids().next()), now),
            Optional.empty(),
            AccountState.ACTIVE);
    return context
        .transactions()
        .inTransaction(
            stores -> {
              if (!stores.users().add(guest.user(), Optional.empty())) {
                throw new IllegalStateException("the id of a guest is not new");
              }
              AccountContext.note(stores, Kind.GUEST_STARTED, guest.user().id(), now);
              return new Outcome.Started(
                  context.open(stores, guest, device, Optional.empty(), now));
            });
  }
}
