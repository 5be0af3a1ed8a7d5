package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.Ended;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.LogEntry.Milestone;
import io.contentcrew.ports.generation.LogEntry.TextRun;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Shows the log of a job to its owner, from any point on, while it grows. Watching reads and
 * nothing else: nobody who watches can disturb who runs. Safe for use by many threads.
 */
public final class WatchGeneration {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final int BATCH = 256;
  private static final long LOOK_AT_STATUS_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Transactions transactions;
  private final JobLogs logs;
  private final StoredLogs storedLogs;
  private final Bells bells;
  private final Signals signals;
  private final long pollNanos;
  private volatile boolean closed;

  WatchGeneration(
      Transactions transactions, JobLogs logs, Bells bells, Signals signals, Duration poll) {
    this.transactions = transactions;
    this.logs = logs;
    this.storedLogs = new StoredLogs(transactions);
    this.bells = bells;
    this.signals = signals;
    this.pollNanos = poll.toNanos();
  }

  /** Takes what a log has to tell. Whatever a method throws ends the watching and is thrown on. */
  @FunctionalInterface
  public interface Watcher {
    /** The next event. */
    void event(LoggedEvent event);

    /** There is no further event for now: time to flush. */
    default void caughtUp() {}

    /** There has been no event for the agreed time. */
    default void idle() {}
  }

  /** How watching ended. */
  public enum Outcome {
    /** The job is over, and its last event was shown, now or before. */
    ENDED,
    /** The crew is closing: watch again, elsewhere or later, after the last event one has. */
    INTERRUPTED,
    /** The user has no such job. */
    NOT_FOUND
  }

  /**
   * The job, if {@code owner} has it, and whether there is anything to be shown after {@code
   * after}, now or later.
   */
  public Optional<Opened> open(JobId id, UserId owner, long after) {
    return transactions.read(
        stores ->
            stores
                .jobs()
                .find(id, owner)
                .map(
                    job ->
                        new Opened(
                            job, !job.status().isFinal() || stores.events().lastSeq(id) > after)));
  }

  /** A job to be watched. */
  public record Opened(Job job, boolean hasMore) {}

  /**
   * Shows all events after number {@code after}, in order, and returns when the job's last event
   * was shown. Blocks. While the store cannot be read it waits, and calls {@link Watcher#idle()} in
   * its time.
   *
   * @param after 0 for all of them
   * @param idleEvery how long nothing must happen for {@link Watcher#idle()} to be called
   * @throws InterruptedException if the thread was interrupted
   */
  public Outcome watch(JobId id, UserId owner, long after, Duration idleEvery, Watcher watcher)
      throws InterruptedException {
    Optional<Opened> opened = open(id, owner, after);
    if (opened.isEmpty()) {
      return Outcome.NOT_FOUND;
    }
    return watch(opened.get(), after, idleEvery, watcher);
  }

  /** Does the same for a job that was {@linkplain #open opened} a moment ago. */
  public Outcome watch(Opened opened, long after, Duration idleEvery, Watcher watcher)
      throws InterruptedException {
    return new Reader(opened.job, Math.max(0, after), idleEvery.toNanos(), watcher).read();
  }

  /** Ends all watching. */
  void close() {
    closed = true;
    bells.ringAll();
  }

  /** One reader's way through a log. */
  private final class Reader {
    private final Job job;
    private final long idleNanos;
    private final Watcher watcher;
    private final List<LoggedEvent> batch = new ArrayList<>();
    private long seen;
    private long lastShown = System.nanoTime();
    private long lastStatus = lastShown;
    private boolean flushed; // false at first: a reader may have a greeting to send
    private boolean storeIsAway;

    Reader(Job job, long after, long idleNanos, Watcher watcher) {
      this.job = job;
      this.seen = after;
      this.idleNanos = idleNanos;
      this.watcher = watcher;
    }

    Outcome read() throws InterruptedException {
      try (Bells.Bell bell = bells.of(job.id())) {
        while (!closed) {
          long heard = bell.rings();
          Optional<JobLog> live = logs.find(job.id()).filter(log -> seen >= log.base());
          boolean ended = live.isPresent() ? readLive(live.get()) : readStored(bell, heard);
          if (ended) {
            caughtUp();
            return Outcome.ENDED;
          }
        }
      }
      caughtUp();
      return Outcome.INTERRUPTED;
    }

    private boolean readLive(JobLog log) throws InterruptedException {
      while (!closed) {
        batch.clear();
        boolean ended = log.read(seen, BATCH, batch);
        show();
        if (ended) {
          return true;
        }
        if (batch.isEmpty()) {
          caughtUp();
          if (!log.await(seen, quietFor()) && log.isClosed()) {
            return false; // given back, or lost: the store knows how it goes on
          }
          idle();
        }
      }
      return false;
    }

