package io.contentcrew.adapters.memory;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job as it is kept.
 *
 * @param lease of the worker it runs at
 * @param countsAs the tier whose time it is kept, once it is over
 */
record JobRow(Job job, Optional<Lease> lease, TierId countsAs) {
  /** At which worker, and when that last gave a sign of life. */
  record Lease(WorkerId worker, Instant seenAt) {}

  JobRow(Job job, Optional<Lease> lease) {
    this(job, lease, job.tier());
  }

  JobRow keptAsOf(TierId tier) {
    return new JobRow(job, lease, tier);
  }

  boolean runsIn(int attempt) {
    return job.status() == JobStatus.RUNNING && job.attempt() == attempt;
  }

  JobRow takenBy(WorkerId worker, Instant now) {
    return new JobRow(
        new Job(
            job.id(),
            job.owner(),
            job.brief(),
            job.title(),
            job.revision(),
            job.tier(),
            job.usagePeriod(),
            job.engine(),
            JobStatus.RUNNING,
            job.attempt() + 1,
            job.results(),
            job.failure(),
            job.cancelRequested(),
            job.createdAt(),
            job.startedAt().or(() -> Optional.of(now)),
            job.finishedAt()),
        Optional.of(new Lease(worker, now)));
  }

  JobRow ownedBy(UserId owner) {
    return new JobRow(
        new Job(
            job.id(),
            owner,
            job.brief(),
            job.title(),
            job.revision(),
            job.tier(),
            job.usagePeriod(),
            job.engine(),
            job.status(),
            job.attempt(),
            job.results(),
            job.failure(),
            job.cancelRequested(),
            job.createdAt(),
            job.startedAt(),
            job.finishedAt()),
        lease,
        countsAs);
  }

  JobRow titled(Optional<Title> title) {
    return new JobRow(job.titled(title), lease, countsAs);
  }

  JobRow seen(Instant now) {
    return new JobRow(job, lease.map(held -> new Lease(held.worker, now)));
  }

  JobRow givenBack() {
    return changed(
        JobStatus.PENDING, job.results(), job.failure(), job.cancelRequested(), job.finishedAt());
  }

  JobRow withCancelRequested() {
    return new JobRow(
        changed(job.status(), job.results(), job.failure(), true, job.finishedAt()).job, lease);
  }

  JobRow withResults(Map<Format, FormatResult> results) {
    return new JobRow(
        changed(job.status(), results, job.failure(), job.cancelRequested(), job.finishedAt()).job,
        lease);
  }

  JobRow finished(
      JobStatus status, Map<Format, FormatResult> results, Optional<Failure> failure, Instant now) {
    return changed(status, results, failure, job.cancelRequested(), Optional.of(now));
  }

  /** A copy that runs nowhere. */
  private JobRow changed(
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      boolean cancelRequested,
      Optional<Instant> finishedAt) {
    return new JobRow(
        new Job(
            job.id(),
            job.owner(),
            job.brief(),
            job.title(),
            job.revision(),
            job.tier(),
            job.usagePeriod(),
            job.engine(),
            status,
            job.attempt(),
            results,
            failure,
            cancelRequested,
            job.createdAt(),
            job.startedAt(),
            finishedAt),
        Optional.empty());
  }
}
