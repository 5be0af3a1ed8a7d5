package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.generation.UsageLedger.Period;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link UsageLedger} keeps to. */
public abstract class UsageLedgerContract extends StorageHarness {
  private static final UsagePeriod MONTH = Fixtures.aPeriod();

  /** For subclasses. */
  protected UsageLedgerContract() {}

  private UserId user() {
    return givenUser().id();
  }

  private static Map<Format, Allowance> of(Format format, long pieces) {
    return Map.of(format, Allowance.of(pieces));
  }

  private Set<Format> reserve(JobId job, UserId user, Map<Format, Allowance> allowances) {
    return in(stores -> stores.usage().reserve(job, user, MONTH, allowances));
  }

  /** A reservation for a job of its own, as a submit makes it: all formats or nothing. */
  private boolean reserved(UserId user, Map<Format, Allowance> allowances) {
    try {
      run(
          stores -> {
            if (!stores.usage().reserve(Fixtures.aJobId(), user, MONTH, allowances).isEmpty()) {
              throw new Refused();
            }
          });
      return true;
    } catch (Refused refused) {
      return false;
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private JobId givenReserved(UserId user, Format... formats) {
    JobId job = Fixtures.aJobId();
    Map<Format, Allowance> allowances =
        Set.of(formats).stream()
            .collect(Collectors.toMap(format -> format, format -> Allowance.unlimited()));
    assertThat(reserve(job, user, allowances)).isEmpty();
    return job;
  }

  private FormatUsage usage(UserId user, Format format) {
    return in(stores -> stores.usage().usage(user, MONTH)).getOrDefault(format, FormatUsage.NONE);
  }

  private boolean settle(JobId job, Format format) {
    return in(stores -> stores.usage().settle(job, format));
  }

  private Set<Format> release(JobId job) {
    return in(stores -> stores.usage().release(job));
  }

  @Test
  void who_has_had_nothing_has_no_usage() {
    for (Format format : Format.values()) {
      assertThat(usage(user(), format)).isEqualTo(FormatUsage.NONE);
    }
  }

  @Test
  void a_reservation_counts_and_is_settled_into_use() {
    UserId user = user();
    JobId job = givenReserved(user, Format.BLOG, Format.AUDIO);
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(0, 1));
    assertThat(usage(user, Format.AUDIO)).isEqualTo(new FormatUsage(0, 1));
    assertThat(settle(job, Format.BLOG)).isTrue();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(1, 0));
    assertThat(usage(user, Format.AUDIO)).isEqualTo(new FormatUsage(0, 1));
    assertThat(usage(user, Format.VIDEO)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void what_is_released_does_not_count() {
    UserId user = user();
    JobId job = givenReserved(user, Format.BLOG, Format.AUDIO);
    settle(job, Format.AUDIO);
    assertThat(release(job)).containsExactly(Format.BLOG);
    assertThat(usage(user, Format.BLOG)).isEqualTo(FormatUsage.NONE);
    assertThat(usage(user, Format.AUDIO)).isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void all_that_is_still_reserved_is_released() {
    JobId job = givenReserved(user(), Format.values());
    assertThat(release(job)).isEqualTo(EnumSet.allOf(Format.class));
    assertThat(release(job)).isEmpty();
  }

  @Test
  void a_reservation_is_settled_or_released_once() {
    UserId user = user();
    JobId settled = givenReserved(user, Format.BLOG);
    assertThat(settle(settled, Format.BLOG)).isTrue();
    assertThat(settle(settled, Format.BLOG)).isFalse();
    assertThat(release(settled)).isEmpty();
    JobId released = givenReserved(user, Format.BLOG);
    release(released);
    assertThat(settle(released, Format.BLOG)).isFalse();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void what_was_never_reserved_is_neither_settled_nor_released() {
    UserId user = user();
    JobId job = givenReserved(user, Format.BLOG);
    assertThat(settle(job, Format.VIDEO)).isFalse();
    assertThat(settle(Fixtures.aJobId(), Format.BLOG)).isFalse();
    assertThat(release(Fixtures.aJobId())).isEmpty();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(0, 1));
    assertThat(usage(user, Format.VIDEO)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void the_allowance_covers_what_is_used_and_what_is_reserved() {
    UserId user = user();
    settle(givenReserved(user, Format.BLOG), Format.BLOG);
    givenReserved(user, Format.BLOG);
    assertThat(reserved(user, of(Format.BLOG, 2))).isFalse();
    assertThat(reserved(user, of(Format.BLOG, 3))).isTrue();
    assertThat(reserved(user, of(Format.BLOG, 3))).isFalse();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(1, 2));
  }

  @Test
  void an_allowance_that_has_become_smaller_than_the_usage_refuses() {
    UserId user = user();
    givenReserved(user, Format.BLOG);
    givenReserved(user, Format.BLOG);
    assertThat(reserved(user, of(Format.BLOG, 1))).isFalse();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(0, 2));
  }

  @Test
  void an_allowance_of_nothing_refuses_from_the_first_piece() {
    UserId user = user();
    assertThat(reserve(Fixtures.aJobId(), user, of(Format.VIDEO, 0))).containsExactly(Format.VIDEO);
    assertThat(usage(user, Format.VIDEO)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void the_formats_that_were_refused_are_named() {
    UserId user = user();
    givenReserved(user, Format.AUDIO);
    Map<Format, Allowance> allowances =
        Map.of(
            Format.BLOG, Allowance.of(1),
            Format.AUDIO, Allowance.of(1),
            Format.VIDEO, Allowance.of(0),
            Format.SOCIAL, Allowance.unlimited());
    assertThat(reserve(Fixtures.aJobId(), user, allowances))
        .containsExactlyInAnyOrder(Format.AUDIO, Format.VIDEO);
  }

  @Test
  void a_reservation_that_is_rolled_back_leaves_nothing() {
    UserId user = user();
    Map<Format, Allowance> allowances =
        Map.of(Format.BLOG, Allowance.of(5), Format.VIDEO, Allowance.of(0));
    assertThat(reserved(user, allowances)).isFalse();
    assertThat(usage(user, Format.BLOG)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void periods_and_users_count_for_themselves() {
    UserId one = user();
    UserId two = user();
    UsagePeriod next = UsagePeriod.calendarMonth(MONTH.end());
    UsagePeriod billing = new UsagePeriod(MONTH.start(), MONTH.end().plus(Duration.ofDays(3)));
    assertThat(reserved(one, of(Format.BLOG, 1))).isTrue();
    assertThat(reserved(two, of(Format.BLOG, 1))).isTrue();
    for (UsagePeriod period : List.of(next, billing)) {
      Set<Format> refused =
          in(stores -> stores.usage().reserve(Fixtures.aJobId(), one, period, of(Format.BLOG, 1)));
      assertThat(refused).isEmpty();
      assertThat(in(stores -> stores.usage().usage(one, period)).get(Format.BLOG))
          .isEqualTo(new FormatUsage(0, 1));
    }
    assertThat(usage(one, Format.BLOG)).isEqualTo(new FormatUsage(0, 1));
  }

  @Test
  void two_hundred_reservations_that_race_never_pass_the_limit_by_one() {
    UserId user = user();
    List<Boolean> reserved = Race.of(200, number -> reserved(user, of(Format.BLOG, 10)));
    assertThat(reserved).filteredOn(Boolean::booleanValue).hasSize(10);
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(0, 10));
  }

  @Test
  void reservations_of_several_formats_that_race_take_all_or_nothing() {
    UserId user = user();
    List<Map<Format, Allowance>> wishes =
        List.of(
            Map.of(Format.BLOG, Allowance.of(6), Format.SOCIAL, Allowance.of(8)),
            Map.of(Format.SOCIAL, Allowance.of(8), Format.AUDIO, Allowance.of(6)),
            Map.of(Format.AUDIO, Allowance.of(6), Format.BLOG, Allowance.of(6)));
    List<Boolean> reserved =
        Race.of(48, number -> reserved(user, wishes.get(number % wishes.size())));
    long pieces = 2L * reserved.stream().filter(Boolean::booleanValue).count();
    long blog = usage(user, Format.BLOG).reserved();
    long social = usage(user, Format.SOCIAL).reserved();
    long audio = usage(user, Format.AUDIO).reserved();
    assertThat(blog + social + audio).isEqualTo(pieces).isPositive();
    assertThat(blog).isLessThanOrEqualTo(6);
    assertThat(social).isLessThanOrEqualTo(8);
    assertThat(audio).isLessThanOrEqualTo(6);
  }

  @Test
  void of_those_who_settle_or_release_together_one_does() {
    UserId user = user();
    for (int round = 0; round < 5; round++) {
      JobId job = givenReserved(user, Format.BLOG);
      FormatUsage before = usage(user, Format.BLOG);
      List<String> done =
          Race.of(
              12,
              number ->
                  number % 2 == 0
                      ? (settle(job, Format.BLOG) ? "settled" : "")
                      : (release(job).isEmpty() ? "" : "released"));
      List<String> winners = done.stream().filter(s -> !s.isEmpty()).toList();
      assertThat(winners).hasSize(1);
      FormatUsage after =
          winners.contains("settled")
              ? new FormatUsage(before.used() + 1, before.reserved() - 1)
              : new FormatUsage(before.used(), before.reserved() - 1);
      assertThat(usage(user, Format.BLOG)).isEqualTo(after);
    }
  }

  @Test
  void what_is_read_under_the_lock_of_a_user_stays_true_until_the_end() {
    UserId user = user();
    List<Boolean> stayedTrue =
        Race.of(
            8,
            number -> {
              boolean all = true;
              for (int round = 0; round < 10; round++) {
                all &= number % 2 == 0 ? changes(user, round) : staysTrue(user);
              }
              return all;
            });
    assertThat(stayedTrue).containsOnly(true);
  }

  private boolean changes(UserId user, int round) {
    JobId job = givenReserved(user, Format.BLOG);
    return round % 2 == 0 ? settle(job, Format.BLOG) : !release(job).isEmpty();
  }

  private boolean staysTrue(UserId user) {
    return in(
        stores -> {
          stores.users().lock(user);
          Map<Format, FormatUsage> before = stores.usage().usage(user, MONTH);
          boolean same = true;
          for (int look = 0; look < 20; look++) {
            Race.letOthersIn();
            same &= stores.usage().usage(user, MONTH).equals(before);
          }
          return same;
        });
  }

  @Test
  void the_usage_of_every_period_is_listed_the_latest_first() {
    UserId user = user();
    UsagePeriod next = UsagePeriod.calendarMonth(MONTH.end());
    UsagePeriod billing = new UsagePeriod(MONTH.start(), MONTH.end().plus(Duration.ofDays(3)));
    givenReserved(user(), Format.BLOG);
    settle(givenReserved(user, Format.BLOG), Format.BLOG);
    givenReserved(user, Format.AUDIO);
    for (UsagePeriod period : List.of(next, billing)) {
      in(stores -> stores.usage().reserve(Fixtures.aJobId(), user, period, of(Format.VIDEO, 1)));
    }
    FormatUsage one = new FormatUsage(0, 1);
    assertThat(periods(user))
        .containsExactly(
            new Period(next, Map.of(Format.VIDEO, one)),
            new Period(billing, Map.of(Format.VIDEO, one)),
            new Period(MONTH, Map.of(Format.BLOG, new FormatUsage(1, 0), Format.AUDIO, one)));
    assertThat(periods(Fixtures.aUserId())).isEmpty();
  }

  @Test
  void a_period_that_was_forgotten_is_not_listed() {
    UserId user = user();
    settle(givenReserved(user, Format.BLOG), Format.BLOG);
    purge(MONTH.end().plusMillis(1), 100);
    assertThat(periods(user)).isEmpty();
  }

  private List<Period> periods(UserId user) {
    return in(stores -> stores.usage().periods(user));
  }

  private int releaseLapsed(int limit) {
    return in(stores -> stores.usage().releaseLapsed(limit));
  }

  private int purge(Instant endedBefore, int limit) {
    return in(stores -> stores.usage().purge(endedBefore, limit));
  }

  /** What is reserved for a job that is stored. */
  private void reserveFor(Job job) {
    Map<Format, Allowance> unlimited =
        Map.of(Format.BLOG, Allowance.unlimited(), Format.AUDIO, Allowance.unlimited());
    assertThat(reserve(job.id(), job.owner(), unlimited)).isEmpty();
  }

  @Test
  void what_is_still_reserved_for_jobs_that_are_over_or_gone_is_given_back() {
    User user = givenUser();
    WorkerId worker = Fixtures.aWorker();
    Job over = givenRunning(user, worker);
    reserveFor(over);
    settle(over.id(), Format.AUDIO);
    finish(over);
    givenReserved(user.id(), Format.BLOG, Format.VIDEO);
    assertThat(releaseLapsed(10)).isEqualTo(2);
    assertThat(usage(user.id(), Format.BLOG)).isEqualTo(FormatUsage.NONE);
    assertThat(usage(user.id(), Format.VIDEO)).isEqualTo(FormatUsage.NONE);
    assertThat(usage(user.id(), Format.AUDIO)).isEqualTo(new FormatUsage(1, 0));
    assertThat(releaseLapsed(10)).isZero();
  }

  @Test
  void what_is_reserved_for_jobs_that_wait_or_run_stays() {
    User user = givenUser();
    Job pending = givenJob(user);
    Job running = givenRunning(user, Fixtures.aWorker());
    reserveFor(pending);
    reserveFor(running);
    assertThat(releaseLapsed(10)).isZero();
    assertThat(usage(user.id(), Format.BLOG)).isEqualTo(new FormatUsage(0, 2));
    assertThat(settle(running.id(), Format.BLOG)).isTrue();
  }

  @Test
  void giving_back_goes_on_where_it_stopped() {
    UserId user = user();
    for (int i = 0; i < 5; i++) {
      givenReserved(user, Format.BLOG, Format.SOCIAL);
    }
    assertThat(releaseLapsed(2)).isEqualTo(2);
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(0, 3));
    assertThat(usage(user, Format.SOCIAL)).isEqualTo(new FormatUsage(0, 3));
    assertThat(releaseLapsed(2)).isEqualTo(2);
    assertThat(releaseLapsed(2)).isEqualTo(1);
    assertThat(usage(user, Format.BLOG)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void the_usage_of_periods_that_ended_is_forgotten_and_of_others_is_not() {
    UserId user = user();
    JobId old = givenReserved(user, Format.BLOG);
    settle(old, Format.BLOG);
    UsagePeriod next = UsagePeriod.calendarMonth(MONTH.end());
    in(stores -> stores.usage().reserve(Fixtures.aJobId(), user, next, of(Format.BLOG, 1)));
    assertThat(purge(MONTH.end(), 100)).as("ended not before, but then").isZero();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(1, 0));
    assertThat(purge(MONTH.end().plusMillis(1), 100)).isPositive();
    assertThat(usage(user, Format.BLOG)).isEqualTo(FormatUsage.NONE);
    Map<Format, FormatUsage> ofNext = in(stores -> stores.usage().usage(user, next));
    assertThat(ofNext).containsEntry(Format.BLOG, new FormatUsage(0, 1));
    assertThat(purge(MONTH.end().plusMillis(1), 100)).isZero();
  }

  @Test
  void what_is_still_reserved_is_not_forgotten() {
    UserId user = user();
    JobId open = givenReserved(user, Format.BLOG, Format.AUDIO);
    settle(open, Format.AUDIO);
    purge(MONTH.end().plusMillis(1), 100);
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(0, 1));
    assertThat(settle(open, Format.BLOG)).isTrue();
    assertThat(usage(user, Format.BLOG)).isEqualTo(new FormatUsage(1, 0));
  }

  @Test
  void what_a_job_has_used_is_not_forgotten_before_it_is_over() {
    User user = givenUser();
    Job running = givenRunning(user, Fixtures.aWorker());
    reserve(running.id(), user.id(), of(Format.BLOG, 1));
    settle(running.id(), Format.BLOG);
    Instant later = MONTH.end().plusMillis(1);
    assertThat(purge(later, 100)).isZero();
    assertThat(usage(user.id(), Format.BLOG)).isEqualTo(new FormatUsage(1, 0));
    finish(running);
    assertThat(purge(later, 100)).isPositive();
    assertThat(usage(user.id(), Format.BLOG)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void forgetting_usage_goes_on_where_it_stopped() {
    UserId user = user();
    for (int i = 0; i < 5; i++) {
      settle(givenReserved(user, Format.BLOG), Format.BLOG);
    }
    Instant later = MONTH.end().plusMillis(1);
    int forgotten = 0;
    for (int last = 2; last == 2; forgotten += last) {
      last = purge(later, 2);
      assertThat(last).isLessThanOrEqualTo(2);
    }
    assertThat(forgotten).isGreaterThanOrEqualTo(5);
    assertThat(usage(user, Format.BLOG)).isEqualTo(FormatUsage.NONE);
    assertThat(purge(later, 2)).isZero();
  }

  @Test
  void what_is_handed_over_is_anothers_and_added_up_where_both_have_had_something() {
    UserId from = user();
    UserId to = user();
    settle(givenReserved(to, Format.BLOG), Format.BLOG);
    settle(givenReserved(from, Format.BLOG), Format.BLOG);
    JobId open = givenReserved(from, Format.BLOG, Format.SOCIAL);
    run(stores -> stores.usage().handOver(from, to, Optional.empty()));
    assertThat(list(stores -> stores.usage().periods(from))).isEmpty();
    assertThat(usage(to, Format.BLOG)).isEqualTo(new FormatUsage(2, 1));
    assertThat(usage(to, Format.SOCIAL)).isEqualTo(new FormatUsage(0, 1));
    assertThat(settle(open, Format.BLOG)).isTrue();
    assertThat(release(open)).containsExactly(Format.SOCIAL);
    assertThat(usage(to, Format.BLOG)).isEqualTo(new FormatUsage(3, 0));
    assertThat(usage(to, Format.SOCIAL)).isEqualTo(FormatUsage.NONE);
    assertThat(list(stores -> stores.usage().periods(from))).isEmpty();
  }

  @Test
  void what_is_handed_over_may_count_in_a_period_of_the_receivers() {
    UserId from = user();
    UserId to = user();
    settle(givenReserved(to, Format.BLOG), Format.BLOG);
    settle(givenReserved(from, Format.BLOG), Format.BLOG);
    JobId open = givenReserved(from, Format.BLOG, Format.SOCIAL);
    UsagePeriod theirs = new UsagePeriod(MONTH.start().plusSeconds(5), MONTH.end().plusSeconds(5));
    JobId other = Fixtures.aJobId();
    in(stores -> stores.usage().reserve(other, from, theirs, Map.of(Format.BLOG, Allowance.of(1))));
    run(stores -> stores.usage().handOver(from, to, Optional.of(MONTH)));
    assertThat(list(stores -> stores.usage().periods(to))).hasSize(1);
    assertThat(usage(to, Format.BLOG)).isEqualTo(new FormatUsage(2, 2));
    assertThat(settle(other, Format.BLOG)).isTrue();
    assertThat(release(open)).containsExactlyInAnyOrder(Format.BLOG, Format.SOCIAL);
    assertThat(usage(to, Format.BLOG)).isEqualTo(new FormatUsage(3, 0));
    assertThat(usage(to, Format.SOCIAL)).isEqualTo(FormatUsage.NONE);
  }

  @Test
  void who_has_had_nothing_hands_nothing_over() {
    UserId to = user();
    UserId nobody = user();
    givenReserved(to, Format.BLOG);
    run(stores -> stores.usage().handOver(nobody, to, Optional.empty()));
    assertThat(usage(to, Format.BLOG)).isEqualTo(new FormatUsage(0, 1));
  }
}
