package io.contentcrew.domain.tier;

import io.contentcrew.domain.Format;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a tier allows.
 *
 * @param monthly pieces in a usage period, for every format
 * @param parallelTasks agents of one user that may work at the same time
 * @param activeJobs jobs of one user that may run or wait at the same time
 * @param generatePerMinute submits a minute, 1,000,000 at most
 * @param requestsPerMinute other requests a minute, 1,000,000 at most
 * @param keepFor how long a job and its pieces are kept after its end; empty for ever
 */
public record TierLimits(
    Map<Format, Allowance> monthly,
    int parallelTasks,
    int activeJobs,
    int generatePerMinute,
    int requestsPerMinute,
    Optional<Duration> keepFor) {
  public TierLimits {
    if (monthly.size() != Format.values().length) {
      throw new IllegalArgumentException("a tier needs an allowance for every format");
    }
    monthly = Collections.unmodifiableMap(new EnumMap<>(monthly));
    if (parallelTasks < 1 || activeJobs < 1 || generatePerMinute < 1 || requestsPerMinute < 1) {
      throw new IllegalArgumentException("the limits of a tier must be at least 1");
    }
    if (generatePerMinute > Rate.MOST || requestsPerMinute > Rate.MOST) {
      throw new IllegalArgumentException(
          "a tier allows " + Rate.MOST + " requests a minute at most");
    }
    if (keepFor.filter(time -> !time.isPositive()).isPresent()) {
      throw new IllegalArgumentException("pieces must be kept for some time");
    }
  }

  /** The allowance of {@code format}. */
  public Allowance allowance(Format format) {
    Allowance allowance = monthly.get(format);
    if (allowance == null) {
      throw new IllegalStateException("no allowance for " + format);
    }
    return allowance;
  }

  /** A copy in which {@code format} has another allowance. */
  public TierLimits withAllowance(Format format, Allowance allowance) {
    Map<Format, Allowance> changed = new EnumMap<>(monthly);
    changed.put(format, allowance);
    return new TierLimits(
        changed, parallelTasks, activeJobs, generatePerMinute, requestsPerMinute, keepFor);
  }

  /** A copy that allows one piece of each format it allows at all, and one job at a time. */
  TierLimits forGuest() {
    Map<Format, Allowance> once = new EnumMap<>(monthly);
    once.replaceAll((format, allowance) -> Allowance.of(allowance.covers(1) ? 1 : 0));
    return new TierLimits(once, parallelTasks, 1, generatePerMinute, requestsPerMinute, keepFor);
  }

  /** A copy in which jobs are kept for another time. */
  public TierLimits withKeepFor(Optional<Duration> changed) {
    return new TierLimits(
        monthly, parallelTasks, activeJobs, generatePerMinute, requestsPerMinute, changed);
  }
}
