package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A brief on its way to its artifacts: a durable resource that goes on whoever watches it.
 * Immutable; a store holds the current one.
 *
 * @param title what its owner calls it; without one it goes by its topic
 * @param revision the piece of another job that it writes anew, if it does no more than that
 * @param tier the tier its owner had when it was submitted; it keeps that to its end
 * @param usagePeriod in which its pieces were reserved; a guest's may count in another afterwards
 * @param results of each format of the brief
 * @param attempt how often an instance has taken it up; the fencing token of every write by a
 *     worker
 * @param failure why it ended as {@link JobStatus#FAILED} or {@link JobStatus#CANCELLED}
 */
public record Job(
    JobId id,
    UserId owner,
    Brief brief,
    Optional<Title> title,
    Optional<Revision> revision,
    TierId tier,
    UsagePeriod usagePeriod,
    Engine engine,
    JobStatus status,
    int attempt,
    Map<Format, FormatResult> results,
    Optional<Failure> failure,
    boolean cancelRequested,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {
  public Job {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(brief, "brief");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(tier, "tier");
    Objects.requireNonNull(usagePeriod, "usagePeriod");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    if (!results.keySet().equals(brief.formats())) {
      throw new IllegalArgumentException("a job has one result for each format of its brief");
    }
    if (!revision.map(wish -> Set.of(wish.format()).equals(brief.formats())).orElse(true)) {
      throw new IllegalArgumentException("a revision is about the one format of its brief");
    }
    results = Collections.unmodifiableMap(new EnumMap<>(results));
  }

  /** A job that was just submitted. */
  public static Job submitted(
      JobId id,
      UserId owner,
      Brief brief,
      TierId tier,
      UsagePeriod period,
      Engine engine,
      Instant now) {
    Map<Format, FormatResult> results = new EnumMap<>(Format.class);
    brief.formats().forEach(format -> results.put(format, new FormatResult.Open()));
    return new Job(
        id,
        owner,
        brief,
        Optional.empty(),
        Optional.empty(),
        tier,
        period,
        engine,
        JobStatus.PENDING,
        0,
        results,
        Optional.empty(),
        false,
        now,
        Optional.empty(),
        Optional.empty());
  }

  /** A copy that writes a piece of another job anew. */
  public Job revising(Revision wish) {
    return copy(title, Optional.of(wish));
  }

  /** A copy that its owner calls so. */
  public Job titled(Optional<Title> name) {
    return copy(name, revision);
  }

  private Job copy(Optional<Title> name, Optional<Revision> wish) {
    return new Job(
        id,
        owner,
        brief,
        name,
        wish,
        tier,
        usagePeriod,
        engine,
        status,
        attempt,
        results,
        failure,
        cancelRequested,
        createdAt,
        startedAt,
        finishedAt);
  }

  /** The job as it is when it has ended. */
  public Job ended(
      JobStatus end, Map<Format, FormatResult> endResults, Optional<Failure> why, Instant now) {
    return new Job(
        id,
        owner,
        brief,
        title,
        revision,
        tier,
        usagePeriod,
        engine,
        end,
        attempt,
        endResults,
        why,
        cancelRequested,
        createdAt,
        startedAt,
        Optional.of(now));
  }

  /** The crew that works on it: all that its formats need, or for a revision one agent alone. */
  public Crew crew() {
    return revision
        .map(wish -> Crew.alone(Task.yielding(wish.format())))
        .orElseGet(() -> Crew.of(brief.formats()));
  }

  /**
   * How a job with these results ends: {@code completed} when all formats are there, {@code
   * cancelled} when its owner stopped it before that, {@code partial} when some formats are there,
   * else {@code failed}.
   */
  public static JobStatus outcome(Map<Format, FormatResult> results, boolean cancelled) {
    long ready = results.values().stream().filter(FormatResult.Ready.class::isInstance).count();
    if (ready == results.size()) {
      return JobStatus.COMPLETED;
    }
    if (cancelled) {
      return JobStatus.CANCELLED;
    }
    return ready > 0 ? JobStatus.PARTIAL : JobStatus.FAILED;
  }
}
