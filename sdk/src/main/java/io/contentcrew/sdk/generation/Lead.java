package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.ContentCache;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lead of a job over those with equal briefs. It is kept by short leases, so that they do not
 * wait for long for an instance that died. For the thread of the job.
 */
final class Lead implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");

  private final ContentCache cache;
  private final ContentCache.Key key;
  private final JobId id;
  private final ScheduledExecutorService timer;
  private final Duration lease;
  private final ReentrantLock keeping = new ReentrantLock();
  private @Nullable ScheduledFuture<?> renewal;
  private boolean over;

  /** No lead yet; where an instance dies that has it, it is free after two of {@code deadAfter}. */
  Lead(
      ContentCache cache,
      ContentCache.Key key,
      JobId id,
      ScheduledExecutorService timer,
      Duration deadAfter) {
    this.cache = cache;
    this.key = key;
    this.id = id;
    this.timer = timer;
    this.lease = deadAfter.multipliedBy(2);
  }

  /** Takes it if it is free; returns whether the job leads. */
  boolean take() {
    if (renewal != null) {
      return true;
    }
    if (!cache.lead(key, id, lease)) {
      return false;
    }
    long period = lease.toMillis() / 4;
    renewal =
        timer.scheduleWithFixedDelay(
            () -> Thread.ofVirtual().start(this::renew), period, period, TimeUnit.MILLISECONDS);
    return true;
  }

  private void renew() {
    keeping.lock();
    try {
      if (!over && !cache.lead(key, id, lease)) {
        LOG.log(Level.DEBUG, "Job {0} leads no more; its brief may be written twice", id);
      }
    } finally {
      keeping.unlock();
    }
  }

  /** After a renewal that is under way: it would take the lead again. */
  @Override
  public void close() {
    if (renewal != null) {
      renewal.cancel(false);
      keeping.lock();
      try {
        over = true;
        cache.release(key, id);
      } finally {
        keeping.unlock();
      }
    }
  }
}
