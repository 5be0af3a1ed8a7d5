package io.contentcrew.adapters.memory;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.contentcrew.ports.tier.RateLimiter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits of rate for this process alone: n processes let n times as many requests through. Safe for
 * use by many threads. Remembers the keys asked about in the last minute, {@value #MOST_KEYS} at
 * most; the longest unused ones go first.
 */
public final class MemoryRateLimiter implements RateLimiter {
  private static final int MOST_KEYS = 200_000;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final TimeMeter time;
  private final LoadingCache<String, Limit> limits;

  private MemoryRateLimiter(TimeMeter time) {
    this.time = time;
    limits =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(PERIOD)
            .ticker(
                new Ticker() {
                  @Override
                  public long read() {
                    return time.currentTimeNanos();
                  }
                })
            .build(CacheLoader.from(unseen -> new Limit()));
  }

  /** A limiter that counts by the process's own steady clock, which nobody can set back. */
  public static MemoryRateLimiter create() {
    return new MemoryRateLimiter(TimeMeter.SYSTEM_NANOTIME);
  }

  /** A limiter that counts by {@code clock}. */
  public static MemoryRateLimiter create(InstantSource clock) {
    ClockTicker ticker = new ClockTicker(clock);
    return new MemoryRateLimiter(
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return ticker.read();
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        });
  }

  @Override
  public Decision acquire(String key, int perMinute) {
    if (perMinute < 1) {
      throw new IllegalArgumentException("a rate is at least one request a minute");
    }
    ConsumptionProbe probe = limits.getUnchecked(key).at(perMinute).tryConsumeAndReturnRemaining(1);
    return new Decision(
        probe.isConsumed(),
        perMinute,
        Math.toIntExact(probe.getRemainingTokens()),
        Duration.ofNanos(probe.getNanosToWaitForRefill()),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
  }

  private static BucketConfiguration rate(int perMinute) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
        .build();
  }

  /** What is left of one key's rate. */
  private final class Limit {
    private final ReentrantLock lock = new ReentrantLock();
    private int perMinute;
    private @Nullable Bucket bucket;

    Bucket at(int wanted) {
      lock.lock();
      try {
        Bucket present = bucket;
        if (present == null) {
          present =
              Bucket.builder()
                  .addLimit(limit -> limit.capacity(wanted).refillGreedy(wanted, PERIOD))
                  .withCustomTimePrecision(time)
                  .build();
          bucket = present;
        } else if (perMinute != wanted) {
          present.replaceConfiguration(rate(wanted), TokensInheritanceStrategy.PROPORTIONALLY);
        }
        perMinute = wanted;
        return present;
      } finally {
        lock.unlock();
      }
    }
  }
}
