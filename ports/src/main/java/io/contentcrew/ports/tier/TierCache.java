package io.contentcrew.ports.tier;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * Remembers for a little while what users are entitled to, so that the stores are asked less often.
 * May forget at any time. Safe for use by many threads.
 *
 * <p>What is remembered may be out of date by as long as the cache keeps things, so nothing may be
 * charged or refused on its word alone. It goes forward only: once a change was made known by
 * {@link #evict}, nobody finds what was true before, also if somebody who had read that from the
 * stores before the change puts it in after it.
 *
 * <p>Every method may throw {@link io.contentcrew.ports.PortUnavailableException} if the cache
 * cannot be reached, within a fraction of a second.
 */
public interface TierCache {
  /** What the user is entitled to, if that is known. */
  Optional<Entry> find(UserId user);

  /**
   * Keeps what was read from the stores for as long as the cache keeps things; nothing happens if a
   * later version is known.
   */
  void put(UserId user, Entry entry);

  /** Forgets what was true before {@code version}; to be called when that version is committed. */
  void evict(UserId user, long version);

  /**
   * What a user is entitled to.
   *
   * @param version the number of the user's last change, from {@link
   *     io.contentcrew.ports.subscription.Subscriptions}
   */
  record Entry(Entitlement entitlement, long version) {
    public Entry {
      Objects.requireNonNull(entitlement, "entitlement");
      if (version < 0) {
        throw new IllegalArgumentException("versions begin at 0");
      }
    }
  }
}
