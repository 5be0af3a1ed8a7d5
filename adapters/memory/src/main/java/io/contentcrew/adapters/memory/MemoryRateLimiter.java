package io.contentcrew.adapters.memory;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.tier.RateLimiter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits of rate for this process alone: n processes let n times as many requests through. Safe for
 * use by many threads. Rates for different times count for themselves. Of each such time it
 * remembers the keys asked about within it, {@value #MOST_KEYS} at most; the longest unused ones go
 * first.
 */
public final class MemoryRateLimiter implements RateLimiter {
  private static final int MOST_KEYS = 200_000;

  private final TimeMeter time;
  private final Map<Duration, LoadingCache<String, Limit>> limits = new ConcurrentHashMap<>();

  private MemoryRateLimiter(TimeMeter time) {
    this.time = time;
  }

  private LoadingCache<String, Limit> limits(Duration per) {
    return limits.computeIfAbsent(
        per,
        unseen ->
            CacheBuilder.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(per)
                .ticker(
                    new Ticker() {
                      @Override
                      public long read() {
                        return time.currentTimeNanos();
                      }
                    })
                .build(CacheLoader.from(key -> new Limit())));
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
  public Decision acquire(String key, Rate rate) {
    ConsumptionProbe probe =
        limits(rate.per()).getUnchecked(key).at(rate).tryConsumeAndReturnRemaining(1);
    return new Decision(
        probe.isConsumed(),
        rate,
        Math.toIntExact(probe.getRemainingTokens()),
        roundedUp(probe.getNanosToWaitForRefill(), rate),
        roundedUp(probe.getNanosToWaitForReset(), rate));
  }

  /** The bucket rounds down, so that who waited exactly so long would come too early. */
  private static Duration roundedUp(long nanos, Rate rate) {
    boolean divides = rate.per().toNanos() % rate.limit() == 0;
    return Duration.ofNanos(nanos == 0 || divides ? nanos : nanos + 1);
  }

  /**
   * Of a key that is not remembered the whole rate is left. Asks as {@link #acquire} does: who only
   * looks what is present does not see what others are just being given for the first time.
   */
  @Override
  public void giveBack(String key, Rate rate) {
    limits(rate.per()).getUnchecked(key).at(rate).addTokens(1);
  }

  private static BucketConfiguration configuration(Rate rate) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(rate.limit()).refillGreedy(rate.limit(), rate.per()))
        .build();
  }

  /** What is left of one key's rate. */
  private final class Limit {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Rate rate;
    private @Nullable Bucket bucket;

    Bucket at(Rate wanted) {
      lock.lock();
      try {
        Bucket present = bucket;
        if (present == null) {
          present =
              Bucket.builder()
                  .addLimit(
                      limit ->
                          limit.capacity(wanted.limit()).refillGreedy(wanted.limit(), wanted.per()))
                  .withCustomTimePrecision(time)
                  .build();
          bucket = present;
        } else if (!wanted.equals(rate)) {
          present.replaceConfiguration(
              configuration(wanted), TokensInheritanceStrategy.PROPORTIONALLY);
        }
        rate = wanted;
        return present;
      } finally {
        lock.unlock();
      }
    }
  }
}
