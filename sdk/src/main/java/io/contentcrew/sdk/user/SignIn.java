package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import io.contentcrew.ports.user.Users.Account;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the owner of an account in, by password. Whoever is refused is not told why, and it takes as
 * long whatever the reason: an unknown address, an account without a password, one that is closed,
 * one at which too many passwords were tried lately. Safe for use by many threads.
 */
public final class SignIn {
  private final AccountContext context;

  SignIn(AccountContext context) {
    this.context = context;
  }

  /**
   * What was typed into the form.
   *
   * @param device what the client calls itself
   * @param known what this device was given at an earlier sign-in, {@link NewSession#device()}
   * @param guest who it has been until now, if a guest: what they have made becomes the account's
   */
  public record Request(
      String email,
      String password,
      String device,
      Optional<String> known,
      Optional<UserId> guest) {
    /** Of somebody who has been no guest. */
    public Request(String email, String password, String device, Optional<String> known) {
      this(email, password, device, known, Optional.empty());
    }

    @Override
    public String toString() {
      return "Request[hidden]";
    }
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** They are in. */
    record Admitted(NewSession session) implements Outcome {}

    /** They are not; nobody is told why. */
    record Refused() implements Outcome {}
  }

  /**
   * Who knocks at an account.
   *
   * @param counted under which this try is counted
   * @param allowed whether a password may be tried now
   * @param device the name of the device, if it is known
   */
  private record Knock(
      Digest counted, boolean allowed, Optional<Account> account, Optional<String> device) {
    Optional<PasswordHash> hash() {
      return account
          .filter(any -> allowed)
          .filter(Account::isActive)
          .flatMap(Account::passwordHash);
    }

    Optional<UserId> user() {
      return account.map(known -> known.user().id());
    }
  }

  /**
   * Signs in.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores or the hasher cannot be had
   */
  public Outcome signIn(Request request) {
    Optional<Knock> knock =
        EmailAddress.parse(request.email).map(email -> knock(email, request.known));
    Optional<PasswordHash> hash = knock.flatMap(Knock::hash);
    if (knock.isEmpty() || hash.isEmpty()) {
      context.hasher().pretendToVerify(request.password);
      return refuse(knock.flatMap(Knock::user));
    }
    return verify(request, knock.get(), hash.get(), true);
  }

  /**
   * @param again whether to look once more, if the hash was replaced meanwhile: perhaps by the same
   *     password's, which another sign-in has made stronger
   */
  private Outcome verify(Request request, Knock knock, PasswordHash hash, boolean again) {
    UserId user = knock.user().orElseThrow();
    Verdict verdict = context.hasher().verify(request.password, hash);
    if (verdict == Verdict.MISMATCH) {
      return refuse(Optional.of(user));
    }
    Optional<PasswordHash> better =
        verdict == Verdict.MATCH_OUTDATED
            ? Optional.of(context.hasher().hash(request.password))
            : Optional.empty();
    Optional<Outcome> admitted =
        context
            .transactions()
            .inTransaction(stores -> admit(stores, user, hash, better, knock, request));
    if (admitted.isPresent()) {
      return admitted.get();
    }
    Optional<PasswordHash> now =
        context
            .transactions()
            .read(stores -> stores.users().account(user))
            .filter(Account::isActive)
            .flatMap(Account::passwordHash);
    return again && now.isPresent()
        ? verify(request, knock, now.get(), false)
        : refuse(Optional.of(user));
  }

  /** Counts the try before the password is looked at, so that many at once gain nothing. */
  private Knock knock(EmailAddress email, Optional<String> known) {
    Instant now = context.now();
    return context
        .transactions()
        .inTransaction(
            stores -> {
              Optional<Account> account = stores.users().findByEmail(email);
              Optional<String> device =
                  account.flatMap(
                      one -> known.flatMap(shown -> context.devices().read(shown, one, now)));
              Digest counted =
                  AccountContext.counted(
                      "sign-in", email.value() + device.map(name -> " at " + name).orElse(""));
              boolean allowed = stores.attempts().attempt(counted, AttemptRule.SIGN_IN, now);
              return new Knock(counted, allowed, account, device);
            });
  }

  /** Is noted whoever it was, or the time it takes would tell whether there is an account. */
  private Outcome refuse(Optional<UserId> user) {
    SecurityEvent refused = new SecurityEvent(Kind.SIGN_IN_REFUSED, user, context.now(), Map.of());
    return context
        .transactions()
        .inTransaction(
            stores -> {
              stores.audit().append(refused);
              return new Outcome.Refused();
            });
  }

  /** Under the account's lock; empty if the password was changed while it was checked. */
  private Optional<Outcome> admit(
      Stores stores,
      UserId user,
      PasswordHash verified,
      Optional<PasswordHash> better,
      Knock knock,
      Request request) {
    Instant now = context.now();
    Optional<Account> account =
        stores
            .users()
            .lock(user)
            .filter(Account::isActive)
            .filter(same -> same.passwordHash().equals(Optional.of(verified)));
    if (account.isEmpty()) {
      return Optional.empty();
    }
    better.ifPresent(hash -> stores.users().replacePasswordHash(user, verified, hash));
    stores.attempts().clear(knock.counted);
    Account admitted =
        new Account(
            account.get().user(), better.or(() -> Optional.of(verified)), account.get().state());
    NewSession session = context.open(stores, admitted, request.device, knock.device, now);
    Guests.handOver(stores, request.guest, user, now);
    AccountContext.note(
        stores,
        Kind.SIGNED_IN,
        user,
        now,
        Map.of("session", session.signedIn().session().id().handle().toString()));
    return Optional.of(new Outcome.Admitted(session));
  }
}
