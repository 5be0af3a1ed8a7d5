package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.JobEvent.Snapshot;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Stores;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is put away, and what is kept. */
@Timeout(60)
class HousekeepingTest extends CrewHarness {
  private final TestClock clock = new TestClock(Instant.now());
  private final ContentCrew crew = crew(builder().clock(clock));

  private JobId finished(User user) throws InterruptedException {
    JobId id = submit(crew, user, Fixtures.aBrief());
    watch(crew, user, id, 0);
    awaitNothingRuns(crew);
    return id;
  }

  private void pass(Duration time) {
    clock.advance(time);
    chores.get("fold-logs").run();
    chores.get("prune").run();
  }

  private <T> T stored(Function<Stores, T> work) {
    return storage.transactions().<T>inTransaction(work::apply);
  }

  @Test
  void the_pieces_of_text_of_a_finished_job_are_folded_after_a_while() throws Exception {
    User user = userOn(crew, "free");
    JobId id = finished(user);
    pass(QUICK.foldAfter().minusSeconds(5));
    assertThat(of(TextDelta.class, watch(crew, user, id, 0))).isNotEmpty();
    pass(Duration.ofSeconds(10));
    var events = watch(crew, user, id, 0);
    assertThat(of(TextDelta.class, events)).isEmpty();
    assertThat(of(Snapshot.class, events)).isNotEmpty();
  }

  @Test
  void jobs_are_kept_as_long_as_the_tier_they_were_submitted_on_says() throws Exception {
    User free = userOn(crew, "free");
    User pro = userOn(crew, "pro");
    JobId ofFree = finished(free);
    JobId ofPro = finished(pro);
    pass(Duration.ofDays(89));
    assertThat(crew.readJobs().find(ofFree, free.id())).isPresent();
    pass(Duration.ofDays(2));
    assertThat(crew.readJobs().find(ofFree, free.id())).isEmpty();
    pass(Duration.ofDays(3_000));
    assertThat(crew.readJobs().find(ofPro, pro.id())).isPresent();
  }

  @Test
  void an_upgrade_keeps_what_was_written_before_it_and_a_downgrade_too() throws Exception {
    User up = userOn(crew, "free");
    JobId before = finished(up);
    crew.grantTier(up.id(), new TierId("pro"));
    User down = userOn(crew, "pro");
    JobId paidFor = finished(down);
    crew.grantTier(down.id(), TierId.FREE);
    pass(Duration.ofDays(200));
    assertThat(crew.readJobs().find(before, up.id())).isPresent();
    assertThat(crew.readJobs().find(paidFor, down.id())).isPresent();
  }

  @Test
  void a_reservation_whose_job_is_gone_is_given_back() {
    User user = userOn(crew, "free");
    var period = crew.showUsage().show(user.id()).period();
    stored(
        stores ->
            stores
                .usage()
                .reserve(
                    Fixtures.aJobId(),
                    user.id(),
                    period,
                    java.util.Map.of(
                        io.contentcrew.domain.Format.BLOG,
                        io.contentcrew.domain.tier.Allowance.of(10))));
    assertThat(reserved(user)).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(reserved(user)).isZero();
  }

  private long reserved(User user) {
    return crew.showUsage().show(user.id()).formats().values().stream()
        .mapToLong(usage -> usage.reserved())
        .sum();
  }

  @Test
  void nothing_is_left_to_put_away_when_it_has_run() throws Exception {
    User user = userOn(crew, "free");
    finished(user);
    pass(Duration.ofDays(1_000));
    Instant now = clock.instant();
    int left =
        stored(
            stores ->
                stores.jobs().purge(TierId.FREE, now, now, 100)
                    + stores.events().fold(now, 100)
                    + stores.usage().purge(now.minus(Duration.ofDays(400)), 100)
                    + stores.sessions().purge(now.minus(Duration.ofDays(30)), 100));
    assertThat(left).isZero();
  }
}
