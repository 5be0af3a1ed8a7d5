package io.contentcrew.testkit;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** First come, first served, once, and never mind the rest; chores whenever there is time. */
final class NaiveQueue implements JobQueue, JobDispatcher {
  private final BlockingQueue<JobId> waiting = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public void add(JobId id, Duration handicap, Duration delay) {
    waiting.add(id);
  }

  @Override
  public void postpone(Collection<JobId> ids, Duration delay) {
    // they come when they come
  }

  @Override
  public void remove(JobId id) {
    waiting.remove(id);
  }

  @Override
  public void repeat(String name, Duration period, Chore chore) {
    threads.execute(
        () -> {
          while (!Thread.interrupted()) {
            var unused = threads.submit(chore::run);
            Gap.between();
          }
        });
  }

  @Override
  public void start(int concurrency, Handler handler) {
    for (int i = 0; i < concurrency; i++) {
      threads.execute(
          () -> {
            try {
              while (true) {
                handler.handle(waiting.take());
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  @Override
  public void wake() {
    // is always awake
  }

  @Override
  public void pause() {
    // it knows no rest
  }

  @Override
  public void stop(Duration grace) {
    threads.shutdownNow();
  }
}
