package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Sessions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

final class PostgresSessions implements Sessions {
  private static final String ADD =
      """
      insert into sessions (id_hash, user_id, created_at, expires_at)
      values (:id_hash, :user_id, :created_at, :expires_at)
      """;

  /** Asked on every request: session, user and tier in one go. */
  private static final String FIND =
      """
      select s.created_at, s.expires_at, u.id, u.email, u.name, u.created_at as signed_up_at,
             granted.tier, granted.period_start, granted.period_end
      from sessions s
      join users u on u.id = s.user_id
      left join lateral (%s) granted on true
      where s.id_hash = :id_hash and s.ended_at is null and s.expires_at > :now
      """
          .formatted(PostgresSubscriptions.HIGHEST.formatted("s.user_id"));

  private static final String END =
      "update sessions set ended_at = :now where id_hash = :id_hash and ended_at is null";

  /**
   * Passes over what another instance is forgetting. What the database's clock takes for open
   * stays, however far ahead the caller's is.
   */
  static final String PURGE =
      """
      delete from sessions where id_hash in (
        select id_hash from sessions
        where least(expires_at, ended_at) < least(:ended_before, statement_timestamp())
        order by least(expires_at, ended_at)
        limit :limit
        for update skip locked)
      """;

  private final Tx tx;

  PostgresSessions(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(Session session) {
    tx.update(
        ADD,
        values ->
            values
                .bytes("id_hash", hash(session.id()))
                .uuid("user_id", session.userId().value())
                .time("created_at", session.createdAt())
                .time("expires_at", session.expiresAt()));
  }

  @Override
  public Optional<SignedIn> find(SessionId id, Instant now) {
    return tx.first(
        FIND,
        values -> values.bytes("id_hash", hash(id)).time("now", now),
        row -> signedIn(id, row));
  }

  @Override
  public boolean end(SessionId id, Instant now) {
    return tx.update(END, values -> values.bytes("id_hash", hash(id)).time("now", now)) == 1;
  }

  @Override
  public int purge(Instant endedBefore, int limit) {
    return tx.update(
        PURGE, values -> values.time("ended_before", endedBefore).number("limit", limit));
  }

  private static SignedIn signedIn(SessionId id, ResultSet row) throws SQLException {
    UserId user = new UserId(Values.uuid(row, "id"));
    return new SignedIn(
        new Session(id, user, Values.time(row, "created_at"), Values.time(row, "expires_at")),
        new User(
            user,
            new EmailAddress(row.getString("email")),
            row.getString("name"),
            Values.time(row, "signed_up_at")),
        PostgresSubscriptions.entitlement(row));
  }

  private static byte[] hash(SessionId id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.value().getMostSignificantBits());
    bytes.putLong(id.value().getLeastSignificantBits());
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes.array());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
