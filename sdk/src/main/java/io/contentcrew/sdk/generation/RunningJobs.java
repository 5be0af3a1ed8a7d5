package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.Jobs.Pulse;
import io.contentcrew.sdk.generation.StopSignal.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The jobs that run in this process, to be stopped. Safe for use by many threads. */
final class RunningJobs {
  private static final int MOST_EARLY = 1_000;

  private final ConcurrentHashMap<JobId, Running> jobs = new ConcurrentHashMap<>();

  /** Cancelled lately and not found here; most of them run elsewhere. */
  private final ConcurrentHashMap<JobId, Boolean> early = new ConcurrentHashMap<>();

  private record Running(int attempt, StopSignal stop) {}

  /** Adds a job, and stops it at once if it was cancelled just before it came here. */
  void add(Job job, StopSignal stop) {
    jobs.put(job.id(), new Running(job.attempt(), stop));
    if (early.remove(job.id()) != null || job.cancelRequested()) {
      stop.stop(Reason.CANCELLED);
    }
  }

  void remove(JobId id, StopSignal stop) {
    jobs.computeIfPresent(id, (any, running) -> running.stop == stop ? null : running);
  }

  int count() {
    return jobs.size();
  }

  /** Stops the job, if it runs here or comes here soon. */
  void cancel(JobId id) {
    if (early.size() >= MOST_EARLY) {
      early.clear(); // whoever comes now learns of it by the next sign of life
    }
    early.put(id, true); // before the look: else the job could come in between
    Running running = jobs.get(id);
    if (running != null) {
      early.remove(id);
      running.stop.stop(Reason.CANCELLED);
    }
  }

  /** Stops the job, if it runs here in that attempt. */
  void stop(JobId id, int attempt, Reason reason) {
    Running running = jobs.get(id);
    if (running != null && running.attempt == attempt) {
      running.stop.stop(reason);
    }
  }

  void stopAll(Reason reason) {
    jobs.values().forEach(running -> running.stop.stop(reason));
  }

  /** Which attempt of each job runs here now. */
  Map<JobId, Integer> attempts() {
    return jobs.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().attempt));
  }

  /**
   * Stops what was cancelled elsewhere, and what has been taken from this process.
   *
   * @param before what ran here before the store was asked
   * @param pulses what runs here, as the store knows it
   */
  void follow(Map<JobId, Integer> before, Iterable<Pulse> pulses) {
    Map<JobId, Pulse> known =
        java.util.stream.StreamSupport.stream(pulses.spliterator(), false)
            .collect(Collectors.toMap(Pulse::id, Function.identity()));
    before.forEach(
        (id, attempt) -> {
          Pulse pulse = known.get(id);
          if (pulse == null || pulse.attempt() != attempt) {
            stop(id, attempt, Reason.LOST);
          } else if (pulse.cancelRequested()) {
            stop(id, attempt, Reason.CANCELLED);
          }
        });
  }
}
