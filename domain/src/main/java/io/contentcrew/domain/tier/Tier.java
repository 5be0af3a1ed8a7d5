package io.contentcrew.domain.tier;

import io.contentcrew.domain.ModelName;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan a user can be on.
 *
 * @param rank orders tiers: the higher one is worth more, and wins where a user is entitled to
 *     several
 * @param model what serves its users
 * @param priority whether its jobs go before those of tiers without
 * @param apiKeys whether its users may create API keys
 * @param price empty for a tier that is free of charge or sold by contract
 */
public record Tier(
    TierId id,
    String displayName,
    int rank,
    TierLimits limits,
    ModelName model,
    boolean priority,
    boolean apiKeys,
    Optional<Price> price) {
  public Tier {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(price, "price");
    if (displayName.isBlank()) {
      throw new IllegalArgumentException("a tier needs a name to show");
    }
  }

  /** A copy with other limits. */
  public Tier withLimits(TierLimits changed) {
    return new Tier(id, displayName, rank, changed, model, priority, apiKeys, price);
  }

  /** What a guest has of it: one piece of each format that it offers, and one job at a time. */
  public Tier forGuest() {
    return withLimits(limits.forGuest());
  }

  /** A copy that is served by another model. */
  public Tier withModel(ModelName changed) {
    return new Tier(id, displayName, rank, limits, changed, priority, apiKeys, price);
  }
}
