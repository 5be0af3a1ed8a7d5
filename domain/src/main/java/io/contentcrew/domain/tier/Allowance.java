package io.contentcrew.domain.tier;

import java.util.OptionalLong;

/** How many pieces of one format a tier allows in a usage period. */
public sealed interface Allowance {
  /** At most {@code pieces}; 0 means that the tier does not offer the format. */
  record Limited(long pieces) implements Allowance {
    public Limited {
      if (pieces < 0) {
        throw new IllegalArgumentException("an allowance cannot be negative");
      }
    }

    @Override
    public boolean covers(long pieces) {
      return pieces <= this.pieces;
    }

    @Override
    public OptionalLong limit() {
      return OptionalLong.of(pieces);
    }
  }

  /** As many as one likes. */
  record Unlimited() implements Allowance {
    @Override
    public boolean covers(long pieces) {
      return true;
    }

    @Override
    public OptionalLong limit() {
      return OptionalLong.empty();
    }
  }

  /** Whether {@code pieces} in all are within the allowance. */
  boolean covers(long pieces);

  /** The number of pieces, or empty when there is no limit. */
  OptionalLong limit();

  /** An allowance of {@code pieces}. */
  static Allowance of(long pieces) {
    return new Limited(pieces);
  }

  /** An allowance without limit. */
  static Allowance unlimited() {
    return new Unlimited();
  }
}
