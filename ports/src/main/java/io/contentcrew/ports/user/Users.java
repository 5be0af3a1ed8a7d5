package io.contentcrew.ports.user;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import java.util.Optional;

/** The accounts. */
public interface Users {
  /**
   * Adds an account. Atomic: of two accounts with the same address or id, one is added.
   *
   * @param passwordHash empty for accounts that nobody signs in to with a password
   * @return whether it was added; false if the address is taken
   */
  boolean add(User user, Optional<PasswordHash> passwordHash);

  /** The account of that id. */
  Optional<User> find(UserId id);

  /** The account of that address, with what its password is checked against. */
  Optional<Account> findByEmail(EmailAddress email);

  /** Replaces the password's hash; nothing happens if there is no such account. */
  void setPasswordHash(UserId id, PasswordHash passwordHash);

  /**
   * Holds the account until the end of the transaction: another transaction that calls this for the
   * same account waits. What was read of the account's jobs and usage after this call stays true
   * until then.
   *
   * @return the account, or empty if there is none
   */
  Optional<User> lock(UserId id);

  /** An account and what its password is checked against. */
  record Account(User user, Optional<PasswordHash> passwordHash) {}
}
