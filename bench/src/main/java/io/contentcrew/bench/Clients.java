package io.contentcrew.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Does something again and again on so many threads, and counts. */
final class Clients {
  private Clients() {}

  /** What one thread does. */
  interface Client extends AutoCloseable {
    void once();

    @Override
    default void close() {}
  }

  /** How often a second all of them did it, in that time. */
  static double rate(int threads, Duration time, Supplier<Client> clients)
      throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(threads);
    List<Future<Long>> counts = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      long[] times = new long[2];
      CountDownLatch go = new CountDownLatch(1);
      for (int i = 0; i < threads; i++) {
        counts.add(
            executor.submit(
                () -> {
                  try (Client client = clients.get()) {
                    ready.countDown();
                    go.await();
                    long count = 0;
                    while (System.nanoTime() - times[1] < 0) {
                      client.once();
                      count++;
                    }
                    return count;
                  } finally {
                    ready.countDown();
                  }
                }));
      }
      ready.await();
      times[0] = System.nanoTime();
      times[1] = times[0] + time.toNanos();
      go.countDown();
      long all = 0;
      for (Future<Long> count : counts) {
        all += count.get();
      }
      return all / ((System.nanoTime() - times[0]) / 1e9);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client broke", e.getCause());
    }
  }
}
