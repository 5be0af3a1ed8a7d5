package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a job may be taken on: decided from the tier and from what its owner has had and has
 * under way.
 */
public sealed interface Admission {
  /** It may. */
  record Admitted() implements Admission {}

  /** It may not: the tier's pieces of these formats are used up. */
  record OverQuota(List<FormatOverQuota> formats) implements Admission {
    public OverQuota {
      formats = List.copyOf(formats);
    }
  }

  /** It may not: the owner has as many jobs under way as the tier allows. */
  record TooManyJobs(int active, int limit) implements Admission {}

  /** A format whose pieces are used up. */
  record FormatOverQuota(Format format, long limit, FormatUsage usage) {}

  /**
   * Decides. The usage must be read under the same lock as the reservation that follows, or two
   * jobs may both be admitted to the last piece.
   *
   * @param usage of every format; what is missing counts as none
   * @param activeJobs of the owner that wait or run
   */
  static Admission decide(
      Tier tier, Set<Format> formats, Map<Format, FormatUsage> usage, int activeJobs) {
    List<FormatOverQuota> over = new ArrayList<>();
    for (Format format : formats) {
      FormatUsage had = usage.getOrDefault(format, FormatUsage.NONE);
      Allowance allowance = tier.limits().allowance(format);
      if (!allowance.covers(had.taken() + 1)) {
        over.add(new FormatOverQuota(format, allowance.limit().orElseThrow(), had));
      }
    }
    if (!over.isEmpty()) {
      return new OverQuota(over);
    }
    int limit = tier.limits().activeJobs();
    return activeJobs < limit ? new Admitted() : new TooManyJobs(activeJobs, limit);
  }
}
