package io.contentcrew.adapters.memory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.ContentCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers pieces for this process alone. Safe for use by many threads. */
public final class MemoryContentCache implements ContentCache {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final long MOST_CHARACTERS = 32_000_000;
  private static final int FEWEST_TO_SWEEP = 1000;

  private final Cache<Key, List<Piece>> pieces;
  private final Map<Key, Lead> leads = new ConcurrentHashMap<>();
  private final AtomicInteger sweepAt = new AtomicInteger(FEWEST_TO_SWEEP);
  private final InstantSource clock;

  private record Lead(JobId job, Instant until) {}

  private MemoryContentCache(InstantSource clock, Duration timeToLive, long mostCharacters) {
    this.clock = clock;
    pieces =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1) // else a fourth of the room is all that one brief may have
            .maximumWeight(mostCharacters)
            .weigher((Key key, List<Piece> value) -> weight(value))
            .expireAfterWrite(timeToLive)
            .ticker(new ClockTicker(clock))
            .build();
  }

  /** A cache that keeps pieces for an hour, and about 64 MB of them at most. */
  public static MemoryContentCache create(InstantSource clock) {
    return of(clock, AN_HOUR, MOST_CHARACTERS);
  }

  /**
   * A cache of that size.
   *
   * @param timeToLive how long pieces are kept
   * @param mostCharacters that all pieces together may have; the longest unused ones go first
   */
  public static MemoryContentCache of(
      InstantSource clock, Duration timeToLive, long mostCharacters) {
    if (!timeToLive.isPositive() || mostCharacters < 1) {
      throw new IllegalArgumentException("a cache needs a positive time to live and size");
    }
    return new MemoryContentCache(clock, timeToLive, mostCharacters);
  }

  private static int weight(List<Piece> value) {
    return value.toString().length();
  }

  @Override
  public Optional<List<Piece>> find(Key key) {
    return Optional.ofNullable(pieces.getIfPresent(key));
  }

  @Override
  public void put(Key key, List<Piece> value) {
    pieces.put(key, List.copyOf(value));
  }

  @Override
  public boolean lead(Key key, JobId job, Duration lease) {
    Instant now = clock.instant();
    Lead lead =
        leads.compute(
            key,
            (same, held) ->
                held == null || held.job.equals(job) || !now.isBefore(held.until)
                    ? new Lead(job, now.plus(lease))
                    : held);
    sweep(now);
    return lead.job.equals(job);
  }

  /** Forgets the leads of lost jobs, now and then. */
  private void sweep(Instant now) {
    if (leads.size() > sweepAt.get()) {
      leads.values().removeIf(lead -> !now.isBefore(lead.until));
      sweepAt.set(Math.max(FEWEST_TO_SWEEP, 2 * leads.size()));
    }
  }

  @Override
  public void release(Key key, JobId job) {
    leads.computeIfPresent(key, (same, held) -> held.job.equals(job) ? null : held);
  }
}
