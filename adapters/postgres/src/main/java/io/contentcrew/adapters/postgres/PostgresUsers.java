package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

final class PostgresUsers implements Users {
  private static final String ADD =
      """
      insert into users (id, email, name, password_hash, created_at)
      values (:id, :email, :name, :password_hash, :created_at)
      on conflict do nothing
      """;
  private static final String FIND = "select id, email, name, created_at from users where id = :id";

  /**
   * Makes wait who takes the account "for share", as all statements do that change what its holder
   * may have read. Not "for update": that would also wait for everybody who has added a row that
   * refers to the account, and two who did so before they lock would wait for each other.
   */
  private static final String LOCK = FIND + " for no key update";

  private static final String FIND_BY_EMAIL =
      "select id, email, name, created_at, password_hash from users where email = :email";
  private static final String SET_PASSWORD_HASH =
      "update users set password_hash = :password_hash where id = :id";

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
                    .text("email", user.email().value())
                    .text("name", user.name())
                    .text("password_hash", passwordHash.map(PasswordHash::value))
                    .time("created_at", user.createdAt()))
        == 1;
  }

  @Override
  public Optional<User> find(UserId id) {
    return tx.first(FIND, values -> values.uuid("id", id.value()), PostgresUsers::user);
  }

  @Override
  public Optional<Account> findByEmail(EmailAddress email) {
    return tx.first(
        FIND_BY_EMAIL,
        values -> values.text("email", email.value()),
        row ->
            new Account(user(row), Values.maybeText(row, "password_hash").map(PasswordHash::new)));
  }

  @Override
  public void setPasswordHash(UserId id, PasswordHash passwordHash) {
    tx.update(
        SET_PASSWORD_HASH,
        values -> values.uuid("id", id.value()).text("password_hash", passwordHash.value()));
  }

  @Override
  public Optional<User> lock(UserId id) {
    return tx.first(LOCK, values -> values.uuid("id", id.value()), PostgresUsers::user);
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        new UserId(Values.uuid(row, "id")),
        new EmailAddress(row.getString("email")),
        row.getString("name"),
        Values.time(row, "created_at"));
  }
}
