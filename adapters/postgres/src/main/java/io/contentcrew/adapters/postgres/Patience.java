package io.contentcrew.adapters.postgres;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits so long and no longer for what may hang in a socket. */
final class Patience {
  private Patience() {}

  /**
   * Does {@code work} on a thread of its own.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if it throws or takes longer; what it
   *     waits for has bounds of its own
   */
  static void within(Duration longest, String failure, Runnable work) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("contentcrew-postgres-patience")
        .start(
            () -> {
              try {
                work.run();
                done.complete(true);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    try {
      done.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Failures.unavailable(failure + ": no answer within " + longest, e);
    } catch (ExecutionException e) {
      throw Failures.unavailable(failure, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.unavailable(failure + ": interrupted while waiting", e);
    }
  }
}
