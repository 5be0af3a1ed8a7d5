package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.FieldProblem;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes the password of a user who is signed in, or gives one to an account that had none. All
 * other sessions of the user end. Safe for use by many threads.
 */
public final class ChangePassword {
  private final AccountContext context;
  private final Proofs proofs;

  ChangePassword(AccountContext context, Proofs proofs) {
    this.context = context;
    this.proofs = proofs;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** The new password counts from now on. */
    record Changed() implements Outcome {}

    /** The new password cannot be had. */
    record Invalid(FieldProblem problem) implements Outcome {}

    /** It was not shown that it is the owner who asks. */
    record NotProven(Proof.Verdict verdict) implements Outcome {}
  }

  /**
   * Changes it.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome change(Session session, Proof proof, String newPassword) {
    UserId id = session.userId();
    Optional<User> user = context.transactions().read(stores -> stores.users().find(id));
    Optional<FieldProblem> problem =
        user.flatMap(
            owner ->
                Forms.passwordProblem(
                    context.settings().passwordPolicy(), owner, "/new_password", newPassword));
    if (problem.isPresent()) {
      return new Outcome.Invalid(problem.get());
    }
    Proofs.Checked checked = proofs.check(id, proof);
    if (!checked.isProven()) {
      return new Outcome.NotProven(checked.verdict());
    }
    PasswordHash hash = context.hasher().hash(newPassword);
    Outcome outcome =
        context
            .transactions()
            .inTransaction(stores -> change(stores, session, checked.hash(), hash));
    context.post().ifPresent(PostOffice::ring);
    return outcome;
  }

  /** Under the account's lock: another change may have been quicker. */
  private Outcome change(
      Stores stores, Session session, Optional<PasswordHash> old, PasswordHash hash) {
    Instant now = context.now();
    Optional<User> owner =
        stores
            .users()
            .lock(session.userId())
            .filter(Account::isActive)
            .filter(account -> account.passwordHash().equals(old))
            .map(Account::user);
    if (owner.isEmpty()) {
      return new Outcome.NotProven(Proof.Verdict.WRONG_PASSWORD);
    }
    set(context, stores, owner.get(), hash, Optional.of(session), now);
    AccountContext.note(stores, Kind.PASSWORD_CHANGED, session.userId(), now);
    return new Outcome.Changed();
  }

  /**
   * Sets a password, and ends what could be done without it.
   *
   * @param owner whose account is locked
   */
  static void set(
      AccountContext context,
      Stores stores,
      User owner,
      PasswordHash hash,
      Optional<Session> except,
      Instant now) {
    UserId id = owner.id();
    stores.users().setPasswordHash(id, Optional.of(hash));
    stores.sessions().endAll(id, except.map(Session::id), now);
    stores.tickets().removeAll(id);
    PostOffice.tell(context.post(), stores, owner, new Matter.PasswordChanged(id), now);
  }
}
