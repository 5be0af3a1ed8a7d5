package io.contentcrew.ports.user;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/** What one-time tokens stand for. Of a token only its digest is kept. */
public interface Tickets {
  /**
   * Keeps a ticket. An account that it names must exist.
   *
   * @param expiresAt the first instant at which it is worth nothing any more
   */
  void add(Digest token, Ticket ticket, Instant expiresAt);

  /** The ticket of that kind; it stays. Empty as {@link #take} would be. */
  <T extends Ticket> Optional<T> find(Digest token, Class<T> kind, Instant now);

  /**
   * Takes a ticket of that kind: whoever takes it first has it, and there is none afterwards. A
   * ticket of another kind stays.
   *
   * @return empty if there is none of that kind, or it has expired at {@code now}
   */
  <T extends Ticket> Optional<T> take(Digest token, Class<T> kind, Instant now);

  /**
   * Removes all tickets that name the account: that verify its address, reset its password, or link
   * an identity to it.
   */
  void removeAll(UserId user);

  /**
   * Forgets tickets that expired before {@code expiredBefore}.
   *
   * @param limit at most so many
   * @return how many were forgotten; fewer than {@code limit} when no more are left
   */
  int purge(Instant expiredBefore, int limit);
}
