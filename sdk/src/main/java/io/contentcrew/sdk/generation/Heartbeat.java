package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Jobs.Pulse;
import io.contentcrew.ports.generation.WorkerId;
import io.contentcrew.sdk.generation.StopSignal.Reason;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the store that this process lives, and learns from it which jobs it has lost or shall
 * cancel. When the store has not been reached for so long that another process may soon take the
 * jobs over, their work stops here first.
 */
final class Heartbeat implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");

  private static final Duration DEAF_PERIOD = Duration.ofMillis(800);

  private final Transactions transactions;
  private final RunningJobs jobs;
  private final WorkerId worker;
  private final Duration deadAfter;
  private final long giveUpNanos;
  private final Signals signals;
  private final long periodNanos;
  private long lastBeat = System.nanoTime();

  Heartbeat(
      Transactions transactions,
      RunningJobs jobs,
      WorkerId worker,
      Signals signals,
      GenerationSettings settings) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.worker = worker;
    this.signals = signals;
    this.deadAfter = settings.deadAfter();
    Duration giveUp = deadAfter.minus(settings.heartbeat());
    this.giveUpNanos = giveUp.toNanos();
    this.periodNanos = settings.heartbeat().toNanos();
  }

  /** While the process lives nobody need look after its jobs: their entries in the queue wait. */
  private List<Pulse> beat(Stores stores, Set<JobId> ids) {
    List<Pulse> pulses = stores.jobs().heartbeat(worker, ids);
    stores.queue().postpone(pulses.stream().map(Pulse::id).toList(), deadAfter);
    return pulses;
  }

  /**
   * One beat, if it is time for one; called again and again, never by two threads at a time, and
   * more often than it beats: one that failed is tried again soon.
   */
  @Override
  public void run() {
    // a wish to cancel must not wait long for us where no signal brings it
    long period = signals.hears() ? periodNanos : Math.min(periodNanos, DEAF_PERIOD.toNanos());
    if (System.nanoTime() - lastBeat < period) {
      return;
    }
    Map<JobId, Integer> before = jobs.attempts();
    if (before.isEmpty()) {
      lastBeat = System.nanoTime();
      return;
    }
    try {
      List<Pulse> pulses = transactions.inTransaction(stores -> beat(stores, before.keySet()));
      lastBeat = System.nanoTime();
      jobs.follow(before, pulses);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Cannot give a sign of life: {0}", e.getMessage());
      if (System.nanoTime() - lastBeat > giveUpNanos) {
        jobs.stopAll(Reason.LOST);
      }
    } catch (RuntimeException e) { // a periodic task that throws is never called again
      LOG.log(Level.ERROR, "Cannot give a sign of life", e);
    }
  }
}
