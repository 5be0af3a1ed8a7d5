package io.contentcrew.ports.user;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts. */
public interface Users {
  /**
   * Adds an account, which is active. Atomic: of two accounts with the same address or id, one is
   * added. Accounts without an address are never in each other's way.
   *
   * @param passwordHash empty for accounts that nobody signs in to with a password
   * @return whether it was added; false if the address is taken
   */
  boolean add(User user, Optional<PasswordHash> passwordHash);

  /**
   * Guests who came before that instant and are not deleted, the longest here first. A shared
   * storage counts no guest as older than by its own clock, however far ahead the caller's is.
   *
   * @param limit at most so many
   */
  List<UserId> guests(Instant cameBefore, int limit);

  /** The user of that id, in whatever state the account is. */
  Optional<User> find(UserId id);

  /** The account of that id, in whatever state it is. */
  Optional<Account> account(UserId id);

  /** The account of that address, in whatever state it is. */
  Optional<Account> findByEmail(EmailAddress email);

  /**
   * Sets or replaces the password's hash, or with empty takes the password away; nothing happens if
   * there is no such account.
   */
  void setPasswordHash(UserId id, Optional<PasswordHash> passwordHash);

  /**
   * Replaces the password's hash if it still is {@code old}: for a hash that is to become stronger,
   * while the password may have been changed.
   *
   * @return whether it was
   */
  boolean replacePasswordHash(UserId id, PasswordHash old, PasswordHash by);

  /**
   * Marks the address as its owner's, if it still is {@code email}.
   *
   * @return whether it is
   */
  boolean verifyEmail(UserId id, EmailAddress email);

  /**
   * Takes the address away from the account, so that another one can have it; nothing happens if it
   * has none.
   */
  void releaseEmail(UserId id);

  /** Closes the account or opens it again; nothing happens if there is none, or it was deleted. */
  void setDisabled(UserId id, boolean disabled);

  /**
   * Marks the account as deleted by its owner, and takes its password away; what else there is of
   * it stays until it is erased.
   *
   * @param eraseAt from when on {@link #erasable} names it
   * @return whether there was one that was not deleted already
   */
  boolean delete(UserId id, Instant eraseAt);

  /**
   * Deleted accounts whose time has come at {@code now}, the longest due first.
   *
   * @param limit at most so many
   */
  List<UserId> erasable(Instant now, int limit);

  /**
   * Erases a deleted account with everything that belongs to it: sessions, identities, API keys,
   * tickets, letters, subscriptions, usage, jobs, their logs and pieces, idempotency keys. The
   * audit log stays; it names the account by its id only. Nothing happens to an account that was
   * not deleted.
   *
   * @return whether it was
   */
  boolean erase(UserId id);

  /**
   * Holds the account until the end of the transaction: another transaction that calls this for the
   * same account waits. What was read of the account's jobs and usage after this call stays true
   * until then.
   *
   * @return the account, in whatever state it is, or empty if there is none
   */
  Optional<Account> lock(UserId id);

  /** An account and what its password is checked against. */
  record Account(User user, Optional<PasswordHash> passwordHash, AccountState state) {
    /** Whether it may be used. */
    public boolean isActive() {
      return state == AccountState.ACTIVE;
    }
  }
}
