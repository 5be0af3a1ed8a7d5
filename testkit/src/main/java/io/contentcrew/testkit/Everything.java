package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.Jobs.Query;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.WorkerId;
import io.contentcrew.ports.user.PasswordHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something in every store, and a change of every kind to it. */
final class Everything {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration DAY = Duration.ofDays(1);

  private final User user = Fixtures.aUser();
  private final Session session = Fixtures.aSession(user.id());
  private final WorkerId worker = Fixtures.aWorker();
  private final Job running = Fixtures.aJob(user.id(), Fixtures.aFullBrief());
  private final Job pending = Fixtures.aJob(user.id());
  private final Job ended = Fixtures.aJob(user.id());
  private final Belongings belongings = new Belongings();

  private static LogEntry text(long seq) {
    return new LogEntry.TextRun(seq, NOW, Task.WRITE, (int) seq - 1, "x", List.of(1));
  }

  private static Map<Format, Allowance> ten() {
    return Map.of(Format.BLOG, Allowance.of(10), Format.AUDIO, Allowance.of(10));
  }

  /** Puts something into every store. */
  void put(Stores stores) {
    stores.tiers().seed(Fixtures.aCatalog());
    belongings.put(stores);
    stores.users().add(user, Optional.of(new PasswordHash("first")));
    stores.sessions().add(session);
    stores.subscriptions().grant(user.id(), new TierId("pro"), NOW);
    stores.usage().reserve(running.id(), user.id(), running.usagePeriod(), ten());
    stores.idempotencyKeys().take(user.id(), "key", "hash", running.id(), NOW, NOW.plus(DAY));
    for (Job job : List.of(running, pending, ended)) {
      stores.jobs().add(job);
    }
    stores.jobs().claim(running.id(), worker, DAY);
    stores.events().append(List.of(new Batch(running.id(), 1, List.of(text(1)))));
    stores.artifacts().add(running.id(), Fixtures.aStoredArtifact(Format.BLOG));
    stores.events().appendIdle(ended.id(), List.of(text(1)));
    stores
        .jobs()
        .finishPending(
            ended.id(), JobStatus.FAILED, Fixtures.allFailed(ended), Optional.empty(), NOW);
  }

  /** What is in the stores. Takes what can only be seen by taking it: to be rolled back. */
  List<Object> look(Stores stores) {
    Query all = new Query(Optional.empty(), Optional.empty(), 100);
    List<Object> seen = new ArrayList<>(belongings.look(stores));
    seen.addAll(jobs(stores, all));
    return seen;
  }

  private List<Object> jobs(Stores stores, Query all) {
    return List.of(
        stores.users().findByEmail(user.email().orElseThrow()),
        stores.sessions().find(session.id(), NOW),
        stores.tiers().load(),
        stores.subscriptions().versioned(user.id(), NOW),
        stores.jobs().page(user.id(), all),
        stores.jobs().countActive(user.id()),
        stores.jobs().tasks(running.id()),
        stores.jobs().tasks(ended.id()),
        stores.events().readAfter(running.id(), 0, 100),
        stores.events().readAfter(ended.id(), 0, 100),
        stores.artifacts().history(running.id()),
        stores.usage().usage(user.id(), running.usagePeriod()),
        stores.idempotencyKeys().take(user.id(), "key", "h", pending.id(), NOW, NOW.plus(DAY)));
  }

  /** Changes something in every store, in every way there is. */
  void change(Stores stores) {
    belongings.change(stores);
    User other = Fixtures.aUser();
    stores.users().add(other, Optional.empty());
    stores.users().setPasswordHash(user.id(), Optional.of(new PasswordHash("second")));
    stores.sessions().end(session.id(), NOW);
    stores.sessions().add(Fixtures.aSession(user.id()));
    stores.subscriptions().grant(user.id(), TierId.FREE, NOW);
    stores.tiers().seed(new TierCatalog(List.of(Fixtures.aTier("free", 7))));
    stores.jobs().rename(running.id(), user.id(), Title.parse("Named"));
    stores.jobs().requestCancel(running.id());
    stores.jobs().heartbeat(worker, List.of(running.id()));
    changeRunning(stores);
    stores.jobs().claim(pending.id(), worker, DAY);
    stores.jobs().giveBack(pending.id(), 1);
    stores.events().fold(NOW.plus(DAY), 10);
    stores.jobs().delete(ended.id(), user.id());
    stores.jobs().add(Fixtures.aJob(user.id()));
    stores.jobs().add(Fixtures.aJob(user.id()));
    stores.idempotencyKeys().take(user.id(), "new", "h", pending.id(), NOW, NOW.plus(DAY));
    stores.idempotencyKeys().purge(NOW.plus(DAY).plus(DAY), 10);
    stores.queue().add(pending.id(), Duration.ZERO, Duration.ZERO);
    stores.queue().remove(pending.id());
    purge(stores);
  }

  private void purge(Stores stores) {
    Instant later = NOW.plus(DAY.multipliedBy(100));
    stores.usage().reserve(Fixtures.aJobId(), user.id(), pending.usagePeriod(), ten());
    stores.usage().releaseLapsed(10);
    stores.usage().purge(later, 100);
    stores.jobs().purge(TierId.FREE, later, later, 10);
    stores.sessions().purge(later, 10);
  }

  private void changeRunning(Stores stores) {
    JobTask done =
        new JobTask(
            Task.WRITE,
            TaskState.DONE,
            Optional.of("text"),
            Optional.of("v1"),
            new TokenUsage(1, 1),
            Optional.of(NOW),
            Optional.of(NOW));
    LogEntry next = LogEntry.Milestone.of(2, NOW, new JobEvent.TaskStarted(Task.EDIT));
    stores.jobs().saveTask(running.id(), 1, done);
    stores.events().append(List.of(new Batch(running.id(), 1, List.of(next))));
    stores.artifacts().add(running.id(), Fixtures.aStoredArtifact(Format.BLOG, 2));
    stores.artifacts().add(running.id(), Fixtures.aStoredArtifact(Format.AUDIO));
    stores.artifacts().add(running.id(), Fixtures.aStoredArtifact(Format.BLOG, 3));
    stores.artifacts().trim(running.id(), Format.BLOG, 2);
    stores.usage().settle(running.id(), Format.BLOG);
    stores.usage().release(running.id());
    stores.usage().reserve(pending.id(), user.id(), pending.usagePeriod(), ten());
    stores.jobs().saveResult(running.id(), 1, Format.BLOG, new FormatResult.Ready());
    stores
        .jobs()
        .finish(
            running.id(),
            1,
            JobStatus.COMPLETED,
            Fixtures.allReady(running),
            Optional.empty(),
            NOW);
  }
}
