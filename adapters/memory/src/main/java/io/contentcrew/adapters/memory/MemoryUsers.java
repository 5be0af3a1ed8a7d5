package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import java.util.Optional;

final class MemoryUsers implements Users {
  private final Table<UserId, Account> accounts;
  private final Table<EmailAddress, UserId> ids;

  MemoryUsers(Turn turn) {
    accounts = new Table<>(turn);
    ids = new Table<>(turn);
  }

  @Override
  public boolean add(User user, Optional<PasswordHash> passwordHash) {
    if (accounts.has(user.id()) || !ids.add(user.email(), user.id())) {
      return false;
    }
    accounts.put(user.id(), new Account(user, passwordHash));
    return true;
  }

  @Override
  public Optional<User> find(UserId id) {
    return accounts.get(id).map(Account::user);
  }

  @Override
  public Optional<Account> findByEmail(EmailAddress email) {
    return ids.get(email).flatMap(accounts::get);
  }

  @Override
  public void setPasswordHash(UserId id, PasswordHash passwordHash) {
    accounts
        .get(id)
        .ifPresent(
            account -> accounts.put(id, new Account(account.user(), Optional.of(passwordHash))));
  }

  /** Finds only: one transaction at a time holds everything anyway. */
  @Override
  public Optional<User> lock(UserId id) {
    return find(id);
  }

  /** Refuses what belongs to a user who is not there, as a database would. */
  void require(UserId id) {
    if (!accounts.has(id)) {
      throw Turn.refused("there is no such user");
    }
  }
}
