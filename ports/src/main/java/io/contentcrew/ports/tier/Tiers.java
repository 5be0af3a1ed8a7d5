package io.contentcrew.ports.tier;

import io.contentcrew.domain.tier.TierCatalog;
import java.util.Optional;

/** The tiers, as the stores know them. */
public interface Tiers {
  /**
   * Makes the stored tiers equal to {@code catalog}. A tier that is not in it is kept while a
   * subscription names it.
   */
  void seed(TierCatalog catalog);

  /** The stored tiers; empty if none were ever stored. */
  Optional<TierCatalog> load();
}
