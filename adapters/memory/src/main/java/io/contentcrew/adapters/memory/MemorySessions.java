package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.Sessions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

final class MemorySessions implements Sessions {
  /** How long an expired session is remembered, for callers whose clock is behind. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Table<String, Row> rows;
  private final MemoryUsers users;
  private final Subscriptions subscriptions;
  private final InstantSource clock;
  private int sweepAt = 1000;

  /** A session that has not ended; those that have are forgotten at once. */
  private record Row(UserId user, Instant createdAt, Instant expiresAt) {}

  MemorySessions(Turn turn, MemoryUsers users, Subscriptions subscriptions, InstantSource clock) {
    rows = new Table<>(turn);
    this.users = users;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  @Override
  public void add(Session session) {
    users.require(session.userId());
    Row row = new Row(session.userId(), session.createdAt(), session.expiresAt());
    if (!rows.add(hash(session.id()), row)) {
      throw Turn.refused("the session is there already");
    }
    if (rows.size() > sweepAt) {
      Instant longAgo = clock.instant().minus(REMEMBERED);
      rows.removeIf(entry -> entry.getValue().expiresAt.isBefore(longAgo));
      sweepAt = Math.max(1000, 2 * rows.size());
    }
  }

  @Override
  public Optional<SignedIn> find(SessionId id, Instant now) {
    return rows.get(hash(id))
        .filter(row -> now.isBefore(row.expiresAt))
        .flatMap(row -> signedIn(id, row, now));
  }

  private Optional<SignedIn> signedIn(SessionId id, Row row, Instant now) {
    Session session = new Session(id, row.user, row.createdAt, row.expiresAt);
    return users
        .find(row.user)
        .map(user -> new SignedIn(session, user, subscriptions.entitlement(row.user, now)));
  }

  @Override
  public boolean end(SessionId id, Instant now) {
    return rows.remove(hash(id)).isPresent();
  }

  /** Those that ended are not here any more. */
  @Override
  public int purge(Instant endedBefore, int limit) {
    List<String> old =
        rows.keys().stream()
            .filter(key -> rows.get(key).orElseThrow().expiresAt.isBefore(endedBefore))
            .limit(limit)
            .toList();
    old.forEach(rows::remove);
    return old.size();
  }

  private static String hash(SessionId id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.value().getMostSignificantBits());
    bytes.putLong(id.value().getLeastSignificantBits());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
