package io.contentcrew.adapters.redis;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.TierCache;

/**
 * Shares rates, caches and signals among instances, in Redis. Safe for use by many threads.
 *
 * <p>It is there also while Redis is not: it connects in the background, and again whenever the
 * connection is lost. Until then every call throws {@link PortUnavailableException}, at once where
 * Redis is known to be away, and else after the configured time. Nothing is kept here that would be
 * missed: whoever calls goes on without it.
 *
 * <p>Where access control lists are used, the user needs the keys and the channel that begin with
 * the configured prefix, and the commands ping, hello, select (for a database other than 0), client
 * (setname, setinfo), time, get, set, del, hset, hmget, pexpire, eval, evalsha, publish and
 * subscribe.
 */
public final class RedisAdapter implements AutoCloseable {
  private final Connector connector;
  private final Link link;
  private final RedisRateLimiter rateLimiter;
  private final RedisContentCache contentCache;
  private final RedisTierCache tierCache;
  private final RedisJobSignals signals;

  private RedisAdapter(RedisConfig config) {
    Failures failures = new Failures(config);
    Keys keys = new Keys(config.keyPrefix());
    connector = new Connector(config, failures);
    link = new Link(config, connector, failures);
    rateLimiter = new RedisRateLimiter(link, keys);
    contentCache = new RedisContentCache(link, keys, config.contentTimeToLive());
    tierCache = new RedisTierCache(link, keys, config.tierTimeToLive());
    signals = new RedisJobSignals(config, link, connector, failures);
  }

  /**
   * Begins to connect, and does not wait for it.
   *
   * @throws IllegalArgumentException if a user is named without a password, or the file of root
   *     certificates is not there
   */
  public static RedisAdapter open(RedisConfig config) {
    config.requireUsable();
    requireReadable(config.server());
    RedisAdapter adapter = new RedisAdapter(config);
    adapter.link.start();
    adapter.signals.start();
    return adapter;
  }

  private static void requireReadable(RedisConfig.Server server) {
    server
        .tls()
        .flatMap(RedisConfig.Tls::rootCertificate)
        .filter(path -> !path.toFile().canRead())
        .ifPresent(
            path -> {
              throw new IllegalArgumentException(
                  "the root certificates for Redis cannot be read: " + path);
            });
  }

  /** Limits of rate that all instances count together. */
  public RateLimiter rateLimiter() {
    return rateLimiter;
  }

  /** Finished pieces, for the equal briefs of all instances. */
  public ContentCache contentCache() {
    return contentCache;
  }

  /** What users are entitled to, for all instances. */
  public TierCache tierCache() {
    return tierCache;
  }

  /** How the instances tell each other what is new. */
  public JobSignals signals() {
    return signals;
  }

  /**
   * Asks Redis for a sign of life, by a small write that all else needs as well; takes a second at
   * most, or the command timeout if that is longer.
   *
   * @throws PortUnavailableException if there is none, saying why and what to do
   */
  public void ping() {
    link.ping();
  }

  /** Closes all connections and ends all threads. Idempotent. */
  @Override
  public void close() {
    signals.close();
    link.close();
    connector.close();
  }
}
