package io.contentcrew.sdk.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.ports.user.Users.Account;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Lets the owner of an account in. Safe for use by many threads. */
public final class SignIn {
  private final Transactions transactions;
  private final PasswordHasher hasher;
  private final NewSessions newSessions;
  private final InstantSource clock;

  /** Signs in to the accounts of those stores. */
  public SignIn(
      Transactions transactions,
      PasswordHasher hasher,
      NewSessions newSessions,
      InstantSource clock) {
    this.transactions = transactions;
    this.hasher = hasher;
    this.newSessions = newSessions;
    this.clock = clock;
  }

  /** What was typed into the form. */
  public record Request(String email, String password) {
    @Override
    public String toString() {
      return "Request[hidden]";
    }
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** They are in. */
    record Admitted(SignedIn signedIn, Secret token) implements Outcome {}

    /** They are not; nobody is told whether it was the address or the password. */
    record Refused() implements Outcome {}
  }

  /**
   * Signs in. An address without an account costs as much time as one with.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome signIn(Request request) {
    Optional<Account> account =
        EmailAddress.parse(request.email)
            .flatMap(
                email -> transactions.inTransaction(stores -> stores.users().findByEmail(email)));
    Optional<PasswordHash> hash = account.flatMap(Account::passwordHash);
    if (account.isEmpty() || hash.isEmpty()) {
      hasher.pretendToVerify(request.password);
      return new Outcome.Refused();
    }
    Verdict verdict = hasher.verify(request.password, hash.get());
    if (verdict == Verdict.MISMATCH) {
      return new Outcome.Refused();
    }
    Optional<PasswordHash> better =
        verdict == Verdict.MATCH_OUTDATED
            ? Optional.of(hasher.hash(request.password))
            : Optional.empty();
    return admit(account.get().user(), better);
  }

  private Outcome admit(User user, Optional<PasswordHash> betterHash) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Session session = newSessions.forUser(user.id(), now);
    Entitlement entitlement =
        transactions.inTransaction(
            stores -> {
              betterHash.ifPresent(hash -> stores.users().setPasswordHash(user.id(), hash));
              stores.sessions().add(session);
              return stores.subscriptions().entitlement(user.id(), now);
            });
    return new Outcome.Admitted(
        new SignedIn(session, user, entitlement), newSessions.tokenFor(session));
  }
}
