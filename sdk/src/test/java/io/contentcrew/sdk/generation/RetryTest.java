package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.RetryGeneration.Outcome;
import io.contentcrew.sdk.generation.RetryGeneration.Request;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import io.contentcrew.testkit.Script;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryTest extends CrewHarness {
  private static final Brief BRIEF = Fixtures.aBrief().withFormats(Format.BLOG, Format.SOCIAL);

  private static Outcome retry(ContentCrew crew, User user, JobId of) {
    return crew.retryGeneration().retry(new Request(user.id(), of, Optional.empty()));
  }

  private static Outcome retry(ContentCrew crew, User user, JobId of, String key) {
    return crew.retryGeneration().retry(new Request(user.id(), of, Optional.of(key)));
  }

  @Test
  void who_presses_twice_has_one_more_job_with_the_same_title() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    model.next(Task.RESEARCH, Script.failing(ModelFault.REJECTED));
    JobId failed = over(crew, user);
    crew.renameJob().rename(failed, user.id(), Title.parse("Spring campaign"));
    List<Callable<Outcome>> twice =
        List.of(() -> retry(crew, user, failed), () -> retry(crew, user, failed));
    List<Job> jobs =
        Race.between(twice).stream().map(one -> ((Outcome.Accepted) one).job()).toList();
    assertThat(jobs).extracting(Job::id).containsOnly(jobs.getFirst().id());
    assertThat(jobs.getFirst().title()).isEqualTo(Title.parse("Spring campaign"));
    watch(crew, user, jobs.getFirst().id(), 0);
    awaitNothingRuns(crew);
  }

  private JobId over(ContentCrew crew, User user) throws InterruptedException {
    JobId id = submit(crew, user, BRIEF);
    watch(crew, user, id, 0);
    awaitNothingRuns(crew);
    return id;
  }

  @Test
  void what_is_missing_is_tried_again_by_a_job_of_its_own() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    model.next(Task.SOCIAL, Script.failing(ModelFault.REJECTED));
    JobId id = over(crew, user);
    Job before = crew.readJobs().find(id, user.id()).orElseThrow().job();
    assertThat(before.status()).isEqualTo(JobStatus.PARTIAL);

    Request request = new Request(user.id(), id, Optional.of("once"));
    Outcome outcome = crew.retryGeneration().retry(request);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    Job again = ((Outcome.Accepted) outcome).job();
    assertThat(again.brief()).isEqualTo(BRIEF.withFormats(Format.SOCIAL));
    assertThat(again.revision()).isEmpty();
    assertThat(crew.retryGeneration().retry(request))
        .isInstanceOfSatisfying(
            Outcome.Accepted.class,
            same -> {
              assertThat(same.replayed()).isTrue();
              assertThat(same.job().id()).isEqualTo(again.id());
            });
    watch(crew, user, again.id(), 0);
    awaitNothingRuns(crew);
    assertThat(crew.readJobs().find(again.id(), user.id()).orElseThrow().job().status())
        .isEqualTo(JobStatus.COMPLETED);
    assertThat(crew.readJobs().find(id, user.id()).orElseThrow().job()).isEqualTo(before);
    assertThat(retry(crew, user, again.id())).isEqualTo(new Outcome.NothingMissing());
  }

  @Test
  void what_is_not_over_or_not_the_users_is_not_tried_again() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    User eve = userOn(crew, "pro");
    model.next(Task.RESEARCH, Script.failing(ModelFault.REJECTED));
    JobId failed = over(crew, user);
    assertThat(retry(crew, eve, failed)).isEqualTo(new Outcome.NoSuchJob());
    Outcome first = retry(crew, user, failed);
    assertThat(first).isInstanceOf(Outcome.Accepted.class);
    JobId again = ((Outcome.Accepted) first).job().id();
    watch(crew, user, again, 0);
    awaitNothingRuns(crew);
    Job revision =
        ((ReviseArtifact.Outcome.Accepted)
                crew.reviseArtifact()
                    .revise(ReviseArtifact.Request.of(user.id(), again, Format.BLOG, "Shorter")))
            .job();
    assertThat(retry(crew, user, revision.id())).isEqualTo(new Outcome.OfRevision(again));
    watch(crew, user, revision.id(), 0);
    awaitNothingRuns(crew);
  }

  @Test
  void what_still_runs_is_not_tried_again() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "pro");
    CountDownLatch goOn = new CountDownLatch(1);
    model.next(
        Task.RESEARCH,
        Script.writing().waitingFor(goOn).thenWriting(Script.sampleAnswer(Task.RESEARCH, BRIEF)));
    JobId id = submit(crew, user, BRIEF);
    model.awaitPrompt(Task.RESEARCH, 1);
    assertThat(retry(crew, user, id)).isEqualTo(new Outcome.StillActive());
    goOn.countDown();
    watch(crew, user, id, 0);
    awaitNothingRuns(crew);
  }

  @Test
  void another_try_counts_like_any_job() throws Exception {
    ContentCrew crew = crew();
    User user = userOn(crew, "free");
    model.next(Task.RESEARCH, Script.failing(ModelFault.REJECTED));
    JobId failed = over(crew, user);
    int tries = 0;
    Outcome last = retry(crew, user, failed, "0");
    assertThat(last).isInstanceOf(Outcome.Accepted.class);
    while (last instanceof Outcome.Accepted(Job job, boolean replayed)) {
      assertThat(replayed).isFalse();
      watch(crew, user, job.id(), 0);
      awaitNothingRuns(crew);
      last = retry(crew, user, failed, String.valueOf(++tries));
    }
    assertThat(last)
        .isInstanceOfSatisfying(
            Outcome.NotSubmitted.class,
            refused ->
                assertThat(refused.reason())
                    .isInstanceOf(SubmitGeneration.Outcome.OverQuota.class));
  }
}
