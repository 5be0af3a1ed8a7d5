package io.contentcrew.testkit;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.tier.RateLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A limiter and a cache as one writes them at first. */
final class NaiveLimits {
  private NaiveLimits() {}

  /** Counts each minute of the clock anew, and looks before it counts. */
  record Limiter(InstantSource clock, Map<String, Integer> counts) implements RateLimiter {
    Limiter(InstantSource clock) {
      this(clock, new ConcurrentHashMap<>());
    }

    @Override
    public Decision acquire(String key, Rate rate) {
      String minute = key + clock.instant().getEpochSecond() / 60;
      int used = counts.getOrDefault(minute, 0);
      Gap.between();
      boolean allowed = used < rate.limit();
      if (allowed) {
        counts.put(minute, used + 1);
      }
      return new Decision(
          allowed,
          rate,
          Math.max(0, rate.limit() - used - 1),
          allowed ? Duration.ZERO : Duration.ofSeconds(1),
          Duration.ofMinutes(1));
    }

    /** Gives back also what was never taken. */
    @Override
    public void giveBack(String key, Rate rate) {
      counts.merge(key + clock.instant().getEpochSecond() / 60, -1, Integer::sum);
    }
  }

  /** Keeps everything for ever, the lead too. */
  record Cache(Map<Key, List<ContentCache.Piece>> pieces, Map<Key, JobId> leads)
      implements ContentCache {
    Cache() {
      this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    @Override
    public Optional<List<Piece>> find(Key key) {
      return Optional.ofNullable(pieces.get(key));
    }

    @Override
    public void put(Key key, List<Piece> value) {
      pieces.put(key, value);
    }

    @Override
    public boolean lead(Key key, JobId job, Duration lease) {
      JobId leader = leads.get(key);
      Gap.between();
      if (leader == null) {
        leads.put(key, job);
      }
      return leader == null || leader.equals(job);
    }

    @Override
    public void release(Key key, JobId job) {
      leads.remove(key);
    }
  }
}
