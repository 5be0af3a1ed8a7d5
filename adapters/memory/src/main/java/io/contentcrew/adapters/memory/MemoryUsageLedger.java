package io.contentcrew.adapters.memory;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.UsageLedger;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

final class MemoryUsageLedger implements UsageLedger {
  private static final Comparator<UsagePeriod> LATEST_FIRST =
      Comparator.comparing(UsagePeriod::start).thenComparing(UsagePeriod::end).reversed();

  private final Table<Row, State> rows;
  private final Table<Account, FormatUsage> usage;
  private final MemoryUsers users;
  private final JobRows jobs;

  private record Row(JobId job, Format format) {}

  private record Account(UserId user, UsagePeriod period, Format format) {
    Account of(UserId other, Optional<UsagePeriod> into) {
      return new Account(other, into.orElse(period), format);
    }
  }

  /**
   * @param open whether it is reserved still
   */
  private record State(Account account, boolean open) {}

  MemoryUsageLedger(Turn turn, MemoryUsers users, JobRows jobs) {
    rows = new Table<>(turn);
    usage = new Table<>(turn);
    this.users = users;
    this.jobs = jobs;
  }

  @Override
  public Map<Format, FormatUsage> usage(UserId user, UsagePeriod period) {
    Map<Format, FormatUsage> found = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      usage.get(new Account(user, period, format)).ifPresent(had -> found.put(format, had));
    }
    return found;
  }

  @Override
  public List<Period> periods(UserId user) {
    return usage.keys().stream()
        .filter(account -> account.user.equals(user))
        .map(Account::period)
        .distinct()
        .sorted(LATEST_FIRST)
        .map(period -> new Period(period, usage(user, period)))
        .toList();
  }

  @Override
  public Set<Format> reserve(
      JobId job, UserId user, UsagePeriod period, Map<Format, Allowance> allowances) {
    users.require(user);
    Set<Format> refused = EnumSet.noneOf(Format.class);
    allowances.forEach(
        (format, allowance) -> {
          Account account = new Account(user, period, format);
          FormatUsage had = usage.get(account, FormatUsage.NONE);
          if (allowance.covers(had.taken() + 1)) {
            open(new Row(job, format), account, had);
          } else {
            refused.add(format);
          }
        });
    return refused;
  }

  private void open(Row row, Account account, FormatUsage had) {
    if (!rows.add(row, new State(account, true))) {
      throw Turn.refused("the job has a reservation of that format already");
    }
    usage.put(account, new FormatUsage(had.used(), had.reserved() + 1));
  }

  @Override
  public void handOver(UserId from, UserId to, Optional<UsagePeriod> into) {
    users.require(to);
    for (Row row : List.copyOf(rows.keys())) {
      State state = rows.get(row).orElseThrow();
      if (state.account.user.equals(from)) {
        rows.put(row, new State(state.account.of(to, into), state.open));
      }
    }
    for (Account account : List.copyOf(usage.keys())) {
      if (account.user.equals(from)) {
        FormatUsage had = usage.remove(account).orElseThrow();
        Account receiver = account.of(to, into);
        FormatUsage has = usage.get(receiver, FormatUsage.NONE);
        usage.put(
            receiver, new FormatUsage(has.used() + had.used(), has.reserved() + had.reserved()));
      }
    }
  }

  @Override
  public boolean settle(JobId job, Format format) {
    return close(new Row(job, format), 1);
  }

  @Override
  public Set<Format> release(JobId job) {
    Set<Format> released = EnumSet.noneOf(Format.class);
    for (Format format : Format.values()) {
      if (close(new Row(job, format), 0)) {
        released.add(format);
      }
    }
    return released;
  }

  /** Ends a reservation, of which {@code used} pieces were used. */
  private boolean close(Row row, int used) {
    Optional<State> open = rows.get(row).filter(State::open);
    open.ifPresent(
        state -> {
          rows.put(row, new State(state.account, false));
          FormatUsage had = usage.get(state.account).orElseThrow();
          usage.put(state.account, new FormatUsage(had.used() + used, had.reserved() - 1));
        });
    return open.isPresent();
  }

  @Override
  public int releaseLapsed(int limit) {
    List<JobId> lapsed =
        rows.keys().stream()
            .filter(row -> rows.get(row).orElseThrow().open)
            .map(Row::job)
            .distinct()
            .filter(this::isOver)
            .limit(limit)
            .toList();
    lapsed.forEach(this::release);
    return lapsed.size();
  }

  @Override
  public int purge(Instant endedBefore, int limit) {
    Set<Account> ended =
        usage.keys().stream()
            .filter(account -> account.period.end().isBefore(endedBefore))
            .filter(account -> usage.get(account).orElseThrow().reserved() == 0)
            .collect(Collectors.toSet());
    List<Row> behind =
        rows.keys().stream()
            .filter(row -> ended.contains(rows.get(row).orElseThrow().account))
            .toList();
    List<Row> old = behind.stream().filter(row -> isOver(row.job)).limit(limit).toList();
    old.forEach(rows::remove);
    behind.forEach(row -> rows.get(row).ifPresent(kept -> ended.remove(kept.account)));
    List<Account> accounts = ended.stream().limit((long) limit - old.size()).toList();
    accounts.forEach(usage::remove);
    return old.size() + accounts.size();
  }

  private boolean isOver(JobId job) {
    return jobs.get(job).map(row -> row.job().status().isFinal()).orElse(true);
  }

  /** Forgets the closed rows of a job that is over; what it used stays counted. */
  void delete(JobId job) {
    for (Format format : Format.values()) {
      Row row = new Row(job, format);
      if (rows.get(row).filter(state -> !state.open).isPresent()) {
        rows.remove(row);
      }
    }
  }

  /** Forgets all that a user has had. */
  void delete(UserId user) {
    rows.removeIf(entry -> entry.getValue().account.user.equals(user));
    usage.removeIf(entry -> entry.getKey().user.equals(user));
  }
}
