package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one server has said of its models, asked again when that is a few seconds old, and never
 * twice at the same time.
 */
final class Stock {
  /** A request gets so long; three of them fit into the two seconds of a readiness answer. */
  static final Duration PROBE = Duration.ofMillis(600);

  static final Duration FRESH = Duration.ofSeconds(3);

  /**
   * A server that writes with all its processors may be slow to answer a probe; so long after its
   * last answer that is no reason to turn work away.
   */
  static final Duration BUSY = Duration.ofSeconds(30);

  /**
   * What came of asking.
   *
   * @param models empty when the server could not say, and had not said of late either
   * @param problem why not
   */
  record Answer(Instant at, Optional<ModelList> models, String problem) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Endpoint endpoint;
  private final Dialect dialect;
  private final InstantSource clock;
  private @Nullable CompletableFuture<Answer> asking;
  private volatile @Nullable Answer last;
  private volatile @Nullable Answer heard; // the last one that came from the server

  Stock(Endpoint endpoint, Dialect dialect, InstantSource clock) {
    this.endpoint = endpoint;
    this.dialect = dialect;
    this.clock = clock;
  }

  /** What is known, however old; has it asked in the background when it is old. */
  Optional<Answer> known() {
    Answer answer = last;
    if (answer == null || !isFresh(answer)) {
      CompletableFuture<Answer> started = ask();
      answer = started.isDone() ? started.join() : answer;
    }
    return Optional.ofNullable(answer);
  }

  /** A fresh answer, or one that is on its way: then it will be there soon. */
  CompletableFuture<Answer> fresh() {
    Answer answer = last;
    return answer != null && isFresh(answer) ? CompletableFuture.completedFuture(answer) : ask();
  }

  /** Waits for an answer that is on its way. */
  static Optional<Answer> await(CompletableFuture<Answer> answer, long nanos)
      throws InterruptedException {
    try {
      return Optional.of(answer.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Forgets what is known. */
  void forget() {
    last = null;
    heard = null;
  }

  private boolean isFresh(Answer answer) {
    return answer.at.plus(FRESH).isAfter(clock.instant());
  }

  private CompletableFuture<Answer> ask() {
    lock.lock();
    try {
      if (asking != null && !asking.isDone()) {
        return asking;
      }
      CompletableFuture<Answer> started = new CompletableFuture<>();
      asking = started;
      Thread.ofVirtual()
          .name("contentcrew-llm-probe")
          .start(
              () -> {
                try {
                  started.complete(askNow());
                } catch (RuntimeException | Error e) {
                  started.completeExceptionally(e);
                }
              });
      return started;
    } finally {
      lock.unlock();
    }
  }

  private Answer askNow() {
    Answer answer;
    try {
      ModelList models = dialect.models(endpoint, PROBE);
      alive(true);
      answer = new Answer(clock.instant(), Optional.of(models), "");
      heard = answer;
    } catch (SocketTimeoutException e) {
      alive(false);
      answer = new Answer(clock.instant(), heardOfLate(), problem(e));
    } catch (IOException e) {
      alive(false);
      answer = new Answer(clock.instant(), Optional.empty(), problem(e));
    }
    last = answer;
    return answer;
  }

  private Optional<ModelList> heardOfLate() {
    return Optional.ofNullable(heard)
        .filter(answer -> answer.at.plus(BUSY).isAfter(clock.instant()))
        .flatMap(Answer::models);
  }

  /** A probe at the right time counts for the breaker too. */
  private void alive(boolean alive) {
    Breaker breaker = endpoint.breaker();
    if (breaker.isOpen() && breaker.untilProbe().isZero()) {
      breaker.probed(alive);
    }
  }

  private String problem(IOException e) {
    if (e instanceof UnusableException) {
      return e.getMessage() + "";
    }
    String reason = Attempt.isRefusal(e) ? "connection refused" : "no answer to a probe";
    return dialect.product()
        + " at "
        + endpoint
        + " cannot be reached ("
        + reason
        + "). "
        + dialect.whenAway();
  }
}
