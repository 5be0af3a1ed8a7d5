package io.contentcrew.sdk.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.Users.Account;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Gives what guests have made to the accounts that they turn out to have. */
final class Guests {
  private Guests() {}

  /**
   * Makes all that a guest has the account's, also jobs that wait or run, and ends the guest:
   * either all of it or, where the guest has gone meanwhile, nothing. What was reserved and used
   * counts in the account's period now, beyond its quota if need be: else somebody could be a guest
   * time and again before their quota is used, and have all of it still. Whose quota is used up may
   * have more in this way, as often as guests are let in from their network address.
   *
   * <p>In the transaction in which the account's owner is let in, with the account held. Locks are
   * taken as workers take them: a job, then its owner.
   */
  static void handOver(Stores stores, Optional<UserId> guest, UserId to, Instant now) {
    Entitlement entitlement = stores.subscriptions().entitlement(to, now);
    handOver(stores, guest, to, Optional.of(entitlement.usagePeriod(now)), now);
  }

  /**
   * As {@link #handOver}, to an account that was made just now. Its owner's first pieces are a
   * gift: what was reserved and used stays in the guest's own period, and no quota counts it.
   */
  static void welcome(Stores stores, Optional<UserId> guest, UserId to, Instant now) {
    handOver(stores, guest, to, Optional.empty(), now);
  }

  private static void handOver(
      Stores stores, Optional<UserId> guest, UserId to, Optional<UsagePeriod> into, Instant now) {
    if (guest.isEmpty()) {
      return;
    }
    UserId from = guest.get();
    stores.jobs().lockActive(from);
    boolean isThere =
        stores
            .users()
            .lock(from)
            .filter(Account::isActive)
            .filter(account -> account.user().guest())
            .isPresent();
    if (!isThere) {
      return;
    }
    int jobs = stores.jobs().handOver(from, to);
    stores.usage().handOver(from, to, into);
    stores.idempotencyKeys().handOver(from, to);
    end(stores, from, now);
    AccountContext.note(
        stores,
        Kind.GUEST_HANDED_OVER,
        to,
        now,
        Map.of("guest", from.toString(), "jobs", String.valueOf(jobs)));
  }

  /** Nothing of the guest's is to be kept for later: it is erased with the next round. */
  private static void end(Stores stores, UserId guest, Instant now) {
    stores.sessions().endAll(guest, Optional.empty(), now);
    stores.users().delete(guest, now);
    AccountContext.note(stores, Kind.ACCOUNT_DELETED, guest, now);
  }
}
