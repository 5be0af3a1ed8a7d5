package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher.Handler;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A handler of queued jobs that writes down its calls, and does as it was told for each job. */
final class Calls implements Handler {
  private static final long LONGEST_SECONDS = 60;

  private final Map<JobId, Handler> scripts = new ConcurrentHashMap<>();
  private final List<JobId> all = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JobId> unread = new LinkedBlockingQueue<>();

  /** Does {@code script} when {@code id} is handled; without one, a job is done at once. */
  void on(JobId id, Handler script) {
    scripts.put(id, script);
  }

  @Override
  public Next handle(JobId id) throws InterruptedException {
    all.add(id);
    unread.add(id);
    return scripts.getOrDefault(id, job -> new Next.Done()).handle(id);
  }

  /** Waits for the next call. */
  JobId next() {
    JobId id = poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    assertThat(id).as("the job handled next").isNotNull();
    return id;
  }

  /** Waits for a call about {@code id}, while others may come. */
  void awaitCallOf(JobId id) {
    JobId called;
    do {
      called = next();
    } while (!called.equals(id));
  }

  /** The next call, if there is one soon. */
  boolean seenSoon(JobId id) {
    return id.equals(poll(200, TimeUnit.MILLISECONDS));
  }

  private JobId poll(long time, TimeUnit unit) {
    try {
      return unread.poll(time, unit);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for a call", e);
    }
  }

  /** All calls so far. */
  List<JobId> all() {
    return List.copyOf(all);
  }
}
