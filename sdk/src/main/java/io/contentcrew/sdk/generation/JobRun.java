package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Crew;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.Progress;
import io.contentcrew.domain.generation.JobEvent.Progress.Queued;
import io.contentcrew.domain.generation.JobEvent.TaskRestarted;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.ContentCache.Piece;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.sdk.generation.StopSignal.Reason;
import io.contentcrew.sdk.generation.StopSignal.Stopped;
import io.contentcrew.sdk.generation.TaskRun.TaskFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A job in one attempt: walks the crew's task graph, tasks that wait for nobody side by side, and
 * keeps what comes of each. The thread that calls {@link #run} decides and stores; each task has a
 * thread of its own, which only writes to the log.
 */
final class JobRun {
  private final Job job;
  private final JobLog log;
  private final Attempt attempt;
  private final RunContext context;
  private final StopSignal stop;
  private final Crew crew;
  private final Map<Task, JobTask> tasks = new EnumMap<>(Task.class);
  private final Map<Format, FormatResult> results;
  private final Set<Task> done = EnumSet.noneOf(Task.class);
  private final Set<Task> failed = EnumSet.noneOf(Task.class);
  private final Set<Task> running = EnumSet.noneOf(Task.class);
  private boolean givenBack;
  private final BlockingQueue<TaskEnd> ends = new LinkedBlockingQueue<>();
  private final AtomicBoolean firstText = new AtomicBoolean();
  private final long begun = System.nanoTime();
  private Optional<BlogPost> article = Optional.empty();
  private final AtomicInteger tasksEnded = new AtomicInteger();
  private final List<Piece> pieces = new ArrayList<>();

  /** How a task's thread ended. */
  private sealed interface TaskEnd {
    TaskRun run();

    record Done(TaskRun run, TaskRun.Result result, Duration took) implements TaskEnd {}

    record Failed(TaskRun run, Failure failure) implements TaskEnd {}

    record Halted(TaskRun run) implements TaskEnd {}
  }

  /** What an attempt begins with. */
  record Attempt(
      Job job,
      List<JobTask> tasks,
      Optional<BlogPost> article,
      Optional<TaskRun.Revised> revised) {}

  JobRun(Attempt attempt, JobLog log, RunContext context, StopSignal stop) {
    this.attempt = attempt;
    this.job = attempt.job;
    this.log = log;
    this.context = context;
    this.stop = stop;
    this.crew = job.crew();
    this.results = new EnumMap<>(job.results());
  }

  /**
   * Runs to the job's end, or until the work is stopped.
   *
   * @return all pieces of the job, if it completed in this attempt; else none
   */
  List<Piece> run(TextGenerator generator) throws Commits.Abandoned {
    resume();
    while (true) {
      if (stop.reason().isEmpty()) {
        crew.ready(done, failed, running).forEach(task -> begin(task, generator));
      }
      if (running.isEmpty()) {
        break;
      }
      ended(nextEnd());
    }
    conclude();
    return pieces.size() == results.size() ? pieces : List.of();
  }

  /** What earlier attempts have finished stays finished. */
  private void resume() {
    for (JobTask task : attempt.tasks) {
      tasks.put(task.task(), task);
      switch (task.state()) {
        case DONE -> {
          done.add(task.task());
          tasksEnded.incrementAndGet();
        }
        case FAILED, CANCELLED -> {
          failed.add(task.task());
          tasksEnded.incrementAndGet();
        }
        case RUNNING -> tell(new TaskRestarted(task.task(), TaskRestarted.Reason.WORKER_LOST));
        case WAITING -> {}
      }
    }
    article = attempt.article;
  }

  private TaskEnd nextEnd() {
    try {
      return ends.take();
    } catch (InterruptedException e) {
      // one stops the tasks instead: an interrupt here could break a connection to the store
      throw new IllegalStateException("the thread of a job was interrupted", e);
    }
  }

  // ---- a task's thread

  private void begin(Task task, TextGenerator generator) {
    running.add(task);
    TaskRun.Material material =
        new TaskRun.Material(output(Task.RESEARCH), output(Task.WRITE), article, attempt.revised);
    TaskRun run =
        new TaskRun(job, task, generator, new Feed(), stop, context.observer(), context.judging());
    Thread.ofVirtual().name("task-" + task.wireName()).start(() -> ends.add(work(run, material)));
  }

  private TaskEnd work(TaskRun run, TaskRun.Material material) {
    long from = System.nanoTime();
    try {
      stop.interruptibly(
          () -> {
            context.slots().acquire(job.owner(), context.parallelTasks(job.tier()));
            return true;
          });
      try {
        TaskRun.Result result = run.run(material);
        return new TaskEnd.Done(run, result, Duration.ofNanos(System.nanoTime() - from));
      } finally {
        context.slots().release(job.owner());
      }
    } catch (Stopped e) {
      return new TaskEnd.Halted(run);
    } catch (TaskFailed e) {
      return new TaskEnd.Failed(run, e.failure());
    } catch (Throwable e) { // also an Error: whoever waits for the task must hear of its end
      context.bug("task " + run.task().wireName() + " of job " + job.id() + " failed", e);
      return new TaskEnd.Failed(run, RunContext.FAULT_OF_OURS);
    }
  }

  /** Carries what a task writes to the log. */
  private final class Feed implements TaskRun.Feed {
    @Override
    public Instant started(Task task, String promptVersion) {
      Instant now = context.now();
      context.wrote(log, log.start(task, promptVersion, now));
      return now;
    }

    @Override
    public void text(Task task, String piece) {
      if (firstText.compareAndSet(false, true)) {
        context.observer().firstText(job, Duration.ofNanos(System.nanoTime() - begun));
      }
      context.wrote(log, log.text(task, piece));
    }

    @Override
    public void restarted(Task task) {
      context.wrote(log, log.restart(task, TaskRestarted.Reason.INVALID_OUTPUT));
    }

    @Override
    public void queued(Task task, int ahead) {
      tell(
          new Progress(
              tasksEnded.get(), crew.tasks().size(), Optional.of(new Queued(task, ahead))));
    }
  }

  private void tell(JobEvent event) {
    context.wrote(log, log.append(event));
  }

  // ---- what came of a task

  private void ended(TaskEnd end) throws Commits.Abandoned {
    running.remove(end.run().task());
    switch (end) {
      case TaskEnd.Done(TaskRun run, TaskRun.Result result, Duration took) ->
          succeeded(run, result, took);
      case TaskEnd.Failed(TaskRun run, Failure failure) -> failed(run, failure);
      case TaskEnd.Halted(TaskRun run) -> ended(run.task(), TaskState.CANCELLED, Optional.of(run));
    }
  }

  private void succeeded(TaskRun run, TaskRun.Result result, Duration took)
      throws Commits.Abandoned {
    Task task = run.task();
    done.add(task);
    tasksEnded.incrementAndGet();
    JobTask ended = ended(task, TaskState.DONE, Optional.of(run));
    List<JobEvent> events = new ArrayList<>();
    events.add(new JobEvent.TaskCompleted(task, run.tokens(), took));
    Optional<StoredArtifact> stored =
        result.artifact().map(artifact -> stored(artifact, result.notes(), false));
    stored.ifPresent(
        artifact -> events.add(new JobEvent.ArtifactReady(artifact.artifact().format(), artifact)));
    events.add(new Progress(tasksEnded.get(), crew.tasks().size(), Optional.empty()));
    context
        .commits()
        .commit(
            log,
            events,
            stored.isPresent(),
            stores ->
                stores.jobs().saveTask(job.id(), job.attempt(), ended)
                    && stored.map(artifact -> keep(stores, artifact)).orElse(true));
    stored.ifPresent(this::ready);
  }

  private StoredArtifact stored(Artifact artifact, List<Finding> notes, boolean cached) {
    int version = job.revision().map(Revision::nextVersion).orElse(1);
    Origin origin = job.revision().isPresent() ? Origin.REVISED : Origin.WRITTEN;
    Optional<String> note = job.revision().flatMap(Revision::note);
    return new StoredArtifact(
        artifact, version, origin, note, notes, job.engine(), cached, context.now());
  }

  /**
   * The piece of a revision is one of the job that it revises. Its version is free: nobody else
   * adds one to that piece before the result of the revision is there.
   */
  private boolean keep(Stores stores, StoredArtifact artifact) {
    Format format = artifact.artifact().format();
    if (isKept(stores, format)) {
      return true; // this commit had been done, and the answer was lost
    }
    if (job.revision().isPresent()) {
      JobId revised = job.revision().get().of();
      stores.artifacts().add(revised, artifact);
      stores.artifacts().trim(revised, format, PieceVersion.MOST_KEPT);
    } else {
      stores.artifacts().add(job.id(), artifact);
    }
    return stores.usage().settle(job.id(), format)
        && stores.jobs().saveResult(job.id(), job.attempt(), format, new FormatResult.Ready());
  }

  private boolean isKept(Stores stores, Format format) {
    return stores
        .jobs()
        .find(job.id())
        .filter(now -> now.results().get(format) instanceof FormatResult.Ready)
        .isPresent();
  }

  private void ready(StoredArtifact stored) {
    Artifact artifact = stored.artifact();
    results.put(artifact.format(), new FormatResult.Ready());
    pieces.add(new Piece(artifact, stored.notes()));
    if (artifact instanceof BlogPost post) {
      article = Optional.of(post);
    }
    context.observer().artifactReady(job, artifact.format());
  }

  /** A task has failed, and with it those that require it; their formats fail, the others go on. */
  private void failed(TaskRun run, Failure failure) throws Commits.Abandoned {
    List<JobEvent> events = new ArrayList<>();
    List<JobTask> ended = new ArrayList<>();
    Map<Format, FormatResult> lost = new EnumMap<>(Format.class);
    for (Task task : crew.lostWith(run.task())) {
      boolean itself = task == run.task();
      failed.add(task);
      tasksEnded.incrementAndGet();
      ended.add(ended(task, TaskState.FAILED, itself ? Optional.of(run) : Optional.empty()));
      Failure reason = itself ? failure : upstream(run.task(), failure);
      task.yields()
          .ifPresent(
              format -> {
                lost.put(format, new FormatResult.Failed(reason));
                events.add(new JobEvent.ArtifactFailed(format, reason));
              });
    }
    events.add(new Progress(tasksEnded.get(), crew.tasks().size(), Optional.empty()));
    context
        .commits()
        .commit(
            log,
            events,
            false,
            stores ->
                ended.stream()
                        .allMatch(task -> stores.jobs().saveTask(job.id(), job.attempt(), task))
                    && lost.entrySet().stream()
                        .allMatch(
                            result ->
                                stores
                                    .jobs()
                                    .saveResult(
                                        job.id(),
                                        job.attempt(),
                                        result.getKey(),
                                        result.getValue())));
    results.putAll(lost);
  }

  private static Failure upstream(Task task, Failure failure) {
    return switch (failure.code()) {
      case LLM_UNAVAILABLE, MODEL_MISSING -> failure; // the same would happen to it
      case LLM_TIMEOUT, LLM_ERROR, LLM_INCOMPLETE ->
          new Failure(failure.code(), step(task, failure));
      default -> new Failure(Failure.Code.UPSTREAM_FAILED, step(task, failure));
    };
  }

  private static String step(Task task, Failure failure) {
    return "The " + task.wireName() + " step failed: " + failure.message();
  }

  /**
   * Notes how a task ended, with what it wrote. {@code run} is empty if it never began in this
   * attempt.
   */
  private JobTask ended(Task task, TaskState state, Optional<TaskRun> run) {
    JobTask before = tasks.getOrDefault(task, JobTask.waiting(task));
    String output = log.textOf(task);
    JobTask after =
        new JobTask(
            task,
            state,
            output.isEmpty() ? Optional.empty() : Optional.of(output),
            run.flatMap(TaskRun::promptVersion).or(before::promptVersion),
            run.map(TaskRun::tokens).orElse(TokenUsage.NONE).plus(before.tokens()),
            before.startedAt().or(() -> run.flatMap(TaskRun::startedAt)),
            Optional.of(context.now()));
    tasks.put(task, after);
    return after;
  }

  private String output(Task task) {
    return Optional.ofNullable(tasks.get(task)).flatMap(JobTask::output).orElse("");
  }

  // ---- the end

  private void conclude() throws Commits.Abandoned {
    Optional<Reason> reason = stop.reason();
    boolean open = results.values().stream().anyMatch(FormatResult.Open.class::isInstance);
    if (reason.isEmpty() || !open) {
      finish(Optional.empty());
    } else {
      switch (reason.get()) {
        case CANCELLED -> finish(Optional.of(CancelGeneration.CANCELLED));
        case DEADLINE -> finish(Optional.of(context.deadline()));
        case SHUTDOWN -> {
          context.commits().giveBack(log, job);
          givenBack = true;
        }
        case LOST -> throw new Commits.Abandoned("another instance may have it by now");
      }
    }
  }

  /** Whether the job was left for the next start, or another instance, to go on with. */
  boolean givenBack() {
    return givenBack;
  }

  /** Ends the job; formats that are still open end with {@code why}. */
  void finish(Optional<Failure> why) throws Commits.Abandoned {
    Failure open = why.orElse(RunContext.FAULT_OF_OURS);
    results.replaceAll(
        (format, result) ->
            result instanceof FormatResult.Open ? new FormatResult.Failed(open) : result);
    boolean cancelled = why.filter(failure -> failure.code() == Failure.Code.CANCELLED).isPresent();
    JobStatus status = Job.outcome(results, cancelled);
    Optional<Failure> failure =
        status == JobStatus.FAILED || status == JobStatus.CANCELLED
            ? Optional.of(firstFailure())
            : Optional.empty();
    Instant now = context.now();
    for (Task task : crew.tasks()) {
      if (!done.contains(task)
          && !failed.contains(task)
          && tasks.getOrDefault(task, JobTask.waiting(task)).state() != TaskState.CANCELLED) {
        ended(task, TaskState.CANCELLED, Optional.empty());
      }
    }
    List<JobTask> halted =
        tasks.values().stream().filter(task -> task.state() == TaskState.CANCELLED).toList();
    JobEvent end =
        switch (status) {
          case COMPLETED, PARTIAL -> new JobEvent.Completed(status, results);
          case CANCELLED -> new JobEvent.Cancelled(results);
          case FAILED, PENDING, RUNNING -> new JobEvent.Failed(firstFailure(), results);
        };
    context
        .commits()
        .commit(
            log,
            List.of(end),
            true,
            stores -> {
              for (JobTask task : halted) {
                stores.jobs().saveTask(job.id(), job.attempt(), task);
              }
              // The job is held already, by the append; its owner after it, as who hands jobs over.
              boolean finished =
                  stores.jobs().finish(job.id(), job.attempt(), status, results, failure, now);
              if (finished) {
                stores.usage().release(job.id());
                stores.queue().remove(job.id());
              }
              return finished;
            });
    context.ended(job, status, results, failure, now);
  }

  private Failure firstFailure() {
    return results.values().stream()
        .flatMap(result -> result.reason().stream())
        .findFirst()
        .orElse(RunContext.FAULT_OF_OURS);
  }

  /** Takes all pieces from the cache. */
  void takeCached(List<Piece> cached) throws Commits.Abandoned {
    List<StoredArtifact> artifacts =
        cached.stream().map(piece -> stored(piece.artifact(), piece.notes(), true)).toList();
    List<JobEvent> events = new ArrayList<>();
    artifacts.forEach(
        artifact -> events.add(new JobEvent.ArtifactReady(artifact.artifact().format(), artifact)));
    List<JobTask> spared =
        crew.tasks().stream().map(task -> ended(task, TaskState.DONE, Optional.empty())).toList();
    done.addAll(crew.tasks());
    events.add(new Progress(spared.size(), spared.size(), Optional.empty()));
    context
        .commits()
        .commit(
            log,
            events,
            true,
            stores ->
                spared.stream()
                        .allMatch(task -> stores.jobs().saveTask(job.id(), job.attempt(), task))
                    && artifacts.stream().allMatch(artifact -> keep(stores, artifact)));
    artifacts.forEach(this::ready);
    finish(Optional.empty());
  }
}
