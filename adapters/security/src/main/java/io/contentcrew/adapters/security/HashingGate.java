package io.contentcrew.adapters.security;

import io.contentcrew.ports.PortUnavailableException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few hashes be made at a time and some wait; turns away the rest, so that sign-ins cannot
 * take all processors from everything else.
 *
 * <p>The work is done on platform threads. A virtual thread that computes for a third of a second
 * keeps its carrier for as long, and two of them would silence every stream on a machine with two
 * processors; platform threads share a processor.
 */
final class HashingGate implements AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final ThreadPoolExecutor threads;

  /**
   * A gate for {@code permits} hashes at a time and {@code waiting} more that wait, each from 1.
   */
  HashingGate(int permits, int waiting) {
    threads =
        new ThreadPoolExecutor(
            permits,
            permits,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** What {@code work} yields, when its turn has come. */
  <T> T run(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      if (threads.isShutdown()) {
        throw new IllegalStateException("the security adapter is closed", e);
      }
      throw new PortUnavailableException(
          "too many passwords wait to be checked already", e, RETRY_AFTER);
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      task.cancel(false);
      threads.remove(task); // or it would keep its place from somebody who still waits
      Thread.currentThread().interrupt();
      throw new PortUnavailableException("interrupted while a password waited to be checked", e);
    }
  }

  /** How many wait now. */
  int waiting() {
    return threads.getQueue().size();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
