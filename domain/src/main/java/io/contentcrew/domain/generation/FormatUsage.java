package io.contentcrew.domain.generation;

/**
 * The pieces of one format that a user has had in a usage period.
 *
 * @param used delivered
 * @param reserved promised to jobs that wait or run
 */
public record FormatUsage(long used, long reserved) {
  /** None yet. */
  public static final FormatUsage NONE = new FormatUsage(0, 0);

  public FormatUsage {
    if (used < 0 || reserved < 0) {
      throw new IllegalArgumentException("usage cannot be negative");
    }
  }

  /** What counts against the limit: both together. */
  public long taken() {
    return used + reserved;
  }
}
