package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;

/** The jobs, and the ways to find them without looking at all of them. */
final class JobRows {
  /** As databases compare UUIDs; {@link UUID#compareTo} takes the halves for signed numbers. */
  private static final Comparator<JobId> OLDEST_FIRST =
      Comparator.comparing(
          JobId::value,
          ((Comparator<UUID>)
                  (a, b) ->
                      Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits()))
              .thenComparing(
                  (a, b) ->
                      Long.compareUnsigned(
                          a.getLeastSignificantBits(), b.getLeastSignificantBits())));

  /** A job that is over. */
  record Ended(Instant at, JobId id) {}

  private static final Comparator<Ended> EARLIEST_FIRST =
      Comparator.comparing(Ended::at).thenComparing(Ended::id, OLDEST_FIRST);

  private enum All {
    JOBS
  }

  private final Table<JobId, JobRow> rows;
  private final Index<UserId, JobId> byOwner;
  private final Index<UserId, JobId> active;
  private final Index<JobId, JobId> revisions;
  private final Index<WorkerId, JobId> running;
  private final Index<All, Ended> unfolded;
  private final Index<TierId, Ended> over;

  JobRows(Turn turn) {
    rows = new Table<>(turn);
    byOwner = new Index<>(turn, OLDEST_FIRST.reversed());
    active = new Index<>(turn, OLDEST_FIRST);
    revisions = new Index<>(turn, OLDEST_FIRST.reversed());
    running = new Index<>(turn, OLDEST_FIRST);
    unfolded = new Index<>(turn, EARLIEST_FIRST);
    over = new Index<>(turn, EARLIEST_FIRST);
  }

  Optional<JobRow> get(JobId id) {
    return rows.get(id);
  }

  /** The jobs of an owner, the newest first. */
  NavigableSet<JobId> ownedBy(UserId owner) {
    return byOwner.of(owner);
  }

  /** The jobs of an owner that wait or run. */
  NavigableSet<JobId> activeOf(UserId owner) {
    return active.of(owner);
  }

  /** The revisions of a job, the newest first. */
  NavigableSet<JobId> revisionsOf(JobId id) {
    return revisions.of(id);
  }

  /** The jobs that run at a worker. */
  NavigableSet<JobId> runningAt(WorkerId worker) {
    return running.of(worker);
  }

  /** The jobs that are over and not folded, those that ended first in front. */
  NavigableSet<Ended> unfolded() {
    return unfolded.of(All.JOBS);
  }

  /** The jobs that are over and count as of a tier, those that ended first in front. */
  NavigableSet<Ended> overOn(TierId tier) {
    return over.of(tier);
  }

  void folded(Ended ended) {
    unfolded.remove(All.JOBS, ended);
  }

  void put(JobRow row) {
    JobId id = row.job().id();
    rows.get(id).ifPresent(this::unlist);
    rows.put(id, row);
    UserId owner = row.job().owner();
    byOwner.add(owner, id);
    row.job().revision().ifPresent(revision -> revisions.add(revision.of(), id));
    if (!row.job().status().isFinal()) {
      active.add(owner, id);
    }
    if (row.job().status() == JobStatus.RUNNING) {
      row.lease().ifPresent(lease -> running.add(lease.worker(), id));
    }
    row.job()
        .finishedAt()
        .ifPresent(
            at -> {
              unfolded.add(All.JOBS, new Ended(at, id));
              over.add(row.countsAs(), new Ended(at, id));
            });
  }

  /** Changes what no way to a job depends on. */
  void rename(JobRow row) {
    rows.put(row.job().id(), row);
  }

  /** Has a job that is over count as of another tier. */
  void keep(JobRow row, TierId tier) {
    JobId id = row.job().id();
    Ended ended = new Ended(row.job().finishedAt().orElseThrow(), id);
    over.remove(row.countsAs(), ended);
    over.add(tier, ended);
    rows.put(id, row.keptAsOf(tier));
  }

  void remove(JobRow row) {
    unlist(row);
    rows.remove(row.job().id());
  }

  private void unlist(JobRow row) {
    JobId id = row.job().id();
    UserId owner = row.job().owner();
    byOwner.remove(owner, id);
    row.job().revision().ifPresent(revision -> revisions.remove(revision.of(), id));
    active.remove(owner, id);
    row.lease().ifPresent(lease -> running.remove(lease.worker(), id));
    row.job()
        .finishedAt()
        .ifPresent(
            at -> {
              unfolded.remove(All.JOBS, new Ended(at, id));
              over.remove(row.countsAs(), new Ended(at, id));
            });
  }
}
