package io.contentcrew.adapters.memory;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.SearchText;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

final class MemoryJobs implements Jobs {
  private final JobRows rows;
  private final Table<JobId, Map<Task, JobTask>> tasks;
  private final MemoryUsers users;
  private final Above above;
  private final Consumer<JobId> onDelete;
  private final InstantSource clock;

  /** The tier to which a user is entitled, if it is higher than that. */
  interface Above {
    Optional<TierId> find(UserId user, TierId tier, Instant now);
  }

  /** Jobs whose logs and pieces {@code onDelete} deletes. */
  MemoryJobs(
      Turn turn,
      JobRows rows,
      MemoryUsers users,
      Above above,
      Consumer<JobId> onDelete,
      InstantSource clock) {
    this.rows = rows;
    tasks = new Table<>(turn);
    this.users = users;
    this.above = above;
    this.onDelete = onDelete;
    this.clock = clock;
  }

  @Override
  public void add(Job job) {
    users.require(job.owner());
    Map<Task, JobTask> waiting = new EnumMap<>(Task.class);
    job.crew().tasks().forEach(task -> waiting.put(task, JobTask.waiting(task)));
    if (!job.revision().map(revision -> rows.get(revision.of()).isPresent()).orElse(true)) {
      throw Turn.refused("there is no such job to revise");
    }
    if (!tasks.add(job.id(), waiting)) {
      throw Turn.refused("the job is there already");
    }
    rows.put(new JobRow(job, Optional.empty()));
  }

  @Override
  public Optional<Job> find(JobId id) {
    return rows.get(id).map(JobRow::job);
  }

  @Override
  public Optional<Job> find(JobId id, UserId owner) {
    return find(id).filter(job -> job.owner().equals(owner));
  }

  /** Finds only: one transaction at a time holds everything anyway. */
  @Override
  public Optional<Job> lock(JobId id) {
    return find(id);
  }

  @Override
  public List<JobTask> tasks(JobId id) {
    return List.copyOf(tasks.get(id, Map.of()).values());
  }

  @Override
  public List<Job> page(UserId owner, Query query) {
    NavigableSet<JobId> newestFirst =
        query.scope() instanceof Scope.RevisionsOf(JobId of)
            ? rows.revisionsOf(of)
            : rows.ownedBy(owner);
    return query
        .before()
        .map(before -> newestFirst.tailSet(before, false))
        .orElse(newestFirst)
        .stream()
        .flatMap(id -> find(id, owner).stream())
        .filter(job -> fits(job, query))
        .limit(query.limit())
        .toList();
  }

  private static boolean fits(Job job, Query query) {
    boolean inScope =
        switch (query.scope()) {
          case Scope.All() -> true;
          case Scope.WithoutRevisions() -> job.revision().isEmpty();
          case Scope.RevisionsOf(JobId of) -> true;
        };
    return inScope
        && query.status().map(job.status()::equals).orElse(true)
        && query.format().map(job.brief().formats()::contains).orElse(true)
        && says(job, query.words());
  }

  private static boolean says(Job job, List<String> words) {
    if (words.isEmpty()) {
      return true;
    }
    String text = SearchText.of(job.title(), job.brief().topic());
    return words.stream().allMatch(text::contains);
  }

  @Override
  public boolean rename(JobId id, UserId owner, Optional<Title> title) {
    Optional<JobRow> row = rows.get(id).filter(found -> found.job().owner().equals(owner));
    row.ifPresent(found -> rows.rename(found.titled(title)));
    return row.isPresent();
  }

  @Override
  public Optional<JobId> revisionUnderWay(JobId of, Format format) {
    return activeRevisions(of)
        .filter(job -> job.results().get(format) instanceof FormatResult.Open)
        .map(Job::id)
        .findFirst();
  }

  private Stream<Job> activeRevisions(JobId of) {
    return rows.revisionsOf(of).stream()
        .flatMap(id -> find(id).stream())
        .filter(job -> !job.status().isFinal());
  }

  @Override
  public int countActive(UserId owner) {
    return rows.activeOf(owner).size();
  }

  /** Counts only: one transaction at a time holds everything anyway. */
  @Override
  public int lockActive(UserId owner) {
    return countActive(owner);
  }

  @Override
  public int handOver(UserId from, UserId to) {
    users.require(to);
    List<JobId> all = List.copyOf(rows.ownedBy(from));
    all.forEach(id -> rows.put(rows.get(id).orElseThrow().ownedBy(to)));
    return all.size();
  }

  @Override
  public Claim claim(JobId id, WorkerId worker, Duration deadAfter) {
    JobRow row = rows.get(id).orElse(null);
    if (row == null || row.job().status().isFinal()) {
      return new Claim.Over();
    }
    Instant now = clock.instant();
    Duration alive =
        row.lease()
            .map(lease -> Duration.between(now, lease.seenAt().plus(deadAfter)))
            .orElse(Duration.ZERO);
    if (alive.isPositive()) {
      return new Claim.Busy(alive);
    }
    JobRow taken = row.takenBy(worker, now);
    rows.put(taken);
    return new Claim.Taken(taken.job(), row.lease().isPresent());
  }

