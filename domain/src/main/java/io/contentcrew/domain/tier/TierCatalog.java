package io.contentcrew.domain.tier;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All tiers, lowest rank first. There is always one called {@link TierId#FREE}. */
public record TierCatalog(List<Tier> tiers) {
  public TierCatalog {
    tiers = tiers.stream().sorted(Comparator.comparingInt(Tier::rank)).toList();
    Set<TierId> ids = new HashSet<>();
    Set<Integer> ranks = new HashSet<>();
    for (Tier tier : tiers) {
      if (!ids.add(tier.id())) {
        throw new IllegalArgumentException("tier " + tier.id() + " is defined twice");
      }
      if (!ranks.add(tier.rank())) {
        throw new IllegalArgumentException("two tiers have rank " + tier.rank());
      }
    }
    if (!ids.contains(TierId.FREE)) {
      throw new IllegalArgumentException("there must be a tier called " + TierId.FREE);
    }
  }

  /** The tier of that name. */
  public Optional<Tier> find(TierId id) {
    return tiers.stream().filter(tier -> tier.id().equals(id)).findFirst();
  }

  /** The tier of that name; the free one where it is not offered any more. */
  public Tier findOrFree(TierId id) {
    return find(id).orElseGet(this::free);
  }

  /** The rank of the tier of that name; below all others where it is not offered any more. */
  public int rank(TierId id) {
    return find(id).map(Tier::rank).orElse(Integer.MIN_VALUE);
  }

  /** What users without a subscription are on. */
  public Tier free() {
    return find(TierId.FREE).orElseThrow();
  }

  /** The lowest tier that is so: what to offer to whoever lacks what it has. */
  public Optional<Tier> lowest(Predicate<Tier> so) {
    return tiers.stream().filter(so).findFirst();
  }

  /** The cheapest tier above {@code tier}: what to offer to whoever met a limit. */
  public Optional<Tier> above(Tier tier) {
    return tiers.stream().filter(other -> other.rank() > tier.rank()).findFirst();
  }
}
