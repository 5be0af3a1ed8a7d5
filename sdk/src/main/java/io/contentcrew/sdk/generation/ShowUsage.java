package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;
import io.contentcrew.sdk.tier.Entitled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Shows a user what is left of the quotas. Safe for use by many threads. */
public final class ShowUsage {
  private final Transactions transactions;
  private final TierCatalog catalog;
  private final InstantSource clock;

  ShowUsage(Transactions transactions, TierCatalog catalog, InstantSource clock) {
    this.transactions = transactions;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * What a user may have and has had.
   *
   * @param formats the usage of every format
   * @param activeJobs jobs that wait or run
   */
  public record View(
      Tier tier, UsagePeriod period, Map<Format, FormatUsage> formats, int activeJobs) {
    public View {
      formats = Collections.unmodifiableMap(new EnumMap<>(formats));
    }
  }

  /** The usage now. */
  public View show(UserId user) {
    Instant now = clock.instant();
    return transactions.read(
        stores -> {
          Entitlement entitlement = stores.subscriptions().entitlement(user, now);
          Entitled entitled =
              stores
                  .users()
                  .find(user)
                  .map(known -> Entitled.of(known, entitlement, catalog, now))
                  .orElseGet(() -> Entitled.of(entitlement, catalog, now));
          UsagePeriod period = entitled.period();
          Map<Format, FormatUsage> had = stores.usage().usage(user, period);
          Map<Format, FormatUsage> all = new EnumMap<>(Format.class);
          for (Format format : Format.values()) {
            all.put(format, had.getOrDefault(format, FormatUsage.NONE));
          }
          return new View(entitled.tier(), period, all, stores.jobs().countActive(user));
        });
  }
}
