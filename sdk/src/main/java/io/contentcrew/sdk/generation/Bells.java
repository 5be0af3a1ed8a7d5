package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where readers wait for news of jobs that run elsewhere. A reader takes a job's bell, notes how
 * often it has rung, looks, and waits for the next ring: so none is missed that came while it
 * looked. Safe for use by many threads.
 */
final class Bells {
  private final Map<JobId, Bell> bells = new ConcurrentHashMap<>();

  /** One job's bell; to be closed. */
  final class Bell implements AutoCloseable {
    private final JobId id;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;
    private int holders; // guarded by the map's lock of this id

    private Bell(JobId id) {
      this.id = id;
    }

    /** How often it has rung. */
    long rings() {
      lock.lock();
      try {
        return rings;
      } finally {
        lock.unlock();
      }
    }

    /** Waits until it has rung more than {@code heard} times, or the time is over. */
    void await(long heard, long nanos) throws InterruptedException {
      lock.lock();
      try {
        long left = nanos;
        while (rings == heard && left > 0) {
          left = rung.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }

    private void ring() {
      lock.lock();
      try {
        rings++;
        rung.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Lets go of it. */
    @Override
    public void close() {
      bells.computeIfPresent(id, (same, bell) -> --bell.holders == 0 ? null : bell);
    }
  }

  /** The bell of a job, which all of its readers share. */
  Bell of(JobId id) {
    return bells.compute(
        id,
        (same, present) -> {
          Bell bell = present == null ? new Bell(id) : present;
          bell.holders++;
          return bell;
        });
  }

  /** Wakes the readers of a job, if it has any. */
  void ring(JobId id) {
    Bell bell = bells.get(id);
    if (bell != null) {
      bell.ring();
    }
  }

  /** Wakes all readers. */
  void ringAll() {
    bells.values().forEach(Bell::ring);
  }
}
