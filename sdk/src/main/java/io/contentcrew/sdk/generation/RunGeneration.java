package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent.JobStarted;
import io.contentcrew.domain.generation.JobEvent.Progress;
import io.contentcrew.domain.generation.JobEvent.Progress.Queued;
import io.contentcrew.domain.generation.JobEvent.Snapshot;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TaskState;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.ContentCache.Piece;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.Jobs.Claim;
import io.contentcrew.ports.generation.Jobs.Claim.Taken;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.WorkerId;
import io.contentcrew.sdk.generation.StopSignal.Reason;
import io.contentcrew.sdk.generation.StopSignal.Stopped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job: claims it, and takes it to its end or as far as this process gets. Safe for use by
 * many threads; a call blocks while the job runs, and its thread must not be interrupted.
 */
final class RunGeneration {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");

  /**
   * Far more than a reader can have seen of what is not stored: some pieces come after the limit,
   * and a store that crashed may have lost some that counted as stored.
   */
  private static final long SET_ASIDE = 100L * JobLog.MAX_AHEAD;

  private static final Failure NO_PIECE =
      new Failure(
          Failure.Code.UPSTREAM_FAILED,
          "The version that was to be revised is not there any more. Nothing is charged.");

  private static final Duration LOOK_IN_CACHE = Duration.ofMillis(100);

  private final Transactions transactions;
  private final Engines engines;
  private final ContentCache cache;
  private final RunContext context;
  private final JobLogs logs;
  private final RunningJobs runningJobs;
  private final ScheduledExecutorService timer;
  private final WorkerId worker;
  private final GenerationSettings settings;

  RunGeneration(
      Transactions transactions,
      Engines engines,
      ContentCache cache,
      RunContext context,
      JobLogs logs,
      RunningJobs runningJobs,
      ScheduledExecutorService timer,
      WorkerId worker,
      GenerationSettings settings) {
    this.transactions = transactions;
    this.engines = engines;
    this.cache = cache;
    this.context = context;
    this.logs = logs;
    this.runningJobs = runningJobs;
    this.timer = timer;
    this.worker = worker;
    this.settings = settings;
  }

  /** What a claim found. */
  private record Found(
      Claim claim,
      List<JobTask> tasks,
      Optional<BlogPost> article,
      Optional<TaskRun.Revised> revised,
      boolean logIsEmpty,
      long lastSeq) {
    /** Whether the worker before us was lost, and did not give the job back. */
    boolean takenOver() {
      return claim instanceof Taken taken && taken.takenOver();
    }
  }

  /** Runs the job, if it is there to be run. */
  Next run(JobId id) {
    Found found =
        context.commits().inTurn(() -> transactions.inTransaction(stores -> claim(stores, id)));
    return switch (found.claim) {
      case Claim.Over() -> new Next.Done();
      case Claim.Busy(Duration lookAgainIn) -> new Next.Again(lookAgainIn);
      case Taken taken -> run(taken.job(), found);
    };
  }

  private Found claim(Stores stores, JobId id) {
    Claim claim = stores.jobs().claim(id, worker, settings.deadAfter());
    if (!(claim instanceof Taken taken)) {
      return new Found(claim, List.of(), Optional.empty(), Optional.empty(), true, 0);
    }
    List<JobTask> tasks = stores.jobs().tasks(id);
    long lastSeq = stores.events().lastSeq(id);
    boolean logIsEmpty = lastSeq == 0;
    if (taken.takenOver()) {
      lastSeq = setNumbersAside(stores, taken.job(), tasks, lastSeq);
    }
    Job job = taken.job();
    Optional<BlogPost> article = Optional.empty();
    if (job.brief().formats().contains(Format.BLOG) && job.revision().isEmpty()) {
      article =
          stores.artifacts().find(id, Format.BLOG).map(stored -> (BlogPost) stored.artifact());
    }
    Optional<TaskRun.Revised> revised =
        job.revision().flatMap(revision -> revised(stores, revision));
    return new Found(claim, tasks, article, revised, logIsEmpty, lastSeq);
  }

  private static Optional<TaskRun.Revised> revised(Stores stores, Revision revision) {
    return stores
        .artifacts()
        .find(revision.of(), revision.format(), revision.version())
        .map(piece -> new TaskRun.Revised(revision, piece.artifact()));
  }

  /**
   * The worker before us may have shown readers numbers that it could not store any more. They must
   * not mean something else now: one snapshot covers them all, and whoever has seen some of them
   * gets it and is right again.
   */
  private long setNumbersAside(Stores stores, Job job, List<JobTask> tasks, long lastSeq) {
    Snapshot snapshot = snapshot(tasks);
    long last = lastSeq + SET_ASIDE;
    LogEntry entry = new LogEntry.Milestone(lastSeq + 1, last, context.now(), snapshot);
    if (!stores
        .events()
        .append(List.of(new Batch(job.id(), job.attempt(), List.of(entry))))
        .isEmpty()) {
      throw new IllegalStateException("the claim of job " + job.id() + " does not hold");
    }
    return last;
  }

  /** What all tasks have written, as far as it counts: what was under way begins anew. */
  static Snapshot snapshot(List<JobTask> tasks) {
    List<Snapshot.TaskText> texts = new ArrayList<>();
    for (JobTask task : tasks) {
      boolean counts = task.state() != TaskState.RUNNING && task.state() != TaskState.WAITING;
      if (counts) {
        texts.add(new Snapshot.TaskText(task.task(), task.state(), task.output().orElse("")));
      }
    }
    return new Snapshot(texts);
  }

