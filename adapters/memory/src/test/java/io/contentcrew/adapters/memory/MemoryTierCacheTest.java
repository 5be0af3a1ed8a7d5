package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import io.contentcrew.testkit.TierCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryTierCacheTest extends TierCacheContract {
  private final TestClock clock = new TestClock(Fixtures.NOW);

  @Override
  protected TierCache open() {
    return MemoryTierCache.create(clock);
  }

  @Override
  protected Duration timeToLive() {
    return Duration.ofMinutes(1);
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @Test
  void whoever_was_not_asked_about_for_longest_goes_when_there_is_no_room() {
    TierCache small = MemoryTierCache.of(clock, timeToLive(), 3);
    TierCache.Entry entry = new TierCache.Entry(Entitlement.free(), 1);
    UserId first = Fixtures.aUserId();
    small.put(first, entry);
    UserId last = first;
    for (int i = 0; i < 10; i++) {
      last = Fixtures.aUserId();
      small.put(last, entry);
    }
    assertThat(small.find(first)).isEmpty();
    assertThat(small.find(last)).contains(entry);
  }

  @Test
  void a_cache_without_room_or_time_is_refused() {
    assertThatThrownBy(() -> MemoryTierCache.of(clock, Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MemoryTierCache.of(clock, timeToLive(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_version_below_nothing_is_refused() {
    TierCache cache = open();
    assertThatThrownBy(() -> cache.evict(Fixtures.aUserId(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
