package io.contentcrew.sdk.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.PasswordPolicy;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an account and signs its owner in. Safe for use by many threads. */
public final class RegisterUser {
  private final Transactions transactions;
  private final PasswordHasher hasher;
  private final NewSessions newSessions;
  private final PasswordPolicy policy;
  private final InstantSource clock;
  private final Ids ids;

  /** Registers in those stores, with passwords of that policy. */
  public RegisterUser(
      Transactions transactions,
      PasswordHasher hasher,
      NewSessions newSessions,
      PasswordPolicy policy,
      InstantSource clock) {
    this.transactions = transactions;
    this.hasher = hasher;
    this.newSessions = newSessions;
    this.policy = policy;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /** What was typed into the form. */
  public record Request(String email, String password, String name) {
    @Override
    public String toString() {
      return "Request[hidden]";
    }
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** There is an account, and its owner is signed in. */
    record Registered(SignedIn signedIn, Secret token) implements Outcome {}

    /** The form is not right. */
    record Invalid(List<FieldProblem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }

    /** There is an account with that address already. */
    record EmailTaken() implements Outcome {}
  }

  /**
   * Registers. Hashes the password also when the address is taken, so that the time it takes tells
   * nothing.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome register(Request request) {
    List<FieldProblem> problems = new ArrayList<>();
    Optional<EmailAddress> email = EmailAddress.parse(request.email);
    if (email.isEmpty()) {
      problems.add(
          new FieldProblem("/email", "invalid", "An e-mail address looks like name@example.com."));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<User> user = email.flatMap(address -> user(address, request.name, now, problems));
    email
        .flatMap(address -> policy.objection(request.password, address, request.name))
        .ifPresent(
            objection -> problems.add(new FieldProblem("/password", "unsuitable", objection)));
    if (user.isEmpty() || !problems.isEmpty()) {
      return new Outcome.Invalid(problems);
    }
    PasswordHash hash = hasher.hash(request.password);
    return add(user.get(), hash, now);
  }

  private Outcome add(User user, PasswordHash hash, Instant now) {
    Session session = newSessions.forUser(user.id(), now);
    boolean added =
        transactions.inTransaction(
            stores -> {
              boolean first = stores.users().add(user, Optional.of(hash));
              if (first) {
                stores.sessions().add(session);
              }
              return first;
            });
    return added
        ? new Outcome.Registered(
            new SignedIn(session, user, Entitlement.free()), newSessions.tokenFor(session))
        : new Outcome.EmailTaken();
  }

  private Optional<User> user(
      EmailAddress email, String name, Instant now, List<FieldProblem> problems) {
    try {
      return Optional.of(new User(new UserId(ids.next()), email, name, now));
    } catch (IllegalArgumentException e) {
      problems.add(
          new FieldProblem(
              "/name",
              "invalid",
              "A name has 1 to "
                  + User.MAX_NAME_LENGTH
                  + " characters and no control characters."));
      return Optional.empty();
    }
  }
}
