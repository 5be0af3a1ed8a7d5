package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.UsageLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each change is one statement. It first takes the user "for share", so that it waits for who holds
 * the account, and only then the sums, format by format in one order, so that two changes never
 * wait for each other.
 */
final class PostgresUsageLedger implements UsageLedger {
  private static final String USAGE =
      """
      select format, used, reserved from usage_tracking
      where user_id = :user and period_start = :period_start and period_end = :period_end
      """;

  private static final String PERIODS =
      """
      select period_start, period_end, format, used, reserved from usage_tracking
      where user_id = :user
      order by period_start desc, period_end desc
      """;

  /** What is left is looked at on the locked row, after all changes that came before. */
  private static final String RESERVE =
      """
      with holder as (select id from users where id = :user for share),
      wanted as (select format, pieces from unnest(:formats, :pieces) as w (format, pieces)),
      taken as (
        insert into usage_tracking as t (user_id, period_start, period_end, format, used, reserved)
        select :user, :period_start, :period_end, format, 0, 1
        from wanted
        where (select count(*) from holder) >= 0 and (pieces is null or pieces > 0)
        order by format
        on conflict (user_id, period_start, period_end, format)
        do update set reserved = t.reserved + 1
        where not exists (
          select from wanted w where w.format = t.format and t.used + t.reserved >= w.pieces)
        returning t.format),
      opened as (
        insert into usage_reservations (job_id, format, user_id, period_start, period_end, state)
        select :job, format, :user, :period_start, :period_end, 'reserved' from taken)
      select format from wanted where format not in (select format from taken)
      """;

  /** Both users are held, and who changes sums takes their user first: so nobody else does. */
  private static final String HAND_OVER_SUMS =
      """
      with given as (
        delete from usage_tracking where user_id = :from
        returning coalesce(:period_start, period_start) as period_start,
          coalesce(:period_end, period_end) as period_end, format, used, reserved)
      insert into usage_tracking as t (user_id, period_start, period_end, format, used, reserved)
      select :to, period_start, period_end, format, sum(used), sum(reserved) from given
      group by period_start, period_end, format
      on conflict (user_id, period_start, period_end, format)
      do update set used = t.used + excluded.used, reserved = t.reserved + excluded.reserved
      """;

  private static final String HAND_OVER_ROWS =
      """
      update usage_reservations
      set user_id = :to, period_start = coalesce(:period_start, period_start),
        period_end = coalesce(:period_end, period_end)
      where user_id = :from
      """;

  private static final String CLOSE =
      """
      with held as (
        select u.id from users u
        where u.id in (select r.user_id from usage_reservations r where r.job_id = :job)
        for share),
      closed as (
        update usage_reservations set state = :state
        where job_id = :job and format = any (:formats) and state = 'reserved'
          and user_id in (select id from held)
        returning user_id, period_start, period_end, format),
      sums as (
        select t.user_id, t.period_start, t.period_end, t.format
        from usage_tracking t join closed using (user_id, period_start, period_end, format)
        order by t.format
        for no key update of t),
      counted as (
        update usage_tracking t set reserved = t.reserved - 1, used = t.used + :used
        from sums
        where (t.user_id, t.period_start, t.period_end, t.format)
          = (sums.user_id, sums.period_start, sums.period_end, sums.format))
      select format from closed
      """;

  /** Whose job is over or gone: neither changes any more. */
  static final String LAPSED =
      """
      select r.job_id
      from usage_reservations r left join jobs j on j.id = r.job_id
      where r.state = 'reserved' and coalesce(j.status not in ('pending', 'running'), true)
      group by r.job_id
      order by r.job_id
      limit :limit
      """;

  /**
   * Leaves the rows of open jobs, and those of a sum of which something is reserved still; and of
   * periods that have not ended by the database's clock, however far ahead the caller's is.
   */
  static final String PURGE_ROWS =
      """
      delete from usage_reservations where (job_id, format) in (
        select r.job_id, r.format from usage_reservations r
        where r.period_end < least(:ended_before, statement_timestamp()) and r.state <> 'reserved'
          and not exists (
            select from usage_tracking t
            where t.user_id = r.user_id and t.period_start = r.period_start
              and t.period_end = r.period_end and t.format = r.format and t.reserved > 0)
          and not exists (
            select from jobs j where j.id = r.job_id and j.status in ('pending', 'running'))
        order by r.period_end
        limit :limit
        for update skip locked)
      """;

