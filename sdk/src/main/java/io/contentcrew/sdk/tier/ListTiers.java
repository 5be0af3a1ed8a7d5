package io.contentcrew.sdk.tier;

import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import java.util.List;

/** Shows the tiers. Safe for use by many threads. */
public final class ListTiers {
  private final TierCatalog catalog;

  /** Lists that catalog. */
  public ListTiers(TierCatalog catalog) {
    this.catalog = catalog;
  }

  /** All tiers, the lowest first. */
  public List<Tier> list() {
    return catalog.tiers();
  }
}
