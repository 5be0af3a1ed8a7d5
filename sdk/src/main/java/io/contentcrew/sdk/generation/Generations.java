package io.contentcrew.sdk.generation;

import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.WorkerId;
import io.contentcrew.sdk.Ids;
import io.contentcrew.sdk.tier.Entitlements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything that works on jobs in this process: joins the use cases of generation, runs their
 * threads, and stops them in the right order. Safe for use by many threads.
 */
public final class Generations implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Storage storage;
  private final LogFlusher flusher;
  private final Signals signals;
  private final Commits commits;
  private final Workers workers;
  private final ScheduledThreadPoolExecutor timer;
  private final SubmitGeneration submitGeneration;
  private final RetryGeneration retryGeneration;
  private final ReviseArtifact reviseArtifact;
  private final EditArtifact editArtifact;
  private final RenameJob renameJob;
  private final WatchGeneration watchGeneration;
  private final CancelGeneration cancelGeneration;
  private final ShowUsage showUsage;
  private final ReadJobs readJobs;
  private final DeleteJob deleteJob;
  private final RunningJobs running;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Joins the parts and starts the work.
   *
   * @param isIdle whether to take up no jobs and do no chores
   */
  public Generations(
      Storage storage,
      List<JobSignals> ways,
      TierCatalog catalog,
      Entitlements entitlements,
      Engines engines,
      ContentCache cache,
      CrewObserver observer,
      InstantSource clock,
      GenerationSettings settings,
      boolean isIdle) {
    this.storage = storage;
    Transactions transactions = storage.transactions();
    WorkerId worker = new WorkerId(Ids.secret());
    Bells bells = new Bells();
    JobLogs logs = new JobLogs(bells);
    running = new RunningJobs();
    signals = new Signals(ways, bells::ring, running::cancel);
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("crew-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    flusher =
        new LogFlusher(
            transactions,
            observer,
            signals,
            settings.minFlushPause(),
            settings.maxFlushPause(),
            (id, attempt) -> running.stop(id, attempt, StopSignal.Reason.LOST));
    commits = new Commits(transactions, signals, settings.deadAfter());
    RunContext context =
        new RunContext(
            commits,
            flusher,
            new UserSlots(),
            catalog,
            observer,
            clock,
            settings.jobTimeout(),
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true));
    RunGeneration runGeneration =
        new RunGeneration(
            transactions, engines, cache, context, logs, running, timer, worker, settings);
    workers = new Workers(runGeneration, running, settings.concurrency());
    submitGeneration =
        new SubmitGeneration(
            transactions,
            storage.dispatcher(),
            catalog,
            entitlements,
            engines,
            workers,
            observer,
            clock,
            settings);
    retryGeneration = new RetryGeneration(submitGeneration);
    reviseArtifact = new ReviseArtifact(submitGeneration);
    editArtifact = new EditArtifact(transactions, clock);
    renameJob = new RenameJob(transactions);
    watchGeneration = new WatchGeneration(transactions, logs, bells, signals, settings.watchPoll());
    cancelGeneration = new CancelGeneration(transactions, running, signals, observer, clock);
    showUsage = new ShowUsage(transactions, catalog, clock);
    readJobs = new ReadJobs(transactions);
    deleteJob = new DeleteJob(transactions);
    every(
        settings.heartbeat().dividedBy(5),
        new Heartbeat(transactions, running, worker, signals, settings));
    new Housekeeping(transactions, catalog, clock, settings).register(storage.dispatcher());
    try {
      if (!isIdle) {
        storage.dispatcher().start(settings.concurrency(), workers);
      }
    } catch (RuntimeException e) {
      close(); // the threads must not live on
      throw e;
    }
  }

  /**
   * Calls {@code task} again and again, never twice at a time, on a thread of its own, so that a
   * slow one delays no deadline.
   */
  private void every(Duration period, Runnable task) {
    AtomicBoolean underWay = new AtomicBoolean();
    Runnable once =
        () -> {
          try {
            task.run();
          } finally {
            underWay.set(false);
          }
        };
    var unused = // it ends with the timer
        timer.scheduleWithFixedDelay(
            () -> {
              if (underWay.compareAndSet(false, true)) {
                Thread.ofVirtual().start(once);
              }
            },
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Takes briefs on. */
  public SubmitGeneration submitGeneration() {
    return submitGeneration;
  }

  /** Tries jobs again. */
  public RetryGeneration retryGeneration() {
    return retryGeneration;
  }

  /** Has pieces written anew. */
  public ReviseArtifact reviseArtifact() {
    return reviseArtifact;
  }

  /** Changes pieces. */
  public EditArtifact editArtifact() {
    return editArtifact;
  }

  /** Gives jobs names. */
  public RenameJob renameJob() {
    return renameJob;
  }

  /** Shows jobs while they run. */
  public WatchGeneration watchGeneration() {
    return watchGeneration;
  }

  /** Stops jobs. */
  public CancelGeneration cancelGeneration() {
    return cancelGeneration;
  }

  /** Shows what is left of the quotas. */
  public ShowUsage showUsage() {
    return showUsage;
  }

  /** Shows jobs and pieces. */
  public ReadJobs readJobs() {
    return readJobs;
  }

  /** Deletes jobs. */
  public DeleteJob deleteJob() {
    return deleteJob;
  }

  /** How many jobs run in this process. */
  public int runningJobs() {
    return running.count();
  }

  /** Whether this process would hear of what is new at others. */
  public boolean hearsOthers() {
    return signals.hears();
  }

  /** Takes up no more jobs; those that run go on, and what is submitted waits for others. */
  public void drain() {
    workers.drain();
    storage.dispatcher().pause();
  }

  /**
   * Tells readers to go, gives running jobs back, and stores what there is. The storage stays open.
   * Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    watchGeneration.close();
    commits.hurry();
    workers.close(PATIENCE);
    storage.dispatcher().stop(Duration.ofSeconds(1));
    timer.shutdownNow();
    flusher.close();
    signals.close();
  }
}
