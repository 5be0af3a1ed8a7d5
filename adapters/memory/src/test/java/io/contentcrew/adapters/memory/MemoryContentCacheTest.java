package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.testkit.ContentCacheContract;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryContentCacheTest extends ContentCacheContract {
  private final TestClock clock = new TestClock(Fixtures.NOW);

  @Override
  protected ContentCache open() {
    return MemoryContentCache.create(clock);
  }

  @Override
  protected Duration timeToLive() {
    return Duration.ofHours(1);
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @Test
  void what_was_not_used_for_longest_goes_when_there_is_no_room() {
    List<ContentCache.Piece> pieces =
        List.of(new ContentCache.Piece(Fixtures.anArtifact(Format.BLOG), List.of()));
    int size = pieces.toString().length();
    ContentCache small = MemoryContentCache.of(clock, timeToLive(), 3L * size);
    for (int i = 0; i < 10; i++) {
      small.put(new ContentCache.Key("key " + i), pieces);
    }
    assertThat(small.find(new ContentCache.Key("key 0"))).isEmpty();
    assertThat(small.find(new ContentCache.Key("key 9"))).contains(pieces);
  }

  @Test
  void a_cache_without_room_or_time_is_refused() {
    assertThatThrownBy(() -> MemoryContentCache.of(clock, Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MemoryContentCache.of(clock, Duration.ofHours(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
