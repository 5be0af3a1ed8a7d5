package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Ids;
import io.contentcrew.sdk.Now;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all use cases of accounts with sign-in have in common. */
record AccountContext(
    Transactions transactions,
    InstantSource clock,
    Ids ids,
    PasswordHasher hasher,
    AccessTokens tokens,
    KnownDevices devices,
    Optional<PostOffice> post,
    AccountSettings settings) {
  /** Now. */
  Instant now() {
    return Now.by(clock);
  }

  /** How many sessions a user may have open; the oldest make room. */
  static final int MOST_SESSIONS = 50;

  /**
   * Begins a session of a user who has proved who they are.
   *
   * @param known the device's name, where it was known already
   */
  NewSession open(
      Stores stores, Account account, String device, Optional<String> known, Instant now) {
    User user = account.user();
    makeRoom(stores, user.id(), now);
    Session session =
        new Session(
            new SessionId(Ids.secret()),
            user.id(),
            now,
            now.plus(lifetime(user)),
            printable(device, Session.MAX_DEVICE_LENGTH));
    stores.sessions().add(session);
    return new NewSession(
        new SignedIn(session, user, stores.subscriptions().entitlement(user.id(), now)),
        tokens.issue(session),
        devices.issue(account, known, now));
  }

  private Duration lifetime(User user) {
    Duration lifetime = settings.sessionLifetime();
    return user.guest() && settings.guestStay().compareTo(lifetime) < 0
        ? settings.guestStay()
        : lifetime;
  }

  private static void makeRoom(Stores stores, UserId user, Instant now) {
    List<Sessions.Open> open = stores.sessions().list(user, now);
    for (int i = MOST_SESSIONS - 1; i < open.size(); i++) {
      stores.sessions().end(user, open.get(i).handle(), now);
    }
  }

  /** A stranger's text, made fit to be kept: without control characters, and not too long. */
  static String printable(String text, int most) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(point -> Character.isISOControl(point) ? ' ' : point)
        .takeWhile(point -> clean.length() + Character.charCount(point) <= most)
        .forEachOrdered(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /** Takes the address from an account that was deleted: its new owner has proved to be that. */
  static void release(Stores stores, EmailAddress email, Instant now) {
    stores
        .users()
        .findByEmail(email)
        .filter(account -> account.state() == AccountState.DELETED)
        .map(account -> account.user().id())
        .ifPresent(
            deleted -> {
              stores.users().releaseEmail(deleted);
              note(stores, SecurityEvent.Kind.EMAIL_RELEASED, deleted, now);
            });
  }

  /** Tells the owner that there is another way into the account. */
  void tellOfAccess(Stores stores, User owner, Instant now) {
    PostOffice.tell(post, stores, owner, new Matter.AccessAdded(owner.id()), now);
  }

  /** Notes what has happened, in the transaction in which it happens. */
  static void note(
      Stores stores, SecurityEvent.Kind kind, UserId user, Instant now, Map<String, String> facts) {
    stores.audit().append(new SecurityEvent(kind, Optional.of(user), now, facts));
  }

  static void note(Stores stores, SecurityEvent.Kind kind, UserId user, Instant now) {
    note(stores, kind, user, now, Map.of());
  }

  /** Under which attempts at something are counted. */
  static Digest counted(String what, String onWhat) {
    return Digest.of(what + ":" + onWhat);
  }
}
