package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.WorkerId;
import io.contentcrew.ports.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Jobs} keeps to when it deletes what is old. */
public abstract class JobPurgeContract extends StorageHarness {
  private static final TierId PRO = new TierId("pro");
  private static final Duration DAY = Duration.ofDays(1);

  private final WorkerId worker = Fixtures.aWorker();

  /** For subclasses. */
  protected JobPurgeContract() {}

  @BeforeEach
  final void seedTiers() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
  }

  private Job givenOver(User owner, TierId tier) {
    Job job =
        Job.submitted(
            Fixtures.aJobId(),
            owner.id(),
            Fixtures.aBrief(),
            tier,
            Fixtures.aPeriod(),
            Fixtures.anEngine(),
            Fixtures.NOW);
    run(stores -> stores.jobs().add(job));
    return finish(claim(job, worker));
  }

  private int purge(TierId tier, Instant endedBefore, int limit) {
    return in(stores -> stores.jobs().purge(tier, endedBefore, clock.instant(), limit));
  }

  private boolean isThere(Job job) {
    return in(stores -> stores.jobs().find(job.id())).isPresent();
  }

  private Instant tomorrow() {
    return clock.instant().plus(DAY);
  }

  @Test
  void jobs_of_the_tier_that_ended_before_are_deleted_with_all_that_belongs_to_them() {
    User user = givenUser();
    Job old = givenRunning(user, worker);
    LogEntry started =
        LogEntry.Milestone.of(1, Fixtures.NOW, new JobEvent.TaskStarted(Task.RESEARCH));
    run(
        stores -> {
          stores.artifacts().add(old.id(), Fixtures.aStoredArtifact(Format.BLOG));
          stores.events().append(List.of(new Batch(old.id(), 1, List.of(started))));
        });
    finish(old);
    assertThat(purge(TierId.FREE, tomorrow(), 10)).isEqualTo(1);
    assertThat(isThere(old)).isFalse();
    assertThat(list(stores -> stores.jobs().tasks(old.id()))).isEmpty();
    assertThat(list(stores -> stores.artifacts().list(old.id()))).isEmpty();
    assertThat(number(stores -> stores.events().lastSeq(old.id()))).isZero();
    Jobs.Query all = new Jobs.Query(Optional.empty(), Optional.empty(), 100);
    assertThat(list(stores -> stores.jobs().page(user.id(), all))).isEmpty();
    assertThat(purge(TierId.FREE, tomorrow(), 10)).isZero();
  }

  @Test
  void jobs_that_ended_later_or_not_at_all_or_were_submitted_on_another_tier_stay() {
    User user = givenUser();
    Job pending = givenJob(user);
    Job running = givenRunning(user, worker);
    Job ofPro = givenOver(user, PRO);
    Instant then = clock.instant().plusSeconds(1);
    pass(DAY);
    Job later = givenOver(user, TierId.FREE);
    assertThat(purge(TierId.FREE, then, 10)).isZero();
    assertThat(purge(TierId.FREE, clock.instant(), 10)).as("ended not before, but then").isZero();
    assertThat(List.of(pending, running, ofPro, later)).allMatch(this::isThere);
  }

  @Test
  void jobs_of_who_is_entitled_to_a_higher_tier_now_stay() {
    User went = givenUser();
    User stayed = givenUser();
    Job up = givenOver(went, TierId.FREE);
    Job same = givenOver(stayed, PRO);
    Job left = givenOver(givenUser(), PRO);
    for (User user : List.of(went, stayed)) {
      run(stores -> stores.subscriptions().grant(user.id(), PRO, clock.instant()));
    }
    assertThat(purge(TierId.FREE, tomorrow(), 10)).as("looked at").isEqualTo(1);
    assertThat(isThere(up)).isTrue();
    assertThat(purge(PRO, clock.instant().minus(DAY), 10)).as("ended later").isZero();
    assertThat(purge(PRO, tomorrow(), 10)).as("of equal and lower tiers").isEqualTo(3);
    assertThat(List.of(up, same, left)).noneMatch(this::isThere);
  }

  @Test
  void what_was_bought_keeps_jobs_until_it_grants_nothing() {
    User still = givenUser();
    User noMore = givenUser();
    Job kept = givenOver(still, TierId.FREE);
    Job left = givenOver(noMore, TierId.FREE);
    Instant now = clock.instant();
    run(
        stores -> {
          Subscriptions all = stores.subscriptions();
          all.save(BillingFixtures.aSubscription(still.id()), Optional.of(now.plusMillis(1)), now);
          all.save(BillingFixtures.aSubscription(noMore.id()), Optional.of(now), now);
        });
    assertThat(purge(TierId.FREE, tomorrow(), 10)).isEqualTo(2);
    assertThat(isThere(kept)).isTrue();
    assertThat(isThere(left)).isFalse();
  }

  @Test
  void jobs_that_were_kept_count_as_of_the_tier_that_kept_them() {
    User user = givenUser();
    Job job = givenOver(user, TierId.FREE);
    run(stores -> stores.subscriptions().grant(user.id(), PRO, clock.instant()));
    assertThat(purge(TierId.FREE, tomorrow(), 10)).isEqualTo(1);
    run(stores -> stores.subscriptions().grant(user.id(), TierId.FREE, clock.instant()));
    assertThat(purge(TierId.FREE, tomorrow(), 10)).as("not looked at again").isZero();
    assertThat(isThere(job)).isTrue();
    TierId shown = in(stores -> stores.jobs().find(job.id())).orElseThrow().tier();
    assertThat(shown).isEqualTo(TierId.FREE);
    assertThat(purge(PRO, tomorrow(), 10)).isEqualTo(1);
    assertThat(isThere(job)).isFalse();
  }

  @Test
  void jobs_that_stay_do_not_keep_others_from_being_deleted() {
    User pro = givenUser();
    run(stores -> stores.subscriptions().grant(pro.id(), PRO, clock.instant()));
    List<Job> kept = Stream.generate(() -> givenOver(pro, TierId.FREE)).limit(3).toList();
    Job old = givenOver(givenUser(), TierId.FREE);
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isEqualTo(2);
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isEqualTo(2);
    assertThat(isThere(old)).isFalse();
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isZero();
    assertThat(kept).allMatch(this::isThere);
  }

  @Test
  void deleting_goes_on_where_it_stopped() {
    User user = givenUser();
    for (int i = 0; i < 5; i++) {
      givenOver(user, TierId.FREE);
    }
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isEqualTo(2);
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isEqualTo(2);
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isEqualTo(1);
    assertThat(purge(TierId.FREE, tomorrow(), 2)).isZero();
  }

  @Test
  void several_that_delete_together_delete_each_job_once() {
    User user = givenUser();
    for (int i = 0; i < 12; i++) {
      givenOver(user, TierId.FREE);
    }
    List<Integer> seen = Race.of(4, number -> purge(TierId.FREE, tomorrow(), 12));
    int sum = seen.stream().mapToInt(Integer::intValue).sum();
    assertThat(sum + purge(TierId.FREE, tomorrow(), 12)).isEqualTo(12);
  }

  @Test
  void deleting_old_jobs_gives_no_quota_back() {
    User user = givenUser();
    Job job = givenRunning(user, worker);
    Map<Format, Allowance> one = Map.of(Format.BLOG, Allowance.of(1));
    run(
        stores -> {
          stores.usage().reserve(job.id(), user.id(), job.usagePeriod(), one);
          stores.usage().settle(job.id(), Format.BLOG);
        });
    finish(job);
    purge(TierId.FREE, tomorrow(), 10);
    Map<Format, FormatUsage> usage =
        in(stores -> stores.usage().usage(user.id(), job.usagePeriod()));
    assertThat(usage).containsEntry(Format.BLOG, new FormatUsage(1, 0));
  }
}
