package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.SearchText;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.Jobs.Query;
import io.contentcrew.ports.generation.Jobs.Scope;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Jobs} keeps to as a library: names, search, and the revisions of pieces. */
public abstract class JobLibraryContract extends StorageHarness {
  private final WorkerId worker = Fixtures.aWorker();

  /** For subclasses. */
  protected JobLibraryContract() {}

  private Job givenOver(User owner) {
    return finish(givenRunning(owner, worker));
  }

  private static Job revision(Job of, int version) {
    Revision wish =
        new Revision(
            of.id(), Format.BLOG, version, Optional.of("Shorter, \"please\" \uD83C\uDF75"));
    return Fixtures.aJob(of.owner()).revising(wish);
  }

  private Job givenRevision(Job of) {
    Job revision = revision(of, 1);
    run(stores -> stores.jobs().add(revision));
    return revision;
  }

  private boolean rename(Job job, User who, String title) {
    Optional<Title> name = Optional.of(title).filter(text -> !text.isEmpty()).map(Title::new);
    return in(stores -> stores.jobs().rename(job.id(), who.id(), name));
  }

  private List<JobId> page(User owner, Query query) {
    return in(stores -> stores.jobs().page(owner.id(), query)).stream().map(Job::id).toList();
  }

  private static Query inScope(Scope scope) {
    return new Query(Optional.empty(), Optional.empty(), List.of(), scope, Optional.empty(), 100);
  }

  private List<JobId> search(User owner, String question) {
    return page(
        owner,
        new Query(
            Optional.empty(),
            Optional.empty(),
            SearchText.words(question),
            new Scope.All(),
            Optional.empty(),
            100));
  }

  private Optional<JobId> underWay(Job of) {
    return maybe(stores -> stores.jobs().revisionUnderWay(of.id(), Format.BLOG));
  }

  // ---- names

  @Test
  void a_job_is_called_what_its_owner_wants_in_every_state() {
    User user = givenUser();
    for (Job job : List.of(givenJob(user), givenRunning(user, worker), givenOver(user))) {
      assertThat(rename(job, user, "L'\u00E9t\u00E9 \uD83C\uDF75 'x'")).isTrue();
      Optional<Title> title = Title.parse("L'\u00E9t\u00E9 \uD83C\uDF75 'x'");
      assertThat(stored(job)).isEqualTo(job.titled(title));
      assertThat(list(stores -> stores.jobs().page(user.id(), inScope(new Scope.All()))))
          .contains(job.titled(title));
      assertThat(rename(job, user, "")).isTrue();
      assertThat(stored(job)).isEqualTo(job);
    }
  }

  @Test
  void a_name_outlives_what_becomes_of_the_job() {
    User user = givenUser();
    Job job = givenJob(user);
    rename(job, user, "Mine");
    Job over = finish(claim(job, worker));
    assertThat(over.title().map(Title::value)).contains("Mine");
  }

  @Test
  void nobody_names_the_jobs_of_others() {
    Job job = givenJob(givenUser());
    User stranger = givenUser();
    assertThat(rename(job, stranger, "Hers")).isFalse();
    assertThat(rename(Fixtures.aJob(stranger.id()), stranger, "None")).isFalse();
    assertThat(stored(job)).isEqualTo(job);
  }

  // ---- search

  @Test
  void jobs_are_found_by_all_words_of_title_and_topic_in_any_order_and_case() {
    User user = givenUser();
    Job tea = givenJob(user, Fixtures.aBrief());
    Job cafe = givenJob(user, Brief.about("\u00C4rger im Caf\u00E9: 100% _wrong_ \\ 'quoted'"));
    givenJob(givenUser());
    assertThat(search(user, "MADE tea")).containsExactly(tea.id());
    assertThat(search(user, "tea coffee")).isEmpty();
    assertThat(search(user, "\u00E4RGER cafe\u0301")).containsExactly(cafe.id());
    assertThat(search(user, "0% _WRONG_ \\ 'QUOTED'")).containsExactly(cafe.id());
    assertThat(search(user, "%")).containsExactly(cafe.id());
    assertThat(search(user, " ")).containsExactly(cafe.id(), tea.id());
    rename(tea, user, "Winter \u00C4PFEL");
    assertThat(search(user, "tea \u00E4pfel")).containsExactly(tea.id());
    rename(tea, user, "");
    assertThat(search(user, "\u00E4pfel")).isEmpty();
  }

