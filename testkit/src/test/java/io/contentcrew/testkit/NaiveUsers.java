package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts that are looked for and then changed, and of which only the account is erased. */
final class NaiveUsers implements Users {
  private final Map<UserId, Account> users = new ConcurrentHashMap<>();

  @Override
  public boolean add(User user, Optional<PasswordHash> passwordHash) {
    boolean free =
        users.values().stream().noneMatch(has -> has.user().email().equals(user.email()))
            && find(user.id()).isEmpty();
    Gap.between();
    if (free) {
      users.put(user.id(), new Account(user, passwordHash, AccountState.ACTIVE));
    }
    return free;
  }

  /** Also those that are no guests, or deleted. */
  @Override
  public List<UserId> guests(Instant cameBefore, int limit) {
    return List.copyOf(users.keySet());
  }

  @Override
  public Optional<User> find(UserId id) {
    return account(id).map(Account::user);
  }

  @Override
  public Optional<Account> account(UserId id) {
    return Optional.ofNullable(users.get(id));
  }

  @Override
  public Optional<Account> findByEmail(EmailAddress email) {
    return users.values().stream()
        .filter(account -> account.user().email().equals(Optional.of(email)))
        .findFirst();
  }

  @Override
  public void setPasswordHash(UserId id, Optional<PasswordHash> passwordHash) {
    account(id).ifPresent(has -> users.put(id, new Account(has.user(), passwordHash, has.state())));
  }

  @Override
  public boolean replacePasswordHash(UserId id, PasswordHash old, PasswordHash by) {
    boolean same = account(id).flatMap(Account::passwordHash).filter(old::equals).isPresent();
    Gap.between();
    if (same) {
      setPasswordHash(id, Optional.of(by));
    }
    return same;
  }

  /** Whatever the address is by now. */
  @Override
  public boolean verifyEmail(UserId id, EmailAddress email) {
    account(id)
        .ifPresent(
            has ->
                users.put(
                    id,
                    new Account(has.user().withVerifiedEmail(), has.passwordHash(), has.state())));
    return users.containsKey(id);
  }

  /** Keeps the address for the case that it is wanted again. */
  @Override
  public void releaseEmail(UserId id) {
    // nothing changes
  }

  @Override
  public void setDisabled(UserId id, boolean disabled) {
    setState(id, disabled ? AccountState.DISABLED : AccountState.ACTIVE);
  }

  @Override
  public boolean delete(UserId id, Instant eraseAt) {
    setState(id, AccountState.DELETED);
    return users.containsKey(id);
  }

  private void setState(UserId id, AccountState state) {
    account(id).ifPresent(has -> users.put(id, new Account(has.user(), has.passwordHash(), state)));
  }

  /** As if the time had come. */
  @Override
  public List<UserId> erasable(Instant now, int limit) {
    return users.values().stream()
        .filter(account -> account.state() == AccountState.DELETED)
        .map(account -> account.user().id())
        .toList();
  }

  @Override
  public boolean erase(UserId id) {
    return users.remove(id) != null;
  }

  @Override
  public Optional<Account> lock(UserId id) {
    return account(id);
  }

  /** Sessions that end an instant late, and that know of no account but its name. */
  static final class NaiveSessions implements Sessions {
    private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();
    private final Users users;

    NaiveSessions(Users users) {
      this.users = users;
    }

    @Override
    public void add(Session session) {
      sessions.put(session.id(), session);
    }

    @Override
    public Optional<SignedIn> find(SessionId id, Instant now) {
      return Optional.ofNullable(sessions.get(id))
          .filter(session -> !now.isAfter(session.expiresAt()))
          .flatMap(
              session ->
                  users
                      .find(session.userId())
                      .map(user -> new SignedIn(session, user, Entitlement.free())));
    }

    @Override
    public List<Open> list(UserId user, Instant now) {
      return sessions.values().stream()
          .filter(session -> session.userId().equals(user))
          .sorted(Comparator.comparing(Session::createdAt)) // the oldest first, whatever the ids
          .map(
              session ->
                  new Open(
                      session.id().handle(),
                      session.createdAt(),
                      session.expiresAt(),
                      session.device()))
          .toList();
    }

    @Override
    public boolean end(SessionId id, Instant now) {
      boolean there = sessions.containsKey(id);
      Gap.between();
      sessions.remove(id);
      return there;
    }

    /** Whoever's it is. */
    @Override
    public boolean end(UserId user, SessionHandle handle, Instant now) {
      return sessions.keySet().removeIf(id -> id.handle().equals(handle));
    }

    @Override
    public int endAll(UserId user, Optional<SessionId> except, Instant now) {
      int many = sessions.size();
      sessions.values().removeIf(session -> session.userId().equals(user));
      return many - sessions.size();
    }

    @Override
    public int purge(Instant endedBefore, int limit) {
      int many = sessions.size();
      sessions.values().removeIf(session -> !session.expiresAt().isAfter(endedBefore));
      return many - sessions.size();
    }
  }
}
