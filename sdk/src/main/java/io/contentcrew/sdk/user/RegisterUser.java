package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.FieldProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes accounts. Where mail can be sent, an account is made when its address is proved, by {@link
 * VerifyEmail}, and nobody is told whether there is one already; where it cannot, or {@link
 * AccountSettings#signUpAtOnce} says so, at once. Safe for use by many threads.
 */
public final class RegisterUser {
  private final AccountContext context;

  RegisterUser(AccountContext context) {
    this.context = context;
  }

  /**
   * What was typed into the form.
   *
   * @param device what the client calls itself
   * @param guest who it has been until now, if a guest: what they have made becomes the account's
   */
  public record Request(
      String email, String password, String name, String device, Optional<UserId> guest) {
    /** Of somebody who has been no guest. */
    public Request(String email, String password, String name, String device) {
      this(email, password, name, device, Optional.empty());
    }

    @Override
    public String toString() {
      return "Request[hidden]";
    }
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** There is an account, and its owner is signed in. */
    record Registered(NewSession session) implements Outcome {}

    /**
     * A letter tells the address's owner how to go on; which one depends on whether there is an
     * account, and only they are told.
     */
    record LetterSent() implements Outcome {}

    /** The form is not right. */
    record Invalid(List<FieldProblem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }

    /** No account can be had with that address: there is one, or was until lately. */
    record EmailTaken() implements Outcome {}
  }

  /**
   * Registers. Hashes the password also when the address is taken, so that the time it takes tells
   * nothing. Where a letter is sent, the password is checked and forgotten: whoever reads the
   * letter chooses the one that counts.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome register(Request request) {
    Optional<EmailAddress> email = EmailAddress.parse(request.email);
    List<FieldProblem> problems = problems(request, email);
    if (email.isEmpty() || !problems.isEmpty()) {
      return new Outcome.Invalid(problems);
    }
    Instant now = context.now();
    User user = User.of(new UserId(context.ids().next()), email.get(), request.name, now);
    if (context.post().isPresent() && !context.settings().signUpAtOnce()) {
      return ask(context.post().get(), email.get(), user.name(), now);
    }
    PasswordHash hash = context.hasher().hash(request.password);
    return add(new Account(user, Optional.of(hash), AccountState.ACTIVE), request, now);
  }

  /** Of all members, also of those that can only be looked at without the address. */
  private List<FieldProblem> problems(Request request, Optional<EmailAddress> email) {
    List<FieldProblem> problems = new ArrayList<>();
    if (email.isEmpty()) {
      problems.add(
          new FieldProblem("/email", "invalid", "An e-mail address looks like name@example.com."));
    }
    if (!User.isName(request.name)) {
      problems.add(Forms.nameProblem(User.MAX_NAME_LENGTH));
    }
    Forms.passwordProblem(
            context.settings().passwordPolicy(), email, request.name, "/password", request.password)
        .ifPresent(problems::add);
    return problems;
  }

  private Outcome add(Account account, Request request, Instant now) {
    return context
        .transactions()
        .inTransaction(
            stores -> {
              if (!stores.users().add(account.user(), account.passwordHash())) {
                return new Outcome.EmailTaken();
              }
              AccountContext.note(stores, Kind.SIGNED_UP, account.user().id(), now);
              Guests.welcome(stores, request.guest, account.user().id(), now);
              return new Outcome.Registered(
                  context.open(stores, account, request.device, Optional.empty(), now));
            });
  }

  /** One letter for each address that asks, whatever it says, and not too many. */
  private Outcome ask(PostOffice post, EmailAddress email, String name, Instant now) {
    context
        .transactions()
        .inTransaction(
            stores -> {
              if (stores
                  .attempts()
                  .attempt(
                      AccountContext.counted("sign-up", email.value()), AttemptRule.LETTER, now)) {
                post.write(stores, email, matter(stores, email, name), now);
              }
              return true;
            });
    post.ring();
    return new Outcome.LetterSent();
  }

  private static Matter matter(Stores stores, EmailAddress email, String name) {
    return stores
        .users()
        .findByEmail(email)
        .filter(account -> account.state() != AccountState.DELETED)
        .map(Account::user)
        .<Matter>map(owner -> new Matter.AddressInUse(owner.id()))
        .orElseGet(() -> new Matter.ConfirmSignUp(name));
  }
}
