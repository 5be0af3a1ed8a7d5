package io.contentcrew.adapters.memory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers for this process alone what users are entitled to: changes that other processes make
 * known are not heard of here. Safe for use by many threads. Remembers {@value #MOST_USERS} users
 * at most; the longest unused ones go first.
 */
public final class MemoryTierCache implements TierCache {
  private static final int MOST_USERS = 100_000;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final Cache<UserId, Known> users;

  /** Held while something is changed, so that nobody comes between a look and what follows it. */
  private final ReentrantLock change = new ReentrantLock();

  /** The latest version known; the entitlement is empty where only the version is known. */
  private record Known(long version, Optional<Entitlement> entitlement) {}

  private MemoryTierCache(InstantSource clock, Duration timeToLive, int mostUsers) {
    users =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1) // else a fourth of the room is all that some users share
            .maximumSize(mostUsers)
            .expireAfterWrite(timeToLive)
            .ticker(new ClockTicker(clock))
            .build();
  }

  /** A cache that keeps things for a minute. */
  public static MemoryTierCache create(InstantSource clock) {
    return of(clock, A_MINUTE, MOST_USERS);
  }

  /**
   * A cache of that size.
   *
   * @param timeToLive how long things are kept
   */
  public static MemoryTierCache of(InstantSource clock, Duration timeToLive, int mostUsers) {
    if (!timeToLive.isPositive() || mostUsers < 1) {
      throw new IllegalArgumentException("a cache needs a positive time to live and size");
    }
    return new MemoryTierCache(clock, timeToLive, mostUsers);
  }

  @Override
  public Optional<Entry> find(UserId user) {
    return known(user)
        .flatMap(known -> known.entitlement.map(tier -> new Entry(tier, known.version)));
  }

  private Optional<Known> known(UserId user) {
    return Optional.ofNullable(users.getIfPresent(user));
  }

  @Override
  public void put(UserId user, Entry entry) {
    change.lock();
    try {
      if (known(user).filter(known -> known.version > entry.version()).isEmpty()) {
        users.put(user, new Known(entry.version(), Optional.of(entry.entitlement())));
      }
    } finally {
      change.unlock();
    }
  }

  @Override
  public void evict(UserId user, long version) {
    if (version < 0) {
      throw new IllegalArgumentException("versions begin at 0");
    }
    change.lock();
    try {
      // Written anew also where that version is known: it must outlast whoever still holds an
      // earlier one, and what was there might have ended at any moment.
      long latest =
          known(user).map(Known::version).filter(known -> known > version).orElse(version);
      users.put(user, new Known(latest, Optional.empty()));
    } finally {
      change.unlock();
    }
  }
}
