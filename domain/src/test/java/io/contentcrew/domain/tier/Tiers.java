package io.contentcrew.domain.tier;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Tiers to test with. */
public final class Tiers {
  private Tiers() {}

  /** A tier that allows so many pieces of every format. */
  public static Tier tier(String id, int rank, long pieces, int activeJobs) {
    return new Tier(
        new TierId(id),
        id,
        rank,
        limits(Allowance.of(pieces), activeJobs),
        new ModelName("m"),
        false,
        false,
        Optional.empty());
  }

  static TierLimits limits(Allowance each, int activeJobs) {
    Map<Format, Allowance> monthly = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      monthly.put(format, each);
    }
    return new TierLimits(monthly, 1, activeJobs, 10, 60, Optional.empty());
  }
}
