package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.ApiKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

final class MemoryApiKeys implements ApiKeys {
  private static final Duration NOTED_ONCE_IN = Duration.ofMinutes(1);

  private static final Comparator<ApiKey> NEWEST_FIRST =
      Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(key -> key.id().toString());

  private final Table<ApiKeyId, Row> rows;
  private final Table<Digest, ApiKeyId> ids;
  private final Index<UserId, ApiKey> byUser;
  private final MemoryUsers users;
  private final Subscriptions subscriptions;

  private record Row(ApiKey key, Digest secret, Optional<Instant> usedAt) {}

  MemoryApiKeys(Turn turn, MemoryUsers users, Subscriptions subscriptions) {
    rows = new Table<>(turn);
    ids = new Table<>(turn);
    byUser = new Index<>(turn, NEWEST_FIRST);
    this.users = users;
    this.subscriptions = subscriptions;
  }

  @Override
  public void add(ApiKey key, Digest secret) {
    users.require(key.userId());
    if (!rows.add(key.id(), new Row(key, secret, Optional.empty())) || !ids.add(secret, key.id())) {
      throw Turn.refused("the key is there already");
    }
    byUser.add(key.userId(), key);
  }

  @Override
  public Optional<Holder> find(Digest secret, Instant now) {
    return ids.get(secret)
        .map(id -> rows.get(id).orElseThrow().key)
        .filter(key -> key.expiresAt().map(now::isBefore).orElse(true))
        .flatMap(key -> holder(key, now));
  }

  private Optional<Holder> holder(ApiKey key, Instant now) {
    return users
        .findActive(key.userId())
        .map(user -> new Holder(key, user, subscriptions.entitlement(user.id(), now)));
  }

  @Override
  public List<Listed> list(UserId user) {
    return byUser.of(user).stream()
        .map(key -> new Listed(key, rows.get(key.id()).orElseThrow().usedAt))
        .toList();
  }

  @Override
  public int count(UserId user) {
    return byUser.of(user).size();
  }

  @Override
  public void used(ApiKeyId id, Instant now) {
    rows.get(id)
        .filter(row -> row.usedAt.map(at -> !now.isBefore(at.plus(NOTED_ONCE_IN))).orElse(true))
        .ifPresent(row -> rows.put(id, new Row(row.key, row.secret, Optional.of(now))));
  }

  @Override
  public boolean revoke(UserId user, ApiKeyId id) {
    Optional<Row> row = rows.get(id).filter(found -> found.key.userId().equals(user));
    row.ifPresent(this::remove);
    return row.isPresent();
  }

  private void remove(Row row) {
    rows.remove(row.key.id());
    ids.remove(row.secret);
    byUser.remove(row.key.userId(), row.key);
  }

  @Override
  public int revokeAll(UserId user) {
    NavigableSet<ApiKey> all = byUser.of(user);
    List<Row> gone = all.stream().map(key -> rows.get(key.id()).orElseThrow()).toList();
    gone.forEach(this::remove);
    return gone.size();
  }
}
