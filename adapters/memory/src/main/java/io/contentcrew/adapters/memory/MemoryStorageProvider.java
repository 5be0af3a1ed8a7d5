package io.contentcrew.adapters.memory;

import io.contentcrew.ports.Storage;
import io.contentcrew.ports.StorageProvider;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.TierCache;
import java.time.InstantSource;

/** Offers everything in this package to whoever looks for it by {@link java.util.ServiceLoader}. */
public final class MemoryStorageProvider implements StorageProvider {
  /** For {@link java.util.ServiceLoader}. */
  public MemoryStorageProvider() {}

  @Override
  public Storage storage(InstantSource clock) {
    return MemoryStorage.create(clock);
  }

  @Override
  public TextGenerator textGenerator() {
    return OfflineWriter.create();
  }

  @Override
  public RateLimiter rateLimiter() {
    return MemoryRateLimiter.create();
  }

  @Override
  public ContentCache contentCache(InstantSource clock) {
    return MemoryContentCache.create(clock);
  }

  @Override
  public TierCache tierCache(InstantSource clock) {
    return MemoryTierCache.create(clock);
  }
}
