package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Sessions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class PostgresSessions implements Sessions {
  private static final String ADD =
      """
      insert into sessions (id_hash, user_id, created_at, expires_at, device)
      values (:id_hash, :user_id, :created_at, :expires_at, :device)
      """;

  /** Asked on every request: session, user and tier in one go. */
  static final String FIND =
      """
      select s.created_at, s.expires_at, s.device, u.id, u.email, u.email_verified, u.name, u.guest,
             u.created_at as signed_up_at, granted.tier, granted.period_start, granted.period_end
      from sessions s
      join users u on u.id = s.user_id
      left join lateral (%s) granted on true
      where s.id_hash = :id_hash and s.ended_at is null and s.expires_at > :now
        and u.state = 'active'
      """
          .formatted(SubscriptionSql.HIGHEST.formatted("s.user_id"));

  static final String LIST =
      """
      select id_hash, created_at, expires_at, device from sessions
      where user_id = :user and ended_at is null and expires_at > :now
      order by created_at desc, id_hash
      """;

  private static final String END =
      "update sessions set ended_at = :now where id_hash = :id_hash and ended_at is null";

  /** A handle is how the hash begins. */
  static final String END_BY_HANDLE =
      """
      update sessions set ended_at = :now
      where user_id = :user and substring(id_hash for 16) = :handle and ended_at is null
      """;

  /** Also those that have expired: by another's clock they may not have. */
  static final String END_ALL =
      """
      with ended as (
        update sessions set ended_at = :now
        where user_id = :user and ended_at is null and id_hash is distinct from :except
        returning expires_at)
      select count(*) filter (where expires_at > :now) as open from ended
      """;

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
                .bytes("id_hash", session.id().digest().bytes())
                .uuid("user_id", session.userId().value())
                .time("created_at", session.createdAt())
                .time("expires_at", session.expiresAt())
                .text("device", session.device()));
  }

  @Override
  public Optional<SignedIn> find(SessionId id, Instant now) {
    return tx.first(
        FIND,
        values -> values.bytes("id_hash", id.digest().bytes()).time("now", now),
        row -> signedIn(id, row));
  }

  @Override
  public List<Open> list(UserId user, Instant now) {
    return tx.list(
        LIST,
        values -> values.uuid("user", user.value()).time("now", now),
        row ->
            new Open(
                SessionHandle.of(Digest.ofBytes(row.getBytes("id_hash"))),
                Values.time(row, "created_at"),
                Values.time(row, "expires_at"),
                row.getString("device")));
  }

  @Override
  public boolean end(SessionId id, Instant now) {
    return tx.update(END, values -> values.bytes("id_hash", id.digest().bytes()).time("now", now))
        == 1;
  }

  @Override
  public boolean end(UserId user, SessionHandle handle, Instant now) {
    return tx.update(
            END_BY_HANDLE,
            values ->
                values
                    .uuid("user", user.value())
                    .bytes("handle", Values.bytes(handle.value()))
                    .time("now", now))
        > 0;
  }

  @Override
  public int endAll(UserId user, Optional<SessionId> except, Instant now) {
    return tx.one(
        END_ALL,
        values ->
            values
                .uuid("user", user.value())
                .bytes("except", except.map(id -> id.digest().bytes()).orElse(null))
                .time("now", now),
        row -> row.getInt("open"));
  }

  @Override
  public int purge(Instant endedBefore, int limit) {
    return tx.update(
        PURGE, values -> values.time("ended_before", endedBefore).number("limit", limit));
  }

  private static SignedIn signedIn(SessionId id, ResultSet row) throws SQLException {
    User user = PostgresUsers.user(row, "signed_up_at");
    Session session =
        new Session(
            id,
            user.id(),
            Values.time(row, "created_at"),
            Values.time(row, "expires_at"),
            row.getString("device"));
    return new SignedIn(session, user, PostgresSubscriptions.entitlement(row));
  }
}
