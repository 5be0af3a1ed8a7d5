package io.contentcrew.sdk.user;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Stops the jobs of accounts that may not be used any more. Safe for use by many threads. */
final class JobStops {
  private static final int PAGE = 100;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Transactions transactions;
  private final BiConsumer<JobId, UserId> cancel;

  JobStops(Transactions transactions, BiConsumer<JobId, UserId> cancel) {
    this.transactions = transactions;
    this.cancel = cancel;
  }

  /** Waits until nothing of the user runs; for a while only, as an instance may be dead. */
  void awaitNone(UserId user, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (transactions.read(stores -> stores.jobs().countActive(user)) > 0
        && System.nanoTime() < deadline) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Cancels all that wait or run; no more come, as the account is closed. */
  void stopAll(UserId user) {
    for (JobStatus status : List.of(JobStatus.PENDING, JobStatus.RUNNING)) {
      Optional<JobId> before = Optional.empty();
      List<Job> page;
      do {
        Jobs.Query query = new Jobs.Query(Optional.of(status), before, PAGE);
        page = transactions.read(stores -> stores.jobs().page(user, query));
        page.forEach(job -> cancel.accept(job.id(), user));
        before = page.isEmpty() ? before : Optional.of(page.getLast().id());
      } while (page.size() == PAGE);
    }
  }
}