  @Test
  void a_page_may_show_jobs_of_one_format_only_and_goes_on_from_there() {
    User user = givenUser();
    Job all = givenJob(user, Fixtures.aFullBrief());
    Job blog = givenJob(user);
    Job video = givenJob(user, Fixtures.aBrief().withFormats(Format.VIDEO));
    for (Optional<JobId> before : List.of(Optional.<JobId>empty(), Optional.of(video.id()))) {
      Query videos =
          new Query(
              Optional.of(JobStatus.PENDING),
              Optional.of(Format.VIDEO),
              List.of("tea"),
              new Scope.WithoutRevisions(),
              before,
              10);
      assertThat(page(user, videos))
          .isEqualTo(before.isPresent() ? List.of(all.id()) : List.of(video.id(), all.id()))
          .doesNotContain(blog.id());
    }
  }

  // ---- revisions

  @Test
  void a_revision_is_found_as_it_was_added_and_has_one_task() {
    Job original = givenOver(givenUser());
    Job revision = givenRevision(original);
    assertThat(stored(revision)).isEqualTo(revision);
    assertThat(list(stores -> stores.jobs().tasks(revision.id()))).hasSize(1);
    Job without = revision(original, 7);
    Job noted =
        Fixtures.aJob(original.owner())
            .revising(new Revision(original.id(), Format.BLOG, 7, Optional.empty()));
    run(stores -> stores.jobs().add(without));
    run(stores -> stores.jobs().add(noted));
    assertThat(stored(noted)).isEqualTo(noted);
  }

  @Test
  void what_is_revised_must_be_there() {
    User user = givenUser();
    Job none = Fixtures.aJob(user.id());
    assertThatThrownBy(() -> run(stores -> stores.jobs().add(revision(none, 1))))
        .isInstanceOf(PortFailureException.class);
  }

  @Test
  void revisions_are_listed_with_all_jobs_or_not_at_all_or_alone() {
    User user = givenUser();
    Job one = givenOver(user);
    Job two = givenOver(user);
    Job first = givenRevision(one);
    Job second = givenRevision(two);
    Job third = givenRevision(one);
    assertThat(page(user, inScope(new Scope.All())))
        .containsExactly(third.id(), second.id(), first.id(), two.id(), one.id());
    assertThat(page(user, inScope(new Scope.WithoutRevisions())))
        .containsExactly(two.id(), one.id());
    assertThat(page(user, inScope(new Scope.RevisionsOf(one.id()))))
        .containsExactly(third.id(), first.id());
    assertThat(page(givenUser(), inScope(new Scope.RevisionsOf(one.id())))).isEmpty();
    Query older =
        new Query(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Scope.RevisionsOf(one.id()),
            Optional.of(third.id()),
            1);
    assertThat(page(user, older)).containsExactly(first.id());
  }

  @Test
  void a_revision_is_under_way_until_its_result_is_there_or_it_is_over() {
    Job original = givenOver(givenUser());
    assertThat(underWay(original)).isEmpty();
    Job revision = givenRevision(original);
    assertThat(underWay(original)).contains(revision.id());
    assertThat(maybe(stores -> stores.jobs().revisionUnderWay(original.id(), Format.VIDEO)))
        .isEmpty();
    claim(revision, worker);
    assertThat(underWay(original)).contains(revision.id());
    run(
        stores ->
            stores.jobs().saveResult(revision.id(), 1, Format.BLOG, new FormatResult.Ready()));
    assertThat(underWay(original)).isEmpty();
    Job cancelled = givenRevision(original);
    run(
        stores ->
            stores
                .jobs()
                .finishPending(
                    cancelled.id(),
                    JobStatus.CANCELLED,
                    Fixtures.allFailed(cancelled),
                    Optional.empty(),
                    Fixtures.NOW));
    assertThat(underWay(original)).isEmpty();
  }

  @Test
  void under_the_lock_of_the_job_one_revision_gets_under_way() {
    Job original = givenOver(givenUser());
    List<Callable<Boolean>> runners =
        IntStream.range(0, 6)
            .<Callable<Boolean>>mapToObj(i -> () -> reviseIfFree(original))
            .toList();
    assertThat(Race.between(runners)).containsOnlyOnce(true);
  }

  private boolean reviseIfFree(Job original) {
    return in(
        stores -> {
          stores.jobs().lock(original.id());
          boolean free = stores.jobs().revisionUnderWay(original.id(), Format.BLOG).isEmpty();
          if (free) {
            Race.letOthersIn();
            stores.jobs().add(revision(original, 1));
          }
          return free;
        });
  }