  static final String PURGE_SUMS =
      """
      delete from usage_tracking where (user_id, period_start, period_end, format) in (
        select t.user_id, t.period_start, t.period_end, t.format from usage_tracking t
        where t.period_end < least(:ended_before, statement_timestamp()) and t.reserved = 0
          and not exists (
            select from usage_reservations r
            where r.user_id = t.user_id and r.period_start = t.period_start
              and r.period_end = t.period_end and r.format = t.format)
        order by t.period_end
        limit :limit
        for update skip locked)
      """;

  private final Tx tx;

  PostgresUsageLedger(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Map<Format, FormatUsage> usage(UserId user, UsagePeriod period) {
    Map<Format, FormatUsage> usage = new EnumMap<>(Format.class);
    tx.list(
            USAGE,
            values -> account(values, user, period),
            row ->
                Map.entry(
                    Names.format(row.getString("format")),
                    new FormatUsage(row.getLong("used"), row.getLong("reserved"))))
        .forEach(entry -> usage.put(entry.getKey(), entry.getValue()));
    return usage;
  }

  @Override
  public List<Period> periods(UserId user) {
    Map<UsagePeriod, Map<Format, FormatUsage>> periods = new LinkedHashMap<>();
    tx.list(
            PERIODS,
            values -> values.uuid("user", user.value()),
            row ->
                new Sum(
                    new UsagePeriod(
                        Values.time(row, "period_start"), Values.time(row, "period_end")),
                    Names.format(row.getString("format")),
                    new FormatUsage(row.getLong("used"), row.getLong("reserved"))))
        .forEach(
            sum ->
                periods
                    .computeIfAbsent(sum.period, unseen -> new EnumMap<>(Format.class))
                    .put(sum.format, sum.usage));
    List<Period> latestFirst = new ArrayList<>();
    periods.forEach((period, usage) -> latestFirst.add(new Period(period, usage)));
    return latestFirst;
  }

  private record Sum(UsagePeriod period, Format format, FormatUsage usage) {}

  @Override
  public Set<Format> reserve(
      JobId job, UserId user, UsagePeriod period, Map<Format, Allowance> allowances) {
    List<String> formats = new ArrayList<>();
    List<@Nullable Long> pieces = new ArrayList<>();
    allowances.forEach(
        (format, allowance) -> {
          formats.add(format.wireName());
          var limit = allowance.limit();
          pieces.add(limit.isPresent() ? limit.getAsLong() : null);
        });
    return formats(
        tx.list(
            RESERVE,
            values ->
                account(values, user, period)
                    .uuid("job", job.value())
                    .texts("formats", formats)
                    .numbers("pieces", pieces),
            row -> row.getString("format")));
  }

  @Override
  public void handOver(UserId from, UserId to, Optional<UsagePeriod> into) {
    for (String statement : List.of(HAND_OVER_SUMS, HAND_OVER_ROWS)) {
      tx.update(
          statement,
          values ->
              values
                  .uuid("from", from.value())
                  .uuid("to", to.value())
                  .time("period_start", into.map(UsagePeriod::start))
                  .time("period_end", into.map(UsagePeriod::end)));
    }
  }

  @Override
  public boolean settle(JobId job, Format format) {
    return !close(job, List.of(format.wireName()), "settled", 1).isEmpty();
  }

  @Override
  public Set<Format> release(JobId job) {
    List<String> all = EnumSet.allOf(Format.class).stream().map(Format::wireName).toList();
    return close(job, all, "released", 0);
  }

  @Override
  public int releaseLapsed(int limit) {
    List<JobId> lapsed =
        tx.list(
            LAPSED,
            values -> values.number("limit", limit),
            row -> new JobId(Values.uuid(row, "job_id")));
    return (int) lapsed.stream().filter(job -> !release(job).isEmpty()).count();
  }

  @Override
  public int purge(Instant endedBefore, int limit) {
    int rows =
        tx.update(
            PURGE_ROWS, values -> values.time("ended_before", endedBefore).number("limit", limit));
    if (rows == limit) {
      return rows;
    }
    return rows
        + tx.update(
            PURGE_SUMS,
            values -> values.time("ended_before", endedBefore).number("limit", limit - rows));
  }

  private Set<Format> close(JobId job, List<String> formats, String state, int used) {
    return formats(
        tx.list(
            CLOSE,
            values ->
                values
                    .uuid("job", job.value())
                    .texts("formats", formats)
                    .text("state", state)
                    .number("used", used),
            row -> row.getString("format")));
  }

  private static Values account(Values values, UserId user, UsagePeriod period) {
    return values
        .uuid("user", user.value())
        .time("period_start", period.start())
        .time("period_end", period.end());
  }

  private static Set<Format> formats(List<String> names) {
    Set<Format> formats = EnumSet.noneOf(Format.class);
    names.forEach(name -> formats.add(Names.format(name)));
    return formats;
  }
}
