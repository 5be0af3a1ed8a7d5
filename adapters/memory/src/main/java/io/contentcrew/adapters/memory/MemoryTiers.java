package io.contentcrew.adapters.memory;

import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.ports.tier.Tiers;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

final class MemoryTiers implements Tiers {
  private final Table<TierId, Tier> tiers;
  private final Predicate<TierId> isNamed;

  /** Tiers that stay while {@code isNamed} by a subscription. */
  MemoryTiers(Turn turn, Predicate<TierId> isNamed) {
    tiers = new Table<>(turn);
    this.isNamed = isNamed;
  }

  @Override
  public void seed(TierCatalog catalog) {
    List<Tier> dropped =
        tiers.values().stream().filter(tier -> catalog.find(tier.id()).isEmpty()).toList();
    for (Tier tier : dropped) {
      if (isNamed.test(tier.id())) {
        requireOwnRank(tier, catalog);
      } else {
        tiers.remove(tier.id());
      }
    }
    catalog.tiers().forEach(tier -> tiers.put(tier.id(), tier));
  }

  private static void requireOwnRank(Tier kept, TierCatalog catalog) {
    for (Tier tier : catalog.tiers()) {
      if (tier.rank() == kept.rank()) {
        throw new IllegalArgumentException(
            "tier %s cannot have rank %d: tier %s has it, which is kept because subscriptions name it; give %s another rank"
                .formatted(tier.id(), tier.rank(), kept.id(), tier.id()));
      }
    }
  }

  @Override
  public Optional<TierCatalog> load() {
    return tiers.size() == 0
        ? Optional.empty()
        : Optional.of(new TierCatalog(List.copyOf(tiers.values())));
  }

  /** The rank of a tier, if it is stored. */
  Optional<Integer> rank(TierId id) {
    return tiers.get(id).map(Tier::rank);
  }

  /** Whether one is higher than the other; the lowest there is, is one that is not stored. */
  boolean isAbove(TierId one, TierId other) {
    return rank(one).orElse(Integer.MIN_VALUE) > rank(other).orElse(Integer.MIN_VALUE);
  }
}
