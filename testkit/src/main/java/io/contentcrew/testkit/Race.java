package io.contentcrew.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Lets threads do something at the same time, to see who wins. */
public final class Race {
  private static final long LONGEST_SECONDS = 120;

  private Race() {}

  /**
   * Runs {@code runner} once on each of {@code threads} threads, which all begin together.
   *
   * @param runner given the number of its thread, from 0
   * @return what the runners returned, in the order of their numbers
   * @throws AssertionError if a runner threw, or takes longer than two minutes
   */
  public static <T> List<T> of(int threads, IntFunction<T> runner) {
    List<Callable<T>> runners = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      runners.add(() -> runner.apply(number));
    }
    return between(runners);
  }

  /**
   * Runs each of {@code runners} on a thread of its own; all begin together.
   *
   * @return what they returned, in their order
   * @throws AssertionError if one threw, or takes longer than two minutes
   */
  public static <T> List<T> between(List<? extends Callable<T>> runners) {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(runners.size());
    try {
      List<Future<T>> results = new ArrayList<>();
      for (Callable<T> runner : runners) {
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  return runner.call();
                }));
      }
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> result : results) {
        answers.add(result.get(LONGEST_SECONDS, TimeUnit.SECONDS));
      }
      return answers;
    } catch (ExecutionException e) {
      throw new AssertionError("a runner failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a runner did not come in within two minutes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the race was on", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Makes the moment longer in which others could come between. */
  static void letOthersIn() {
    LockSupport.parkNanos(100_000);
  }

  /**
   * Lets one thread do something while another is in the middle of its work: not by luck, as those
   * of a race do. One that a lock keeps out gets in after the other is done.
   */
  static final class Intrusion {
    /** Long enough for what nothing keeps out, on a loaded machine too; waited for by locks. */
    private static final long LONGEST_MILLIS = 500;

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /** Called in the middle; returns once the intruder is done, or is kept out. */
    void letIn() {
      open.countDown();
      try {
        done.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while another was let in", e);
      }
    }

    /** Waits for the middle of the other's work, and then does {@code work}. */
    <T> T intrude(Callable<T> work) throws Exception {
      open.await();
      try {
        return work.call();
      } finally {
        done.countDown();
      }
    }
  }
}