  @Test
  void a_job_is_deleted_with_its_revisions_but_not_while_one_is_not_over() {
    User user = givenUser();
    Job original = givenOver(user);
    Job revision = givenRevision(original);
    assertThat(yes(stores -> stores.jobs().delete(original.id(), user.id()))).isFalse();
    Job running = claim(revision, worker);
    assertThat(yes(stores -> stores.jobs().delete(original.id(), user.id()))).isFalse();
    assertThat(stored(original)).isEqualTo(original);
    finish(running);
    assertThat(yes(stores -> stores.jobs().delete(original.id(), user.id()))).isTrue();
    assertThat(maybe(stores -> stores.jobs().find(revision.id()))).isEmpty();
    assertThat(list(stores -> stores.jobs().tasks(revision.id()))).isEmpty();
    assertThat(page(user, inScope(new Scope.All()))).isEmpty();
  }

  @Test
  void of_deleting_a_job_and_revising_it_together_one_is_done() {
    for (int round = 0; round < 8; round++) {
      User user = givenUser();
      Job original = givenOver(user);
      List<Callable<Boolean>> runners =
          List.of(
              () -> in(stores -> stores.jobs().delete(original.id(), user.id())),
              () -> reviseIfThere(original));
      assertThat(Race.between(runners)).containsOnlyOnce(true);
      assertThat(page(user, inScope(new Scope.All())).size()).isIn(0, 2);
    }
  }

  private boolean reviseIfThere(Job original) {
    return reviseIfThere(original, Race::letOthersIn);
  }

  private boolean reviseIfThere(Job original, Runnable inTheMiddle) {
    return in(
        stores -> {
          boolean isThere = stores.jobs().lock(original.id()).isPresent();
          if (isThere) {
            inTheMiddle.run();
            stores.jobs().add(revision(original, 1));
          }
          return isThere;
        });
  }

  @Test
  void a_job_is_not_deleted_while_its_lock_is_held_to_revise_it() {
    User user = givenUser();
    Job original = givenOver(user);
    Race.Intrusion intrusion = new Race.Intrusion();
    List<Callable<Boolean>> runners =
        List.of(
            () -> reviseIfThere(original, intrusion::letIn),
            () ->
                intrusion.intrude(
                    () -> in(stores -> stores.jobs().delete(original.id(), user.id()))));
    assertThat(Race.between(runners)).containsExactly(true, false);
    assertThat(page(user, inScope(new Scope.All()))).hasSize(2);
  }

  @Test
  void a_revision_that_is_over_is_deleted_alone() {
    User user = givenUser();
    Job original = givenOver(user);
    Job revision = finish(claim(givenRevision(original), worker));
    assertThat(yes(stores -> stores.jobs().delete(revision.id(), user.id()))).isTrue();
    assertThat(stored(original)).isEqualTo(original);
    assertThat(page(user, inScope(new Scope.RevisionsOf(original.id())))).isEmpty();
  }

  @Test
  void old_jobs_go_with_their_revisions_but_not_while_one_is_not_over() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    User user = givenUser();
    Job original = givenOver(user);
    Job revision = givenRevision(original);
    pass(Duration.ofDays(1));
    assertThat(purge()).isZero();
    assertThat(stored(original)).isEqualTo(original);
    finish(claim(revision, worker));
    assertThat(purge()).isEqualTo(1);
    assertThat(page(user, inScope(new Scope.All()))).isEmpty();
    assertThat(purge()).isZero();
  }

  @Test
  void an_old_job_is_not_purged_while_its_lock_is_held_to_revise_it() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    User user = givenUser();
    Job original = givenOver(user);
    pass(Duration.ofDays(1));
    Race.Intrusion intrusion = new Race.Intrusion();
    List<Callable<Integer>> runners =
        List.of(
            () -> reviseIfThere(original, intrusion::letIn) ? 1 : 0,
            () -> intrusion.intrude(this::purge));
    assertThat(Race.between(runners)).containsExactly(1, 0);
    assertThat(page(user, inScope(new Scope.All()))).hasSize(2);
  }

  private int purge() {
    return in(
        stores ->
            stores
                .jobs()
                .purge(TierId.FREE, clock.instant().minusSeconds(3600), clock.instant(), 10));
  }

  @Test
  void a_job_and_its_revision_may_both_be_old() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    User user = givenUser();
    Job original = givenOver(user);
    finish(claim(givenRevision(original), worker));
    pass(Duration.ofDays(1));
    assertThat(purge()).isEqualTo(2);
    assertThat(page(user, inScope(new Scope.All()))).isEmpty();
  }
}
