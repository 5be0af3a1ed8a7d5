package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.IdempotencyKeys;
import io.contentcrew.ports.generation.UsageLedger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Counts first and writes then; settles as often as it is asked. */
final class NaiveLedger implements UsageLedger {
  private final Map<Row, Boolean> settled = new ConcurrentHashMap<>();

  private record Row(JobId job, Format format, UserId user, UsagePeriod period) {}

  @Override
  public Map<Format, FormatUsage> usage(UserId user, UsagePeriod period) {
    Map<Format, FormatUsage> usage = new EnumMap<>(Format.class);
    settled.forEach(
        (row, done) -> {
          if (row.user.equals(user) && row.period.equals(period)) {
            FormatUsage had = usage.getOrDefault(row.format, FormatUsage.NONE);
            usage.put(
                row.format,
                done
                    ? new FormatUsage(had.used() + 1, had.reserved())
                    : new FormatUsage(had.used(), had.reserved() + 1));
          }
        });
    return usage;
  }

  /** As they come. */
  @Override
  public List<Period> periods(UserId user) {
    return settled.keySet().stream()
        .filter(row -> row.user.equals(user))
        .map(row -> new Period(row.period, usage(user, row.period)))
        .toList();
  }

  @Override
  public Set<Format> reserve(
      JobId job, UserId user, UsagePeriod period, Map<Format, Allowance> allowances) {
    Map<Format, FormatUsage> usage = usage(user, period);
    Gap.between();
    Set<Format> refused = EnumSet.noneOf(Format.class);
    allowances.forEach(
        (format, allowance) -> {
          if (allowance.covers(usage.getOrDefault(format, FormatUsage.NONE).taken() + 1)) {
            settled.put(new Row(job, format, user, period), false);
          } else {
            refused.add(format);
          }
        });
    return refused;
  }

  /** Leaves everything where it was. */
  @Override
  public void handOver(UserId from, UserId to, Optional<UsagePeriod> into) {}

  @Override
  public boolean settle(JobId job, Format format) {
    List<Row> found =
        settled.keySet().stream()
            .filter(row -> row.job.equals(job) && row.format == format)
            .toList();
    Gap.between();
    found.forEach(row -> settled.put(row, true));
    return !found.isEmpty();
  }

  @Override
  public Set<Format> release(JobId job) {
    List<Row> found = settled.keySet().stream().filter(row -> row.job.equals(job)).toList();
    Gap.between();
    found.forEach(settled::remove);
    return found.stream().map(Row::format).collect(Collectors.toSet());
  }

  /** Takes every job for lost. */
  @Override
  public int releaseLapsed(int limit) {
    Set<JobId> jobs = settled.keySet().stream().map(Row::job).collect(Collectors.toSet());
    jobs.forEach(this::release);
    return jobs.size();
  }

  @Override
  public int purge(Instant endedBefore, int limit) {
    int many = settled.size();
    settled.keySet().removeIf(row -> !row.period.end().isAfter(endedBefore));
    return many - settled.size();
  }

  /** Keys that are looked up and then put in. */
  static final class Keys implements IdempotencyKeys {
    private final Map<String, Entry> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<Entry> take(
        UserId user, String key, String requestHash, JobId job, Instant now, Instant expiresAt) {
      Optional<Entry> holder = Optional.ofNullable(keys.get(key));
      Gap.between();
      if (holder.isEmpty()) {
        keys.put(key, new Entry(requestHash, job));
      }
      return holder;
    }

    /** Leaves everything where it was. */
    @Override
    public void handOver(UserId from, UserId to) {}

    @Override
    public int purge(Instant now, int limit) {
      int many = keys.size();
      keys.clear();
      return many;
    }
  }
}
