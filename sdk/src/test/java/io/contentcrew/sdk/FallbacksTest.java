package io.contentcrew.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.memory.MemoryContentCache;
import io.contentcrew.adapters.memory.MemoryRateLimiter;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.testkit.Fixtures;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What this process does by itself while what all share is away. */
class FallbacksTest {
  private boolean away;

  private <T> T unlessAway(T answer) {
    if (away) {
      throw new PortUnavailableException("away", null);
    }
    return answer;
  }

  private int letThrough(RateLimiter limiter, int perMinute) {
    int through = 0;
    for (int i = 0; i < 100; i++) {
      through += limiter.acquire("key", Rate.perMinute(perMinute)).allowed() ? 1 : 0;
    }
    return through;
  }

  private final class AwayLimiter implements RateLimiter {
    private final RateLimiter shared;

    AwayLimiter(RateLimiter shared) {
      this.shared = shared;
    }

    @Override
    public Decision acquire(String key, Rate rate) {
      return unlessAway(shared).acquire(key, rate);
    }

    @Override
    public void giveBack(String key, Rate rate) {
      unlessAway(shared).giveBack(key, rate);
    }
  }

  @Test
  void what_is_given_back_is_given_back_where_it_was_taken() {
    RateLimiter limiter =
        Fallbacks.of(new AwayLimiter(MemoryRateLimiter.create()), MemoryRateLimiter.create(), 3);
    assertThat(letThrough(limiter, 12)).isEqualTo(12);
    limiter.giveBack("key", Rate.perMinute(12));
    assertThat(letThrough(limiter, 12)).isEqualTo(1);
    away = true;
    assertThat(letThrough(limiter, 12)).isEqualTo(4);
    limiter.giveBack("key", Rate.perMinute(12));
    assertThat(letThrough(limiter, 12)).isEqualTo(1);
  }

  @Test
  void without_the_shared_limit_each_instance_lets_its_share_through() {
    RateLimiter shared = MemoryRateLimiter.create();
    RateLimiter limiter = Fallbacks.of(new AwayLimiter(shared), MemoryRateLimiter.create(), 3);
    assertThat(letThrough(limiter, 12)).isEqualTo(12);
    away = true;
    assertThat(letThrough(limiter, 12)).isEqualTo(4);
    away = false;
    assertThat(letThrough(limiter, 12)).as("what was used up is not forgotten").isZero();
  }

  @Test
  void a_share_is_never_nothing() {
    away = true;
    RateLimiter limiter =
        Fallbacks.of(
            new AwayLimiter(MemoryRateLimiter.create()), MemoryRateLimiter.create(), 1_000);
    assertThat(letThrough(limiter, 10)).isEqualTo(1);
  }

  @Test
  void without_the_shared_cache_equal_briefs_still_wait_for_each_other_in_one_process() {
    ContentCache shared = MemoryContentCache.create(Clock.systemUTC());
    ContentCache cache =
        Fallbacks.of(new Away(shared), MemoryContentCache.create(Clock.systemUTC()));
    ContentCache.Key key = new ContentCache.Key("key");
    List<ContentCache.Piece> pieces =
        List.of(new ContentCache.Piece(Fixtures.anArtifact(Format.BLOG), List.of()));
    cache.put(key, pieces);
    assertThat(shared.find(key)).contains(pieces);
    away = true;
    assertThat(cache.find(key)).isEmpty();
    JobId first = Fixtures.aJobId();
    assertThat(cache.lead(key, first, Duration.ofMinutes(1))).isTrue();
    assertThat(cache.lead(key, Fixtures.aJobId(), Duration.ofMinutes(1))).isFalse();
    cache.put(key, pieces);
    assertThat(cache.find(key)).contains(pieces);
    cache.release(key, first);
    assertThat(cache.lead(key, Fixtures.aJobId(), Duration.ofMinutes(1))).isTrue();
    away = false;
    assertThat(cache.lead(key, first, Duration.ofMinutes(1))).isTrue();
    away = true;
    cache.release(key, first); // nobody hears it; the lease ends it
    away = false;
    assertThat(cache.lead(key, Fixtures.aJobId(), Duration.ofMinutes(1))).isFalse();
  }

  private final class Away implements ContentCache {
    private final ContentCache shared;

    Away(ContentCache shared) {
      this.shared = shared;
    }

    @Override
    public Optional<List<Piece>> find(Key key) {
      return unlessAway(shared).find(key);
    }

    @Override
    public void put(Key key, List<Piece> pieces) {
      unlessAway(shared).put(key, pieces);
    }

    @Override
    public boolean lead(Key key, JobId job, Duration lease) {
      return unlessAway(shared).lead(key, job, lease);
    }

    @Override
    public void release(Key key, JobId job) {
      unlessAway(shared).release(key, job);
    }
  }
}
