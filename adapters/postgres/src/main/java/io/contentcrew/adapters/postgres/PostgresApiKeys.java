package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.ApiKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys that are revoked are deleted: that there were any is for the audit log to say. */
final class PostgresApiKeys implements ApiKeys {
  private static final String ADD =
      """
      insert into api_keys (
        id, secret_hash, user_id, name, scopes, hint, created_at, expires_at)
      values (:id, :secret_hash, :user, :name, :scopes, :hint, :created_at, :expires_at)
      """;

  /** Asked on every request of a program: key, user and tier in one go. */
  static final String FIND =
      """
      select k.id as key_id, k.name as key_name, k.scopes, k.hint, k.created_at, k.expires_at,
             u.id, u.email, u.email_verified, u.name, u.guest,
             u.created_at as signed_up_at,
             granted.tier, granted.period_start, granted.period_end
      from api_keys k
      join users u on u.id = k.user_id
      left join lateral (%s) granted on true
      where k.secret_hash = :secret_hash and (k.expires_at is null or k.expires_at > :now)
        and u.state = 'active'
      """
          .formatted(SubscriptionSql.HIGHEST.formatted("k.user_id"));

  private static final String LIST =
      """
      select id as key_id, name as key_name, scopes, hint, created_at, expires_at, used_at
      from api_keys
      where user_id = :user
      order by created_at desc, id
      """;
  private static final String COUNT = "select count(*) as keys from api_keys where user_id = :user";

  /** Most requests find that there is nothing to write. */
  static final String USED =
      """
      update api_keys set used_at = :now
      where id = :id and (used_at is null or used_at <= :now - interval '1 minute')
      """;

  private static final String REVOKE = "delete from api_keys where id = :id and user_id = :user";
  private static final String REVOKE_ALL = "delete from api_keys where user_id = :user";

  private final Tx tx;

  PostgresApiKeys(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(ApiKey key, Digest secret) {
    List<String> scopes = key.scopes().stream().map(ApiScope::wireName).sorted().toList();
    tx.update(
        ADD,
        values ->
            values
                .uuid("id", key.id().value())
                .bytes("secret_hash", secret.bytes())
                .uuid("user", key.userId().value())
                .text("name", key.name())
                .texts("scopes", scopes)
                .text("hint", key.hint())
                .time("created_at", key.createdAt())
                .time("expires_at", key.expiresAt()));
  }

  @Override
  public Optional<Holder> find(Digest secret, Instant now) {
    return tx.first(
        FIND,
        values -> values.bytes("secret_hash", secret.bytes()).time("now", now),
        row -> {
          User user = PostgresUsers.user(row, "signed_up_at");
          return new Holder(key(row, user.id()), user, PostgresSubscriptions.entitlement(row));
        });
  }

  @Override
  public List<Listed> list(UserId user) {
    return tx.list(
        LIST,
        values -> values.uuid("user", user.value()),
        row -> new Listed(key(row, user), Values.maybeTime(row, "used_at")));
  }

  @Override
  public int count(UserId user) {
    return tx.one(COUNT, values -> values.uuid("user", user.value()), row -> row.getInt("keys"));
  }

  @Override
  public void used(ApiKeyId id, Instant now) {
    tx.update(USED, values -> values.uuid("id", id.value()).time("now", now));
  }

  @Override
  public boolean revoke(UserId user, ApiKeyId id) {
    return tx.update(REVOKE, values -> values.uuid("id", id.value()).uuid("user", user.value()))
        == 1;
  }

  @Override
  public int revokeAll(UserId user) {
    return tx.update(REVOKE_ALL, values -> values.uuid("user", user.value()));
  }

  private static ApiKey key(ResultSet row, UserId user) throws SQLException {
    Set<ApiScope> scopes = new HashSet<>();
    for (String name : (String[]) row.getArray("scopes").getArray()) {
      scopes.add(Names.apiScope(name));
    }
    return new ApiKey(
        new ApiKeyId(Values.uuid(row, "key_id")),
        user,
        row.getString("key_name"),
        scopes,
        row.getString("hint"),
        Values.time(row, "created_at"),
        Values.maybeTime(row, "expires_at"));
  }
}
