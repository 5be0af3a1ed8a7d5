package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.Jobs.TaskStart;
import io.contentcrew.sdk.generation.JobLog.Unstored;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores what the logs of all running jobs have grown by, together: one transaction for hundreds of
 * jobs, at most every {@code minPause}, less often the more jobs there are. So the store sees the
 * same few writes a second whatever the number of jobs.
 */
final class LogFlusher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final int JOBS_AT_ONCE = 500;
  private static final long LOOK_UP_MILLIS = 200;
  private static final long WHILE_AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Transactions transactions;
  private final CrewObserver observer;
  private final Signals signals;
  private final BiConsumer<JobId, Integer> lost;
  private final long minPauseNanos;
  private final long maxPauseNanos;
  private final LinkedBlockingQueue<JobLog> dirty = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closing;
  private boolean storeIsAway; // for the flusher's thread, and for who closes when that has ended

  /**
   * A flusher that runs until it is closed.
   *
   * @param lost is told of jobs, with the attempt, that are not this process's any more
   */
  LogFlusher(
      Transactions transactions,
      CrewObserver observer,
      Signals signals,
      Duration minPause,
      Duration maxPause,
      BiConsumer<JobId, Integer> lost) {
    this.transactions = transactions;
    this.observer = observer;
    this.signals = signals;
    this.lost = lost;
    this.minPauseNanos = minPause.toNanos();
    this.maxPauseNanos = maxPause.toNanos();
    this.thread = Thread.ofVirtual().name("log-flusher").unstarted(this::run);
    thread.start();
  }

  /** Notes that the log has something to store. */
  void dirty(JobLog log) {
    dirty.add(log);
  }

  /** Stores what is there and stops. */
  @Override
  public void close() {
    closing = true; // no interrupt: it could tear a connection to the store
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flush();
  }

  private void run() {
    try {
      while (!closing) {
        JobLog first = dirty.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          dirty.add(first);
          long begun = System.nanoTime();
          int jobs = flush();
          // several times what the flush cost: storing must never become the main thing this
          // process does
          long cost = 8 * (System.nanoTime() - begun);
          long least = storeIsAway ? WHILE_AWAY_NANOS : minPauseNanos;
          TimeUnit.NANOSECONDS.sleep(
              Math.clamp(Math.max(cost, jobs * 250_000L), least, Math.max(least, maxPauseNanos)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does, and nothing is lost: close() flushes
    }
  }

  /** Stores all that is dirty now; returns how many jobs that were. */
  private int flush() {
    LinkedHashSet<JobLog> distinct = new LinkedHashSet<>(); // one may have become dirty twice
    dirty.drainTo(distinct);
    List<JobLog> logs = List.copyOf(distinct);
    for (int from = 0; from < logs.size(); from += JOBS_AT_ONCE) {
      flush(logs.subList(from, Math.min(logs.size(), from + JOBS_AT_ONCE)));
    }
    return logs.size();
  }

  private void flush(List<JobLog> logs) {
    Map<JobLog, Unstored> begun = new LinkedHashMap<>();
    List<JobLog> busy = new ArrayList<>();
    for (JobLog log : logs) {
      Unstored unstored = log.tryBeginFlush();
      if (unstored == null) {
        // it is being committed, and with it what is dirty; what comes after is for the next time
        busy.add(log);
      } else {
        begun.put(log, unstored);
      }
    }
    List<Batch> batches =
        begun.values().stream()
            .map(Unstored::batch)
            .filter(batch -> !batch.entries().isEmpty())
            .toList();
    List<TaskStart> starts =
        begun.values().stream().flatMap(unstored -> unstored.starts().stream()).toList();
    Set<JobId> left = store(batches, starts);
    begun.forEach(
        (log, unstored) -> {
          log.endFlush(unstored, left != null);
          if (left == null) {
            dirty.add(log);
          } else if (left.contains(log.id())) {
            lost.accept(log.id(), log.attempt());
          }
        });
    dirty.addAll(busy);
  }

  /** Returns the jobs that are not ours any more; null if nothing could be stored. */
  private @Nullable Set<JobId> store(List<Batch> batches, List<TaskStart> starts) {
    if (batches.isEmpty() && starts.isEmpty()) {
      return Set.of();
    }
    long begun = System.nanoTime();
    try {
      Set<JobId> left =
          transactions.inRelaxedTransaction(
              stores -> {
                if (!starts.isEmpty()) {
                  stores.jobs().startTasks(starts);
                }
                return stores.events().append(batches);
              });
      int entries = batches.stream().mapToInt(batch -> batch.entries().size()).sum();
      signals.grown(batches.stream().map(Batch::id).toList());
      observer.eventsFlushed(batches.size(), entries, Duration.ofNanos(System.nanoTime() - begun));
      if (storeIsAway) {
        storeIsAway = false;
        LOG.log(Level.INFO, "What jobs write is stored again");
      }
      return left;
    } catch (PortException e) {
      LOG.log(
          storeIsAway ? Level.DEBUG : Level.WARNING,
          "Cannot store what jobs have written; trying again: {0}",
          e.getMessage());
      storeIsAway = true;
      return null;
    } catch (RuntimeException e) { // a bug must not end the flusher, or every job would stand still
      LOG.log(Level.ERROR, "Cannot store what jobs have written; trying again", e);
      return null;
    }
  }
}
