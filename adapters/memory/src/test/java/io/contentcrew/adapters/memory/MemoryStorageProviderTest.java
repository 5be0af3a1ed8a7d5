package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.StorageProvider;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class MemoryStorageProviderTest {
  private final StorageProvider provider =
      ServiceLoader.load(StorageProvider.class).findFirst().orElseThrow();

  @Test
  void is_found_by_the_service_loader() {
    assertThat(provider).isInstanceOf(MemoryStorageProvider.class);
  }

  @Test
  void every_storage_is_new_and_empty() {
    TestClock clock = new TestClock(Fixtures.NOW);
    try (Storage first = provider.storage(clock);
        Storage second = provider.storage(clock)) {
      var user = Fixtures.aUser();
      first.transactions().inTransaction(stores -> stores.users().add(user, Optional.empty()));
      Optional<?> found =
          second.transactions().inTransaction(stores -> stores.users().find(user.id()));
      assertThat(found).isEmpty();
    }
  }

  @Test
  void offers_a_limiter_a_cache_and_a_writer_whose_work_is_marked() {
    TestClock clock = new TestClock(Fixtures.NOW);
    assertThat(provider.rateLimiter().acquire("key", Rate.perMinute(1)).allowed()).isTrue();
    assertThat(provider.contentCache(clock)).isInstanceOf(MemoryContentCache.class);
    assertThat(provider.textGenerator().isDemo()).isTrue();
  }
}
