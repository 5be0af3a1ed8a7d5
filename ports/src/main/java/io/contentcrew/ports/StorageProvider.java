package io.contentcrew.ports;

import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.TierCache;
import java.time.InstantSource;

/**
 * What the SDK runs on when its user names nothing else. The SDK looks for one with {@link
 * java.util.ServiceLoader}; the in-memory adapter is one, and comes with the SDK.
 */
public interface StorageProvider {
  /** A new, empty storage. */
  Storage storage(InstantSource clock);

  /** A generator that needs no model; what it writes is marked as a sample. */
  TextGenerator textGenerator();

  /** Limits of rate for this process. */
  RateLimiter rateLimiter();

  /** A cache of finished pieces for this process. */
  ContentCache contentCache(InstantSource clock);

  /** A cache of what users are entitled to for this process. */
  TierCache tierCache(InstantSource clock);
}
