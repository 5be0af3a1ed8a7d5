package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

final class MemorySessions implements Sessions {
  /** How long an expired session is remembered, for callers whose clock is behind. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Table<Digest, Row> rows;
  private final Index<UserId, Digest> byUser;
  private final MemoryUsers users;
  private final Subscriptions subscriptions;
  private final InstantSource clock;
  private int sweepAt = 1000;

  /** A session that has not ended; those that have are forgotten at once. */
  private record Row(UserId user, Instant createdAt, Instant expiresAt, String device) {}

  MemorySessions(Turn turn, MemoryUsers users, Subscriptions subscriptions, InstantSource clock) {
    rows = new Table<>(turn);
    byUser = new Index<>(turn, Comparator.comparing(Digest::hex));
    this.users = users;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  @Override
  public void add(Session session) {
    users.require(session.userId());
    Row row = new Row(session.userId(), session.createdAt(), session.expiresAt(), session.device());
    Digest digest = session.id().digest();
    if (!rows.add(digest, row)) {
      throw Turn.refused("the session is there already");
    }
    byUser.add(session.userId(), digest);
    if (rows.size() > sweepAt) {
      purge(clock.instant().minus(REMEMBERED), rows.size());
      sweepAt = Math.max(1000, 2 * rows.size());
    }
  }

  @Override
  public Optional<SignedIn> find(SessionId id, Instant now) {
    return rows.get(id.digest())
        .filter(row -> now.isBefore(row.expiresAt))
        .flatMap(row -> signedIn(id, row, now));
  }

  private Optional<SignedIn> signedIn(SessionId id, Row row, Instant now) {
    Session session = new Session(id, row.user, row.createdAt, row.expiresAt, row.device);
    return users
        .findActive(row.user)
        .map(user -> new SignedIn(session, user, subscriptions.entitlement(row.user, now)));
  }

  @Override
  public List<Open> list(UserId user, Instant now) {
    return byUser.of(user).stream()
        .filter(digest -> now.isBefore(row(digest).expiresAt))
        .map(digest -> open(digest, row(digest)))
        .sorted(Comparator.comparing(Open::createdAt).reversed())
        .toList();
  }

  private static Open open(Digest digest, Row row) {
    return new Open(SessionHandle.of(digest), row.createdAt, row.expiresAt, row.device);
  }

  @Override
  public boolean end(SessionId id, Instant now) {
    return remove(id.digest());
  }

  @Override
  public boolean end(UserId user, SessionHandle handle, Instant now) {
    return remove(user, digest -> SessionHandle.of(digest).equals(handle), now).ended() > 0;
  }

  @Override
  public int endAll(UserId user, Optional<SessionId> except, Instant now) {
    Optional<Digest> kept = except.map(SessionId::digest);
    return remove(user, digest -> !kept.equals(Optional.of(digest)), now).open();
  }

  /**
   * What was ended.
   *
   * @param open how many of them had not expired
   */
  private record Removed(int ended, int open) {}

  private Removed remove(UserId user, Predicate<Digest> which, Instant now) {
    List<Digest> found = byUser.of(user).stream().filter(which).toList();
    long open = found.stream().filter(digest -> now.isBefore(row(digest).expiresAt)).count();
    found.forEach(this::remove);
    return new Removed(found.size(), Math.toIntExact(open));
  }

  /** Those that ended are not here any more. */
  @Override
  public int purge(Instant endedBefore, int limit) {
    List<Digest> old =
        rows.keys().stream()
            .filter(digest -> row(digest).expiresAt.isBefore(endedBefore))
            .limit(limit)
            .toList();
    old.forEach(this::remove);
    return old.size();
  }

  /** Forgets all sessions of a user. */
  void delete(UserId user) {
    List.copyOf(byUser.of(user)).forEach(this::remove);
  }

  private boolean remove(Digest digest) {
    Optional<Row> removed = rows.remove(digest);
    removed.ifPresent(row -> byUser.remove(row.user, digest));
    return removed.isPresent();
  }

  private Row row(Digest digest) {
    return rows.get(digest).orElseThrow();
  }
}
