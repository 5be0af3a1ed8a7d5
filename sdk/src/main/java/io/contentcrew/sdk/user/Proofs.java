package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Now;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that it is the owner. Safe for use by many threads. */
final class Proofs {
  private final Transactions transactions;
  private final @Nullable PasswordHasher hasher;
  private final InstantSource clock;

  /** Without a hasher no password is right. */
  Proofs(Transactions transactions, @Nullable PasswordHasher hasher, InstantSource clock) {
    this.transactions = transactions;
    this.hasher = hasher;
    this.clock = clock;
  }

  /** What a proof is worth, and the password's hash it was checked against, if there is one. */
  record Checked(Proof.Verdict verdict, Optional<PasswordHash> hash) {
    boolean isProven() {
      return verdict == Proof.Verdict.PROVEN;
    }
  }

  /** For what takes access away: an account's password must be given if it has one. */
  Checked check(UserId user, Proof proof) {
    Optional<Account> account = account(user);
    Optional<PasswordHash> hash = account.flatMap(Account::passwordHash);
    Proof.Verdict verdict =
        isGuest(account) ? Proof.Verdict.SIGN_UP_NEEDED : verdict(user, proof, hash);
    return new Checked(verdict, hash);
  }

  /** Likewise, to leave for good; guests have nothing to show but their session. */
  Proof.Verdict checkToLeave(UserId user, Proof proof) {
    boolean guestsOwn =
        proof instanceof Proof.RecentSignIn(Session session)
            && session.userId().equals(user)
            && isGuest(account(user));
    return guestsOwn || proof instanceof Proof.Vouched
        ? Proof.Verdict.PROVEN
        : check(user, proof).verdict();
  }

  /** For what gives access: to have signed in lately is enough. */
  Proof.Verdict checkLately(UserId user, Proof proof) {
    Optional<Account> account = account(user);
    if (isGuest(account)) {
      return Proof.Verdict.SIGN_UP_NEEDED;
    }
    return proof instanceof Proof.RecentSignIn(Session session) && isRecent(user, session)
        ? Proof.Verdict.PROVEN
        : verdict(user, proof, account.flatMap(Account::passwordHash));
  }

  private Optional<Account> account(UserId user) {
    return transactions.read(stores -> stores.users().account(user));
  }

  private static boolean isGuest(Optional<Account> account) {
    return account.filter(known -> known.user().guest()).isPresent();
  }

  private Proof.Verdict verdict(UserId user, Proof proof, Optional<PasswordHash> hash) {
    return switch (proof) {
      case Proof.Vouched() -> Proof.Verdict.PROVEN;
      case Proof.RecentSignIn(Session session) ->
          hash.isPresent()
              ? Proof.Verdict.PASSWORD_NEEDED
              : isRecent(user, session) ? Proof.Verdict.PROVEN : Proof.Verdict.SIGN_IN_NEEDED;
      case Proof.Password(Secret password) ->
          hash.isEmpty()
              ? Proof.Verdict.SIGN_IN_NEEDED
              : isPassword(user, password, hash.get())
                  ? Proof.Verdict.PROVEN
                  : Proof.Verdict.WRONG_PASSWORD;
    };
  }

  private boolean isRecent(UserId user, Session session) {
    return session.userId().equals(user)
        && !clock.instant().isAfter(session.createdAt().plus(Proof.RECENT));
  }

  /** Counted, or whoever finds a session open could try passwords at leisure. */
  private boolean isPassword(UserId user, Secret password, PasswordHash hash) {
    if (hasher == null) {
      return false;
    }
    Instant now = Now.by(clock);
    Digest counted = AccountContext.counted("password", user.toString());
    if (!transactions.inTransaction(
        stores -> stores.attempts().attempt(counted, AttemptRule.SIGN_IN, now))) {
      return false;
    }
    boolean right = hasher.verify(password.reveal(), hash) != PasswordHasher.Verdict.MISMATCH;
    return transactions.inTransaction(
        stores -> {
          if (right) {
            stores.attempts().clear(counted);
          } else {
            AccountContext.note(stores, Kind.PASSWORD_REFUSED, user, now);
          }
          return right;
        });
  }
}
