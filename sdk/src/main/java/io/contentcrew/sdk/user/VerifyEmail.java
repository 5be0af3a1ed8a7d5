package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AccountState;
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
 * Proves that the owner of an account, or of one that is to be, reads mail at its address. Safe for
 * use by many threads.
 */
public final class VerifyEmail {
  private final AccountContext context;

  VerifyEmail(AccountContext context) {
    this.context = context;
  }

  /**
   * A letter's token, and what it needs besides.
   *
   * @param password for a sign-up: the account's password, whichever was given before
   * @param name for a sign-up: what its owner wants to be called, if not as before
   * @param signedIn for the address of an account: its owner
   * @param device what the client calls itself
   * @param guest for a sign-up: who it has been until now, if a guest; what they have made becomes
   *     the account's
   */
  public record Request(
      String token,
      Optional<String> password,
      Optional<String> name,
      Optional<UserId> signedIn,
      String device,
      Optional<UserId> guest) {
    /** Of somebody who has been no guest. */
    public Request(
        String token,
        Optional<String> password,
        Optional<String> name,
        Optional<UserId> signedIn,
        String device) {
      this(token, password, name, signedIn, device, Optional.empty());
    }

    @Override
    public String toString() {
      return "Request[hidden]";
    }
  }

  /** What a letter's token has shown. */
  public sealed interface Outcome {
    /** The sign-up has become an account, and its owner is signed in. */
    record Registered(NewSession session) implements Outcome {}

    /** The address of an account is its owner's. */
    record Verified(UserId user) implements Outcome {}

    /** The token is right, but what is needed besides is not; it is still good. */
    record Invalid(FieldProblem problem) implements Outcome {}

    /** The token is right, but the account's owner must be signed in; it is still good. */
    record SignInNeeded() implements Outcome {}

    /** The token is none, was used, has expired, or what it was for is not so any more. */
    record NotValid() implements Outcome {}
  }

  /** What became of the wish for a letter. */
  public enum Sending {
    /** A letter is on its way. */
    ON_ITS_WAY,
    /** There have been enough letters for now. */
    TOO_MANY,
    /** The account has no address, or it is verified. */
    NOTHING_TO_VERIFY,
    /** No mail can be sent here. */
    NO_MAIL
  }

  /** Has a letter sent to the address of an account that is not verified. */
  public Sending send(UserId id) {
    if (context.post().isEmpty()) {
      return Sending.NO_MAIL;
    }
    PostOffice post = context.post().get();
    Instant now = context.now();
    Sending sending = context.transactions().inTransaction(stores -> write(stores, post, id, now));
    post.ring();
    return sending;
  }

  private static Sending write(Stores stores, PostOffice post, UserId id, Instant now) {
    Optional<EmailAddress> email =
        stores.users().find(id).filter(user -> !user.emailVerified()).flatMap(User::email);
    if (email.isEmpty()) {
      return Sending.NOTHING_TO_VERIFY;
    }
    if (!stores
        .attempts()
        .attempt(AccountContext.counted("verify", id.toString()), AttemptRule.LETTER, now)) {
      return Sending.TOO_MANY;
    }
    post.write(stores, email.get(), new Matter.VerifyEmail(id), now);
    return Sending.ON_ITS_WAY;
  }

  /**
   * Takes the token of a letter, which is good once.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome verify(Request request) {
    Digest digest = Digest.of(request.token);
    Instant now = context.now();
    Optional<Ticket.SignUp> signUp =
        context
            .transactions()
            .read(stores -> stores.tickets().find(digest, Ticket.SignUp.class, now));
    return signUp.isPresent()
        ? register(digest, signUp.get(), request)
        : context.transactions().inTransaction(stores -> verify(stores, digest, request));
  }

  private Outcome register(Digest digest, Ticket.SignUp signUp, Request request) {
    String name = request.name.orElse(signUp.name());
    if (!User.isName(name)) {
      return new Outcome.Invalid(Forms.nameProblem(User.MAX_NAME_LENGTH));
    }
    if (request.password.isEmpty()) {
      return new Outcome.Invalid(
          new FieldProblem("/password", "missing", "Choose the account's password here."));
    }
    String password = request.password.get();
    User user =
        User.of(new UserId(context.ids().next()), signUp.email(), name, context.now())
            .withVerifiedEmail();
    Optional<FieldProblem> problem =
        Forms.passwordProblem(context.settings().passwordPolicy(), user, "/password", password);
    if (problem.isPresent()) {
      return new Outcome.Invalid(problem.get());
    }
    PasswordHash hash = context.hasher().hash(password);
    Account account = new Account(user, Optional.of(hash), AccountState.ACTIVE);
    return context
        .transactions()
        .inTransaction(stores -> register(stores, digest, signUp, account, request));
  }

  private Outcome register(
      Stores stores, Digest digest, Ticket.SignUp signUp, Account account, Request request) {
    Instant now = context.now();
    if (stores.tickets().take(digest, Ticket.SignUp.class, now).isEmpty()) {
      return new Outcome.NotValid();
    }
    AccountContext.release(stores, signUp.email(), now);
    if (!stores.users().add(account.user(), account.passwordHash())) {
      return new Outcome.NotValid(); // another letter to the same address was quicker
    }
    AccountContext.note(stores, Kind.SIGNED_UP, account.user().id(), now);
    AccountContext.note(stores, Kind.EMAIL_VERIFIED, account.user().id(), now);
    Guests.welcome(stores, request.guest, account.user().id(), now);
    return new Outcome.Registered(
        context.open(stores, account, request.device, Optional.empty(), now));
  }

  /**
   * Only for who is signed in to the account: else a stranger could sign up with an address, and
   * have its owner prove the stranger's account.
   */
  private Outcome verify(Stores stores, Digest digest, Request request) {
    Instant now = context.now();
    Optional<Ticket.VerifyEmail> ticket =
        stores.tickets().find(digest, Ticket.VerifyEmail.class, now);
    if (ticket.isEmpty()) {
      return new Outcome.NotValid();
    }
    UserId owner = ticket.get().user();
    if (!request.signedIn.equals(Optional.of(owner))) {
      return new Outcome.SignInNeeded();
    }
    boolean verified =
        stores.tickets().take(digest, Ticket.VerifyEmail.class, now).isPresent()
            && stores.users().verifyEmail(owner, ticket.get().email());
    if (!verified) {
      return new Outcome.NotValid();
    }
    AccountContext.note(stores, Kind.EMAIL_VERIFIED, owner, now);
    return new Outcome.Verified(owner);
  }
}
