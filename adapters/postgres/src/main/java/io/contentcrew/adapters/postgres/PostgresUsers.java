package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class PostgresUsers implements Users {
  private static final String ADD =
      """
      insert into users (id, email, email_verified, name, password_hash, created_at, guest)
      values (:id, :email, :email_verified, :name, :password_hash, :created_at, :guest)
      on conflict do nothing
      """;
  private static final String FIND =
      "select id, email, email_verified, name, created_at, guest from users where id = :id";

  private static final String ACCOUNT =
      """
      select id, email, email_verified, name, created_at, guest, password_hash, state
      from users
      """;
  private static final String FIND_ACCOUNT = ACCOUNT + "where id = :id";

  /**
   * Makes wait who takes the account "for share", as all statements do that change what its holder
   * may have read. Not "for update": that would also wait for everybody who has added a row that
   * refers to the account, and two who did so before they lock would wait for each other.
   */
  private static final String LOCK = FIND_ACCOUNT + " for no key update";

  private static final String FIND_BY_EMAIL = ACCOUNT + "where email = :email";
  private static final String SET_PASSWORD_HASH =
      "update users set password_hash = :password_hash where id = :id";
  private static final String REPLACE_PASSWORD_HASH =
      "update users set password_hash = :by where id = :id and password_hash = :old";
  private static final String VERIFY_EMAIL =
      "update users set email_verified = true where id = :id and email = :email";
  private static final String RELEASE_EMAIL =
      """
      update users set email = null, email_verified = false
      where id = :id and email is not null
      """;
  private static final String SET_STATE =
      "update users set state = :state where id = :id and state <> 'deleted'";
  private static final String DELETE =
      """
      update users set state = 'deleted', erase_at = :erase_at, password_hash = null
      where id = :id and state <> 'deleted'
      """;

  /** None whose time has not come by the database's clock, however far ahead the caller's is. */
  static final String ERASABLE =
      """
      select id from users
      where erase_at <= least(:now, statement_timestamp())
      order by erase_at, id
      limit :limit
      """;

  /**
   * All that belongs to the account goes with it: its tables refer to it "on delete cascade". But
   * for deliveries, which come before it is known whom they are about: their bodies tell of people.
   */
  static final String ERASE =
      """
      with told as (
        delete from webhook_inbox w
        using payment_customers c join users u on u.id = c.user_id
        where c.user_id = :id and u.state = 'deleted'
          and w.provider = c.provider and w.customer = c.customer)
      delete from users where id = :id and state = 'deleted'
      """;

  /** None who came lately by the database's clock, however far ahead the caller's is. */
  static final String GUESTS =
      """
      select id from users
      where guest and state <> 'deleted'
        and created_at < least(:came_before, statement_timestamp())
      order by created_at, id
      limit :limit
      """;

  private final Tx tx;

  PostgresUsers(Tx tx) {
    this.tx = tx;
  }

  @Override
  public boolean add(User user, Optional<PasswordHash> passwordHash) {
    return tx.update(
            ADD,
            values ->
                values
                    .uuid("id", user.id().value())
                    .text("email", user.email().map(EmailAddress::value))
                    .flag("email_verified", user.emailVerified())
                    .text("name", user.name())
                    .text("password_hash", passwordHash.map(PasswordHash::value))
                    .time("created_at", user.createdAt())
                    .flag("guest", user.guest()))
        == 1;
  }

  @Override
  public List<UserId> guests(Instant cameBefore, int limit) {
    return tx.list(
        GUESTS,
        values -> values.time("came_before", cameBefore).number("limit", limit),
        row -> new UserId(Values.uuid(row, "id")));
  }

  @Override
  public Optional<User> find(UserId id) {
    return tx.first(FIND, values -> values.uuid("id", id.value()), row -> user(row, "created_at"));
  }

  @Override
  public Optional<Account> account(UserId id) {
    return tx.first(FIND_ACCOUNT, values -> values.uuid("id", id.value()), PostgresUsers::account);
  }

  @Override
  public Optional<Account> findByEmail(EmailAddress email) {
    return tx.first(
        FIND_BY_EMAIL, values -> values.text("email", email.value()), PostgresUsers::account);
  }

  @Override
  public void setPasswordHash(UserId id, Optional<PasswordHash> passwordHash) {
    tx.update(
        SET_PASSWORD_HASH,
        values ->
            values
                .uuid("id", id.value())
                .text("password_hash", passwordHash.map(PasswordHash::value)));
  }

  @Override
  public boolean replacePasswordHash(UserId id, PasswordHash old, PasswordHash by) {
    return tx.update(
            REPLACE_PASSWORD_HASH,
            values -> values.uuid("id", id.value()).text("old", old.value()).text("by", by.value()))
        == 1;
  }

  @Override
  public boolean verifyEmail(UserId id, EmailAddress email) {
    return tx.update(
            VERIFY_EMAIL, values -> values.uuid("id", id.value()).text("email", email.value()))
        == 1;
  }

  @Override
  public void releaseEmail(UserId id) {
    tx.update(RELEASE_EMAIL, values -> values.uuid("id", id.value()));
  }

  @Override
  public void setDisabled(UserId id, boolean disabled) {
    tx.update(
        SET_STATE,
        values -> values.uuid("id", id.value()).text("state", disabled ? "disabled" : "active"));
  }

  @Override
  public boolean delete(UserId id, Instant eraseAt) {
    return tx.update(DELETE, values -> values.uuid("id", id.value()).time("erase_at", eraseAt))
        == 1;
  }

  @Override
  public List<UserId> erasable(Instant now, int limit) {
    return tx.list(
        ERASABLE,
        values -> values.time("now", now).number("limit", limit),
        row -> new UserId(Values.uuid(row, "id")));
  }

  @Override
  public boolean erase(UserId id) {
    return tx.update(ERASE, values -> values.uuid("id", id.value())) == 1;
  }

  @Override
  public Optional<Account> lock(UserId id) {
    return tx.first(LOCK, values -> values.uuid("id", id.value()), PostgresUsers::account);
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        user(row, "created_at"),
        Values.maybeText(row, "password_hash").map(PasswordHash::new),
        Names.accountState(row.getString("state")));
  }

  /** The user of a row in which the time of signing up has the name {@code createdAt}. */
  static User user(ResultSet row, String createdAt) throws SQLException {
    return new User(
        new UserId(Values.uuid(row, "id")),
        Values.maybeText(row, "email").map(EmailAddress::new),
        row.getBoolean("email_verified"),
        row.getString("name"),
        Values.time(row, createdAt),
        row.getBoolean("guest"));
  }
}
