package io.contentcrew.adapters.redis;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What users are entitled to, for all instances. One key for each user holds the version, and
 * behind it the entry, or nothing where only the version is known.
 */
final class RedisTierCache implements TierCache {
  private static final Script PUT = Script.named("put-tier");
  private static final Script EVICT = Script.named("evict-tier");
  private static final int DIGITS = 19;
  private static final String FORMAT = "1";

  private final Link link;
  private final Keys keys;
  private final Duration timeToLive;

  RedisTierCache(Link link, Keys keys, Duration timeToLive) {
    this.link = link;
    this.keys = keys;
    this.timeToLive = timeToLive;
  }

  @Override
  public Optional<Entry> find(UserId user) {
    // lettuce says null where there is nothing, and hides that from the checker
    Optional<byte[]> found =
        link.ask(redis -> redis.get(keys.tier(user.toString())).thenApply(Optional::ofNullable));
    return found.flatMap(RedisTierCache::entry);
  }

  @Override
  public void put(UserId user, Entry entry) {
    PUT.run(link, keys.tier(user.toString()), text(entry), timeToLive.toMillis());
  }

  @Override
  public void evict(UserId user, long version) {
    if (version < 0) {
      throw new IllegalArgumentException("versions begin at 0");
    }
    EVICT.run(link, keys.tier(user.toString()), text(version), timeToLive.toMillis());
  }

  private static String text(long version) {
    String digits = Long.toString(version);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** For example {@code 00...07|1|pro|2026-03-01T00:00:00Z|2026-04-01T00:00:00Z}. */
  private static String text(Entry entry) {
    Entitlement entitlement = entry.entitlement();
    String period =
        entitlement.billingPeriod().map(known -> known.start() + "|" + known.end()).orElse("|");
    return text(entry.version()) + "|" + FORMAT + "|" + entitlement.tier() + "|" + period;
  }

  /**
   * Empty also where another release wrote what this one cannot read: then the stores are asked.
   */
  private static Optional<Entry> entry(byte[] value) {
    String[] parts = new String(value, StandardCharsets.UTF_8).split("\\|", -1);
    if (parts.length != 5 || !parts[1].equals(FORMAT)) {
      return Optional.empty();
    }
    try {
      Optional<UsagePeriod> period =
          parts[3].isEmpty()
              ? Optional.empty()
              : Optional.of(new UsagePeriod(Instant.parse(parts[3]), Instant.parse(parts[4])));
      return Optional.of(
          new Entry(new Entitlement(new TierId(parts[2]), period), Long.parseLong(parts[0])));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
