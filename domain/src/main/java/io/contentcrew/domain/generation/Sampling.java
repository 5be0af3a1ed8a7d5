package io.contentcrew.domain.generation;

import java.util.OptionalLong;

/**
 * How a model throws its dice.
 *
 * @param temperature 0 to 2; the higher, the more surprising
 * @param repeatPenalty 1 or a little more; small models repeat themselves without
 * @param seed makes the answer repeatable where the model allows it
 */
public record Sampling(double temperature, double repeatPenalty, OptionalLong seed) {
  public Sampling {
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("a temperature is 0 to 2");
    }
    if (!(repeatPenalty >= 1 && repeatPenalty <= 2)) {
      throw new IllegalArgumentException("a repeat penalty is 1 to 2");
    }
  }

  /** Dice of that temperature, without a seed. */
  public static Sampling of(double temperature) {
    return new Sampling(temperature, 1.1, OptionalLong.empty());
  }

  /** The same dice, thrown from {@code seed}. */
  public Sampling withSeed(long changed) {
    return new Sampling(temperature, repeatPenalty, OptionalLong.of(changed));
  }
}
