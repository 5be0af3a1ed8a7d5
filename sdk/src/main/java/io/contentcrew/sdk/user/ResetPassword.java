package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.FieldProblem;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives the owner of an account a new password by mail. That the letter was read also proves the
 * address, and takes everything from whoever may have used the account without having proved it.
 * Safe for use by many threads.
 */
public final class ResetPassword {
  private final AccountContext context;

  ResetPassword(AccountContext context) {
    this.context = context;
  }

  /** What became of the wish for a letter. */
  public enum Sending {
    /** If there is an account with that address, a letter is on its way. Nobody is told more. */
    PERHAPS_ON_ITS_WAY,
    /** No mail can be sent here. */
    NO_MAIL
  }

  /** What became of the reset. */
  public sealed interface Outcome {
    /** The new password counts from now on; all sessions have ended. */
    record Changed() implements Outcome {}

    /** The new password cannot be had; the token is still good. */
    record Invalid(FieldProblem problem) implements Outcome {}

    /** The token is none, was used, or has expired. */
    record NotValid() implements Outcome {}
  }

  /** Has a letter sent to the owner of an account. */
  public Sending send(String address) {
    if (context.post().isEmpty()) {
      return Sending.NO_MAIL;
    }
    PostOffice post = context.post().get();
    Instant now = context.now();
    EmailAddress.parse(address)
        .ifPresent(
            email ->
                context
                    .transactions()
                    .inTransaction(
                        stores -> {
                          write(stores, post, email, now);
                          return true;
                        }));
    post.ring();
    return Sending.PERHAPS_ON_ITS_WAY;
  }

  private static void write(Stores stores, PostOffice post, EmailAddress email, Instant now) {
    if (!stores
        .attempts()
        .attempt(AccountContext.counted("reset", email.value()), AttemptRule.LETTER, now)) {
      return;
    }
    stores
        .users()
        .findByEmail(email)
        .filter(Account::isActive)
        .map(account -> account.user().id())
        .ifPresent(
            owner -> {
              post.write(stores, email, new Matter.ResetPassword(owner), now);
              AccountContext.note(stores, Kind.PASSWORD_RESET_REQUESTED, owner, now);
            });
  }

  /**
   * Sets the new password by the token of a letter, which is good once.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome reset(String token, String newPassword) {
    Digest digest = Digest.of(token);
    Optional<User> user = context.transactions().read(stores -> owner(stores, digest));
    if (user.isEmpty()) {
      return new Outcome.NotValid();
    }
    Optional<FieldProblem> problem =
        Forms.passwordProblem(
            context.settings().passwordPolicy(), user.get(), "/new_password", newPassword);
    if (problem.isPresent()) {
      return new Outcome.Invalid(problem.get());
    }
    PasswordHash hash = context.hasher().hash(newPassword);
    Outcome outcome = context.transactions().inTransaction(stores -> reset(stores, digest, hash));
    context.post().ifPresent(PostOffice::ring);
    return outcome;
  }

  private Optional<User> owner(Stores stores, Digest digest) {
    return stores
        .tickets()
        .find(digest, Ticket.ResetPassword.class, context.now())
        .flatMap(ticket -> stores.users().find(ticket.user()));
  }

  private Outcome reset(Stores stores, Digest digest, PasswordHash hash) {
    Instant now = context.now();
    Optional<Ticket.ResetPassword> ticket =
        stores.tickets().take(digest, Ticket.ResetPassword.class, now);
    Optional<User> owner =
        ticket
            .flatMap(taken -> stores.users().lock(taken.user()))
            .filter(Account::isActive)
            .map(Account::user)
            .filter(user -> user.email().equals(ticket.map(Ticket.ResetPassword::email)));
    if (ticket.isEmpty() || owner.isEmpty()) {
      return new Outcome.NotValid();
    }
    EmailAddress email = ticket.get().email();
    prove(stores, owner.get(), email, now);
    ChangePassword.set(context, stores, owner.get(), hash, Optional.empty(), now);
    stores.attempts().clear(AccountContext.counted("sign-in", email.value()));
    AccountContext.note(stores, Kind.PASSWORD_RESET, owner.get().id(), now);
    return new Outcome.Changed();
  }

  /**
   * Whoever reads the address's mail owns the account. While that was not proved, a stranger may
   * have signed up with the address, and linked an identity or made a key to come back by.
   */
  private static void prove(Stores stores, User owner, EmailAddress email, Instant now) {
    if (owner.emailVerified()) {
      return;
    }
    UserId id = owner.id();
    stores.users().verifyEmail(id, email);
    stores.identities().unlinkAll(id);
    stores.apiKeys().revokeAll(id);
    AccountContext.note(stores, Kind.EMAIL_VERIFIED, id, now);
  }
}
