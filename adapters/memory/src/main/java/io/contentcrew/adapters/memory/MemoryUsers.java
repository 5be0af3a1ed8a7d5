package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

final class MemoryUsers implements Users {
  private final Table<UserId, Account> accounts;
  private final Table<EmailAddress, UserId> ids;
  private final Table<UserId, Instant> eraseAt;
  private final Consumer<UserId> onErase;

  /** Accounts of which {@code onErase} removes all that is elsewhere. */
  MemoryUsers(Turn turn, Consumer<UserId> onErase) {
    accounts = new Table<>(turn);
    ids = new Table<>(turn);
    eraseAt = new Table<>(turn);
    this.onErase = onErase;
  }

  @Override
  public boolean add(User user, Optional<PasswordHash> passwordHash) {
    if (accounts.has(user.id()) || user.email().filter(ids::has).isPresent()) {
      return false;
    }
    user.email().ifPresent(email -> ids.put(email, user.id()));
    accounts.put(user.id(), new Account(user, passwordHash, AccountState.ACTIVE));
    return true;
  }

  @Override
  public List<UserId> guests(Instant cameBefore, int limit) {
    return accounts.values().stream()
        .filter(account -> account.state() != AccountState.DELETED)
        .map(Account::user)
        .filter(user -> user.guest() && user.createdAt().isBefore(cameBefore))
        .sorted(Comparator.comparing(User::createdAt))
        .limit(limit)
        .map(User::id)
        .toList();
  }

  @Override
  public Optional<User> find(UserId id) {
    return accounts.get(id).map(Account::user);
  }

  @Override
  public Optional<Account> account(UserId id) {
    return accounts.get(id);
  }

  @Override
  public Optional<Account> findByEmail(EmailAddress email) {
    return ids.get(email).flatMap(accounts::get);
  }

  @Override
  public void setPasswordHash(UserId id, Optional<PasswordHash> passwordHash) {
    change(id, account -> new Account(account.user(), passwordHash, account.state()));
  }

  @Override
  public boolean replacePasswordHash(UserId id, PasswordHash old, PasswordHash by) {
    boolean same = accounts.get(id).flatMap(Account::passwordHash).filter(old::equals).isPresent();
    if (same) {
      setPasswordHash(id, Optional.of(by));
    }
    return same;
  }

  @Override
  public boolean verifyEmail(UserId id, EmailAddress email) {
    boolean same = find(id).flatMap(User::email).filter(email::equals).isPresent();
    if (same) {
      change(
          id,
          account ->
              new Account(
                  account.user().withVerifiedEmail(), account.passwordHash(), account.state()));
    }
    return same;
  }

  @Override
  public void releaseEmail(UserId id) {
    find(id).flatMap(User::email).ifPresent(ids::remove);
    change(
        id,
        account ->
            new Account(withoutEmail(account.user()), account.passwordHash(), account.state()));
  }

  private static User withoutEmail(User user) {
    return new User(
        user.id(), Optional.empty(), false, user.name(), user.createdAt(), user.guest());
  }

  @Override
  public void setDisabled(UserId id, boolean disabled) {
    if (!isDeleted(id)) {
      setState(id, disabled ? AccountState.DISABLED : AccountState.ACTIVE);
    }
  }

  @Override
  public boolean delete(UserId id, Instant when) {
    if (!accounts.has(id) || isDeleted(id)) {
      return false;
    }
    setState(id, AccountState.DELETED);
    setPasswordHash(id, Optional.empty());
    eraseAt.put(id, when);
    return true;
  }

  private boolean isDeleted(UserId id) {
    return eraseAt.has(id);
  }

  @Override
  public List<UserId> erasable(Instant now, int limit) {
    return eraseAt.keys().stream()
        .filter(id -> !dueAt(id).isAfter(now))
        .sorted(Comparator.comparing(this::dueAt))
        .limit(limit)
        .toList();
  }

  private Instant dueAt(UserId id) {
    return eraseAt.get(id).orElseThrow();
  }

  @Override
  public boolean erase(UserId id) {
    if (!isDeleted(id)) {
      return false;
    }
    onErase.accept(id);
    find(id).flatMap(User::email).ifPresent(ids::remove);
    accounts.remove(id);
    eraseAt.remove(id);
    return true;
  }

  /** Finds only: one transaction at a time holds everything anyway. */
  @Override
  public Optional<Account> lock(UserId id) {
    return account(id);
  }

  /** The user, if the account may be used. */
  Optional<User> findActive(UserId id) {
    return accounts.get(id).filter(Account::isActive).map(Account::user);
  }

  /** Refuses what belongs to a user who is not there, as a database would. */
  void require(UserId id) {
    if (!accounts.has(id)) {
      throw Turn.refused("there is no such user");
    }
  }

  private void setState(UserId id, AccountState state) {
    change(id, account -> new Account(account.user(), account.passwordHash(), state));
  }

  private void change(UserId id, UnaryOperator<Account> change) {
    accounts.get(id).ifPresent(account -> accounts.put(id, change.apply(account)));
  }
}