  @Override
  public List<Pulse> heartbeat(WorkerId worker, Collection<JobId> ids) {
    Instant now = clock.instant();
    List<Pulse> pulses = new ArrayList<>();
    List<JobId> running = new ArrayList<>(rows.runningAt(worker));
    running.retainAll(Set.copyOf(ids));
    for (JobId id : running) {
      JobRow row = rows.get(id).orElseThrow();
      rows.put(row.seen(now));
      pulses.add(new Pulse(id, row.job().attempt(), row.job().cancelRequested()));
    }
    return pulses;
  }

  @Override
  public boolean requestCancel(JobId id) {
    Optional<JobRow> row = rows.get(id).filter(found -> !found.job().status().isFinal());
    row.ifPresent(found -> rows.put(found.withCancelRequested()));
    return row.isPresent();
  }

  private Optional<JobRow> running(JobId id, int attempt) {
    return rows.get(id).filter(row -> row.runsIn(attempt));
  }

  @Override
  public void startTasks(List<TaskStart> starts) {
    for (TaskStart start : starts) {
      if (running(start.id(), start.attempt()).isPresent()) {
        Map<Task, JobTask> changed = new EnumMap<>(tasks.get(start.id()).orElseThrow());
        JobTask before = changed.get(start.task());
        if (before == null) {
          throw Turn.refused("the job has no task " + start.task().wireName());
        }
        changed.put(start.task(), begun(before, start));
        tasks.put(start.id(), changed);
      }
    }
  }

  private static JobTask begun(JobTask before, TaskStart start) {
    return new JobTask(
        before.task(),
        TaskState.RUNNING,
        Optional.empty(),
        Optional.of(start.promptVersion()),
        before.tokens(),
        Optional.of(start.at()),
        Optional.empty());
  }

  @Override
  public boolean saveTask(JobId id, int attempt, JobTask task) {
    if (running(id, attempt).isEmpty()) {
      return false;
    }
    Map<Task, JobTask> changed = new EnumMap<>(tasks.get(id).orElseThrow());
    if (changed.put(task.task(), task) == null) {
      throw Turn.refused("the job has no task " + task.task().wireName());
    }
    tasks.put(id, changed);
    return true;
  }

  @Override
  public boolean saveResult(JobId id, int attempt, Format format, FormatResult result) {
    Optional<JobRow> row = running(id, attempt);
    row.ifPresent(
        found -> {
          Map<Format, FormatResult> results = new EnumMap<>(found.job().results());
          if (results.put(format, result) == null) {
            throw Turn.refused("the job has no format " + format.wireName());
          }
          rows.put(found.withResults(results));
        });
    return row.isPresent();
  }

  @Override
  public boolean finish(
      JobId id,
      int attempt,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    Optional<JobRow> row = running(id, attempt);
    row.ifPresent(found -> rows.put(found.finished(status, results, failure, now)));
    return row.isPresent();
  }

  @Override
  public boolean finishPending(
      JobId id,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    Optional<JobRow> row = rows.get(id).filter(found -> found.job().status() == JobStatus.PENDING);
    row.ifPresent(found -> rows.put(found.finished(status, results, failure, now)));
    return row.isPresent();
  }

  @Override
  public boolean giveBack(JobId id, int attempt) {
    Optional<JobRow> row = running(id, attempt);
    row.ifPresent(found -> rows.put(found.givenBack()));
    return row.isPresent();
  }

  @Override
  public boolean delete(JobId id, UserId owner) {
    Optional<JobRow> row =
        rows.get(id)
            .filter(found -> found.job().owner().equals(owner))
            .filter(found -> found.job().status().isFinal())
            .filter(found -> activeRevisions(id).findAny().isEmpty());
    row.ifPresent(this::delete);
    return row.isPresent();
  }

  /** Deletes all jobs of an owner, also those that wait or run. */
  void delete(UserId owner) {
    List.copyOf(rows.ownedBy(owner)).forEach(id -> rows.get(id).ifPresent(this::delete));
  }

  /** Also its revisions, one of which may be gone already where several jobs are deleted. */
  private void delete(JobRow row) {
    List.copyOf(rows.revisionsOf(row.job().id()))
        .forEach(revision -> rows.get(revision).ifPresent(this::delete));
    rows.remove(row);
    tasks.remove(row.job().id());
    onDelete.accept(row.job().id());
  }

  @Override
  public int purge(TierId tier, Instant endedBefore, Instant now, int limit) {
    List<JobRow> old =
        rows.overOn(tier).stream()
            .takeWhile(job -> job.at().isBefore(endedBefore))
            .flatMap(job -> rows.get(job.id()).stream())
            .filter(row -> activeRevisions(row.job().id()).findAny().isEmpty())
            .limit(limit)
            .toList();
    for (JobRow row : old) {
      if (rows.get(row.job().id()).isPresent()) { // else it went with what it revised
        above
            .find(row.job().owner(), tier, now)
            .ifPresentOrElse(higher -> rows.keep(row, higher), () -> delete(row));
      }
    }
    return old.size();
  }
}
