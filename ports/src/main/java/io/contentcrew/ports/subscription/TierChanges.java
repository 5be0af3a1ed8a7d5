package io.contentcrew.ports.subscription;

import io.contentcrew.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Changes of what users are entitled to that caches must be told of: written in the transaction of
 * the change.
 */
public interface TierChanges {
  /**
   * Adds a change, which is due after {@code dueAt}; a later version takes an earlier one's place.
   */
  void add(UserId user, long version, Instant dueAt);

  /**
   * Takes changes that are due. Nobody else is given them until {@code lease} has passed; then they
   * are due again, unless they were removed.
   *
   * @param limit at most so many
   */
  List<Change> take(Instant now, Duration lease, int limit);

  /** Forgets the change, unless a later one has taken its place. */
  void remove(UserId user, long version);

  /** A change. */
  record Change(UserId user, long version) {}
}