    /** Reads on from the store, or waits for the next ring or look; returns whether it is over. */
    private boolean readStored(Bells.Bell bell, long heard) throws InterruptedException {
      try {
        boolean ended = readEntries();
        if (storeIsAway) {
          storeIsAway = false;
          LOG.log(Level.INFO, "The stream of job {0} goes on", job.id());
        }
        if (ended || !batch.isEmpty()) {
          return ended;
        }
        caughtUp();
        bell.await(heard, Math.min(signals.hears() ? pollNanos : pollNanos / 4, quietFor()));
        idle();
        return isOver();
      } catch (PortUnavailableException e) {
        if (!storeIsAway) {
          storeIsAway = true;
          LOG.log(
              Level.WARNING, "The stream of job {0} stands still: {1}", job.id(), e.getMessage());
        }
        caughtUp();
        bell.await(heard, Math.min(pollNanos, quietFor()));
        idle();
        return false;
      }
    }

    private boolean readEntries() throws InterruptedException {
      List<LogEntry> entries = storedLogs.readAfter(job.id(), seen);
      batch.clear();
      int foldedAt = lastGap(entries);
      for (int i = 0; i < entries.size(); i++) {
        if (i == foldedAt) {
          folded(entries.get(i));
        }
        unfold(entries.get(i));
      }
      boolean ended = !batch.isEmpty() && batch.getLast().event() instanceof Ended;
      show();
      return ended;
    }

    /** Where numbers are missing for the last time: text that was folded away. -1 if none are. */
    private int lastGap(List<LogEntry> entries) {
      int gap = -1;
      long before = seen;
      for (int i = 0; i < entries.size(); i++) {
        if (entries.get(i).first() > before + 1) {
          gap = i;
        }
        before = entries.get(i).last();
      }
      return gap;
    }

    /** Text that was folded away is shown as a whole, except where an artifact holds it. */
    private void folded(LogEntry next) {
      record State(List<JobTask> tasks, Optional<Job> job) {}
      State state =
          transactions.read(
              stores -> new State(stores.jobs().tasks(job.id()), stores.jobs().find(job.id())));
      List<JobTask> untold =
          state.tasks.stream()
              .filter(
                  task ->
                      task.task()
                          .yields()
                          .flatMap(
                              format -> state.job.map(Job::results).map(all -> all.get(format)))
                          .filter(FormatResult.Ready.class::isInstance)
                          .isEmpty())
              .toList();
      batch.add(new LoggedEvent(next.first() - 1, next.at(), RunGeneration.snapshot(untold)));
    }

    private void unfold(LogEntry entry) {
      switch (entry) {
        case Milestone milestone ->
            batch.add(new LoggedEvent(milestone.last(), milestone.at(), milestone.event()));
        case TextRun run -> pieces(run);
      }
    }

    /** The pieces of a run that were not seen yet, each with its number. */
    private void pieces(TextRun run) {
      int from = 0;
      int fromPoint = 0;
      for (int k = 0; k < run.ends().size(); k++) {
        int toPoint = run.ends().get(k);
        int to = run.text().offsetByCodePoints(from, toPoint - fromPoint);
        if (run.first() + k > seen) {
          JobEvent delta =
              new TextDelta(run.task(), run.offset() + fromPoint, run.text().substring(from, to));
          batch.add(new LoggedEvent(run.first() + k, run.at(), delta));
        }
        from = to;
        fromPoint = toPoint;
      }
    }

    private void show() {
      for (LoggedEvent event : batch) {
        watcher.event(event);
        seen = event.seq();
        flushed = false;
      }
      if (!batch.isEmpty()) {
        lastShown = System.nanoTime();
      }
    }

    private void caughtUp() {
      if (!flushed) {
        watcher.caughtUp();
        flushed = true;
      }
    }

    private long quietFor() {
      return Math.max(1, idleNanos - (System.nanoTime() - lastShown));
    }

    private void idle() {
      if (System.nanoTime() - lastShown >= idleNanos) {
        watcher.idle();
        lastShown = System.nanoTime();
      }
    }

    /**
     * Looks now and then whether the job has ended without our seeing it: who asks for numbers
     * beyond the last one never would.
     */
    private boolean isOver() {
      long now = System.nanoTime();
      if (now - lastStatus < LOOK_AT_STATUS_NANOS && !job.status().isFinal()) {
        return false;
      }
      lastStatus = now;
      return transactions.read(
          stores ->
              stores.jobs().find(job.id()).map(found -> found.status().isFinal()).orElse(true)
                  && stores.events().readAfter(job.id(), seen, 1).isEmpty());
    }
  }
}
