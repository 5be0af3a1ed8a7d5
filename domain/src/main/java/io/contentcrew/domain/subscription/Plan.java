package io.contentcrew.domain.subscription;

import io.contentcrew.domain.tier.TierId;
import java.util.Objects;

/** What can be bought: a tier, for a month or a year at a time. */
public record Plan(TierId tier, BillingInterval interval) {
  public Plan {
    Objects.requireNonNull(tier, "tier");
    Objects.requireNonNull(interval, "interval");
  }
}