  private Next run(Job job, Found found) {
    StopSignal stop = new StopSignal();
    JobLog log = new JobLog(job.id(), job.attempt(), found.lastSeq, context.clock());
    logs.add(log);
    runningJobs.add(job, stop);
    ScheduledFuture<?> deadline =
        timer.schedule(
            () -> stop.stop(Reason.DEADLINE), left(job).toMillis(), TimeUnit.MILLISECONDS);
    try {
      JobRun run =
          new JobRun(
              new JobRun.Attempt(job, found.tasks, found.article, found.revised),
              log,
              context,
              stop);
      if (found.logIsEmpty) {
        context.wrote(
            log, log.append(new JobStarted(job.engine(), List.copyOf(job.crew().tasks()))));
      }
      run(job, found, log, run, stop);
      return run.givenBack() ? new Next.Again(Duration.ZERO) : new Next.Done();
    } catch (Commits.Abandoned e) {
      LOG.log(Level.WARNING, "Left job {0} alone: {1}", job.id(), e.getMessage());
      return new Next.Again(settings.deadAfter());
    } finally {
      deadline.cancel(false);
      logs.close(log);
      runningJobs.remove(job.id(), stop);
    }
  }

  private void run(Job job, Found found, JobLog log, JobRun run, StopSignal stop)
      throws Commits.Abandoned {
    boolean takenOver = found.takenOver();
    if (takenOver) {
      LOG.log(
          Level.INFO,
          "Goes on with job {0}, whose worker gave no sign of life; attempt {1}",
          job.id(),
          job.attempt());
    }
    context.observer().jobStarted(job, Duration.between(job.createdAt(), context.now()));
    if (takenOver && job.attempt() > settings.attempts()) {
      run.finish(Optional.of(workerLost()));
      return;
    }
    if (isWithoutPiece(job, found)) {
      run.finish(Optional.of(NO_PIECE));
      return;
    }
    Optional<TextGenerator> generator = engines.find(job.engine().name());
    if (generator.isEmpty()) {
      String message =
          "The engine "
              + job.engine().name()
              + ", which this job was begun with, is not configured any more.";
      run.finish(Optional.of(new Failure(Failure.Code.LLM_UNAVAILABLE, message)));
      return;
    }
    if (job.engine().demo() || job.revision().isPresent()) { // a revision is like no other
      run.run(generator.get());
    } else {
      runCached(job, log, run, stop, generator.get());
    }
  }

  /** Whether it is to revise what is not there, or not any more. */
  private static boolean isWithoutPiece(Job job, Found found) {
    return job.revision().isPresent()
        && found.revised.isEmpty()
        && job.results().values().stream().anyMatch(FormatResult.Open.class::isInstance);
  }

  // ---- equal briefs are written once

  private void runCached(Job job, JobLog log, JobRun run, StopSignal stop, TextGenerator generator)
      throws Commits.Abandoned {
    ContentCache.Key key = CacheKeys.of(job);
    try (Lead lead = new Lead(cache, key, job.id(), timer, settings.deadAfter())) {
      // what was begun is finished: some of its pieces may be out already
      Optional<List<Piece>> pieces =
          job.attempt() == 1 ? findOrLead(job, key, log, lead, stop) : Optional.empty();
      boolean hit = pieces.isPresent() && !pieces.get().isEmpty();
      context.observer().cacheLookedUp(hit);
      if (hit && stop.reason().isEmpty()) {
        run.takeCached(pieces.orElseThrow());
      } else {
        boolean leads = lead.take();
        List<Piece> written = run.run(generator);
        if (leads || !written.isEmpty()) {
          cache.put(key, written); // an empty list says that waiting for it was in vain
        }
      }
    }
  }

  /** Waits until the pieces are there, or nobody writes them and the job leads. */
  private Optional<List<Piece>> findOrLead(
      Job job, ContentCache.Key key, JobLog log, Lead lead, StopSignal stop) {
    Optional<List<Piece>> pieces = cache.find(key);
    boolean waits = false;
    while (pieces.isEmpty() && !lead.take() && stop.reason().isEmpty()) {
      if (!waits) {
        waits = true;
        Queued behind = new Queued(Task.RESEARCH, 1);
        context.wrote(
            log, log.append(new Progress(0, job.crew().tasks().size(), Optional.of(behind))));
      }
      sleep(LOOK_IN_CACHE, stop);
      pieces = cache.find(key);
    }
    return pieces;
  }

  private static void sleep(Duration time, StopSignal stop) {
    try {
      stop.interruptibly(
          () -> {
            Thread.sleep(time);
            return true;
          });
    } catch (Stopped e) {
      // whoever waits looks at the signal next
    } catch (Exception e) {
      throw new IllegalStateException("sleep threw what it may not throw", e);
    }
  }

  private Duration left(Job job) {
    Instant start = job.startedAt().orElseGet(context::now);
    Duration left = Duration.between(context.now(), start.plus(settings.jobTimeout()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Failure workerLost() {
    return new Failure(
        Failure.Code.WORKER_LOST,
        "The job was begun "
            + settings.attempts()
            + " times, and each time the instance that worked on it was lost. Please submit it"
            + " again.");
  }
}
