package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs whose claims look and then write, and whose writes look at no attempt. */
final class NaiveJobs implements Jobs {
  private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();
  private final Map<JobId, List<JobTask>> tasks = new ConcurrentHashMap<>();
  private final Map<JobId, WorkerId> workers = new ConcurrentHashMap<>();
  private final Map<JobId, Instant> claims = new ConcurrentHashMap<>();
  private final InstantSource clock;

  NaiveJobs(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void add(Job job) {
    jobs.put(job.id(), job);
    tasks.put(job.id(), job.crew().tasks().stream().map(JobTask::waiting).toList());
  }

  @Override
  public Optional<Job> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public Optional<Job> find(JobId id, UserId owner) {
    return find(id);
  }

  @Override
  public Optional<Job> lock(JobId id) {
    return find(id);
  }

  @Override
  public List<JobTask> tasks(JobId id) {
    return tasks.getOrDefault(id, List.of());
  }

  @Override
  public List<Job> page(UserId owner, Query query) {
    return jobs.values().stream().limit(query.limit()).toList();
  }

  /** Lets anybody rename, and only what has no name. */
  @Override
  public boolean rename(JobId id, UserId owner, Optional<Title> title) {
    return jobs.computeIfPresent(id, (same, job) -> job.title().isEmpty() ? job.titled(title) : job)
        != null;
  }

  /** Takes every revision there ever was for one that is under way. */
  @Override
  public Optional<JobId> revisionUnderWay(JobId of, Format format) {
    return jobs.values().stream()
        .filter(job -> job.revision().map(r -> r.of().equals(of)).orElse(false))
        .map(Job::id)
        .findFirst();
  }

  @Override
  public int countActive(UserId owner) {
    long active =
        jobs.values().stream()
            .filter(job -> job.owner().equals(owner) && !job.status().isFinal())
            .count();
    Gap.between();
    return (int) active;
  }

  @Override
  public int lockActive(UserId owner) {
    return countActive(owner);
  }

  /** Forgets those that run, and how many there were. */
  @Override
  public int handOver(UserId from, UserId to) {
    return 0;
  }

  @Override
  public Claim claim(JobId id, WorkerId worker, Duration deadAfter) {
    Job job = jobs.get(id);
    if (job == null) {
      return new Claim.Over();
    }
    Instant seen = claims.getOrDefault(id, Instant.MIN);
    if (seen.isAfter(clock.instant().minus(deadAfter))) {
      return new Claim.Busy(deadAfter);
    }
    Gap.between();
    boolean takenOver = workers.put(id, worker) != null;
    claims.put(id, clock.instant());
    return new Claim.Taken(change(job, JobStatus.RUNNING, job.attempt() + 1), takenOver);
  }

  private Job change(Job job, JobStatus status, int attempt) {
    return change(job, status, attempt, job.results());
  }

  private Job change(Job job, JobStatus status, int attempt, Map<Format, FormatResult> results) {
    Job changed =
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
            attempt,
            results,
            job.failure(),
            job.cancelRequested(),
            job.createdAt(),
            Optional.of(clock.instant()),
            job.finishedAt());
    jobs.put(job.id(), changed);
    return changed;
  }

  /** Forgets to keep the sign of life. */
  @Override
  public List<Pulse> heartbeat(WorkerId worker, Collection<JobId> ids) {
    return workers.entrySet().stream()
        .filter(entry -> entry.getValue().equals(worker))
        .map(entry -> new Pulse(entry.getKey(), jobs.get(entry.getKey()).attempt(), false))
        .toList();
  }

  @Override
  public boolean requestCancel(JobId id) {
    return jobs.containsKey(id);
  }

  @Override
  public void startTasks(List<TaskStart> starts) {
    for (TaskStart start : starts) {
      tasks.computeIfPresent(
          start.id(),
          (id, old) ->
              old.stream().map(task -> task.task() == start.task() ? begun(start) : task).toList());
    }
  }

  private static JobTask begun(TaskStart start) {
    return new JobTask(
        start.task(),
        TaskState.RUNNING,
        Optional.empty(),
        Optional.of(start.promptVersion()),
        TokenUsage.NONE,
        Optional.of(start.at()),
        Optional.empty());
  }

  @Override
  public boolean saveTask(JobId id, int attempt, JobTask task) {
    return tasks.computeIfPresent(id, (same, old) -> List.of(task)) != null;
  }

  @Override
  public boolean saveResult(JobId id, int attempt, Format format, FormatResult result) {
    return find(id)
        .map(
            job -> {
              Map<Format, FormatResult> results = new EnumMap<>(job.results());
              results.put(format, result);
              return change(job, job.status(), job.attempt(), results);
            })
        .isPresent();
  }

  @Override
  public boolean finish(
      JobId id,
      int attempt,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    return find(id).map(job -> change(job, status, job.attempt(), results)).isPresent();
  }

  @Override
  public boolean finishPending(
      JobId id,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    return finish(id, 0, status, results, failure, now);
  }

  @Override
  public boolean giveBack(JobId id, int attempt) {
    return find(id).map(job -> change(job, JobStatus.PENDING, job.attempt())).isPresent();
  }

  @Override
  public boolean delete(JobId id, UserId owner) {
    return jobs.remove(id) != null;
  }

  /** Looks at nothing but the tier and the limit, and leaves the tasks behind. */
  @Override
  public int purge(TierId tier, Instant endedBefore, Instant now, int limit) {
    List<Job> found =
        jobs.values().stream().filter(job -> job.tier().equals(tier)).limit(limit).toList();
    Gap.between();
    found.forEach(job -> jobs.remove(job.id()));
    return found.size();
  }

  /** Logs without a fence. */
  static final class Events implements JobEvents {
    private final Map<JobId, List<LogEntry>> logs = new ConcurrentHashMap<>();

    @Override
    public Set<JobId> append(List<Batch> batches) {
      batches.forEach(batch -> appendIdle(batch.id(), batch.entries()));
      return Set.of();
    }

    @Override
    public void appendIdle(JobId id, List<LogEntry> entries) {
      logs.computeIfAbsent(id, unseen -> Collections.synchronizedList(new ArrayList<>()))
          .addAll(entries);
    }

    @Override
    public long lastSeq(JobId id) {
      return logs.getOrDefault(id, List.of()).size();
    }

    @Override
    public List<LogEntry> readAfter(JobId id, long after, int limit) {
      return logs.getOrDefault(id, List.of()).stream()
          .filter(entry -> entry.first() > after)
          .limit(limit)
          .toList();
    }

    /** Forgets that several may read one log, and that a limit is for each. */
    @Override
    public Map<Place, List<LogEntry>> readAfter(Set<Place> places, int limit) {
      Map<Place, List<LogEntry>> found = new HashMap<>();
      int left = limit;
      for (Place place : places) {
        List<LogEntry> entries = readAfter(place.id(), place.after(), left);
        left -= entries.size();
        if (!entries.isEmpty()) {
          found.put(place, entries);
        }
      }
      return found;
    }

    @Override
    public int fold(Instant endedBefore, int limit) {
      logs.clear();
      return 0;
    }
  }
}
