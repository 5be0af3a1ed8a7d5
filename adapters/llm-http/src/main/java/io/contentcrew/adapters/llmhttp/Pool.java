package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.ModelName;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** All servers, and which of them gets the next call. */
final class Pool {
  /** Together with the time to begin, within the two seconds that readiness has. */
  private static final Duration ALL_PROBES = Duration.ofMillis(1_850);

  private final Dialect dialect;
  private final Map<Endpoint, Stock> stocks = new LinkedHashMap<>();
  private final List<Endpoint> endpoints;
  private final AtomicInteger turn = new AtomicInteger();
  private final ReentrantLock probing = new ReentrantLock();

  Pool(List<Endpoint> endpoints, Dialect dialect, InstantSource clock) {
    this.dialect = dialect;
    this.endpoints = List.copyOf(endpoints);
    endpoints.forEach(endpoint -> stocks.put(endpoint, new Stock(endpoint, dialect, clock)));
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  private Stock stock(Endpoint endpoint) {
    return Objects.requireNonNull(stocks.get(endpoint));
  }

  /**
   * The server for the next call: one with room before one without, one that holds the model in
   * memory before one that does not, and of these the one with the least to do.
   *
   * @param lacking servers that have just said that they do not have the model
   * @throws AnswerException if none is left
   */
  Endpoint choose(ModelName model, Set<Endpoint> lacking)
      throws AnswerException, InterruptedException {
    List<Endpoint> left = new ArrayList<>(endpoints);
    left.removeAll(lacking);
    if (left.isEmpty()) {
      throw missing(model);
    }
    if (endpoints.size() > 1) {
      left.forEach(endpoint -> stock(endpoint).known()); // in the background, those left alone too
    }
    List<Endpoint> working = left.stream().filter(e -> !e.breaker().isOpen()).toList();
    if (working.isEmpty()) {
      return probe(left);
    }
    return endpoints.size() == 1 ? working.getFirst() : best(model, working);
  }

  AnswerException missing(ModelName model) {
    return new AnswerException(
        ModelFault.MODEL_MISSING,
        dialect.product()
            + " at "
            + String.join(", ", endpoints.stream().map(Endpoint::toString).toList())
            + " does not have the model "
            + model
            + ". "
            + dialect.remedy(model));
  }

  private Endpoint best(ModelName model, List<Endpoint> working) throws InterruptedException {
    Map<Endpoint, ModelList> known = new LinkedHashMap<>();
    for (Endpoint endpoint : working) {
      Stock stock = stock(endpoint);
      Optional<Stock.Answer> answer = stock.known();
      if (answer.isEmpty()) { // the first time
        answer = Stock.await(stock.fresh(), ALL_PROBES.toNanos());
      }
      answer.flatMap(Stock.Answer::models).ifPresent(models -> known.put(endpoint, models));
    }
    List<Endpoint> having =
        working.stream()
            .filter(e -> !known.containsKey(e) || known.get(e).has().test(model))
            .toList();
    // If none has it as far as is known, the server itself shall say so.
    List<Endpoint> candidates = new ArrayList<>(having.isEmpty() ? working : having);
    Collections.rotate(candidates, turn.getAndIncrement());
    return candidates.stream()
        .min(
            Comparator.<Endpoint>comparingInt(e -> e.gate().hasRoom() ? 0 : 1)
                .thenComparingInt(e -> isWarm(known, e, model) ? 0 : 1)
                .thenComparingInt(e -> e.gate().load()))
        .orElseThrow();
  }

  private static boolean isWarm(
      Map<Endpoint, ModelList> known, Endpoint endpoint, ModelName model) {
    ModelList models = known.get(endpoint);
    return models != null && models.warm().test(model);
  }

  /**
   * All are left alone: asks those whose pause is over for a sign of life, one caller at a time.
   */
  private Endpoint probe(List<Endpoint> open) throws AnswerException, InterruptedException {
    probing.lockInterruptibly();
    try {
      for (Endpoint endpoint : open) {
        Breaker breaker = endpoint.breaker();
        if (!breaker.isOpen()) {
          return endpoint; // somebody else was faster
        }
        if (breaker.untilProbe().isZero()) {
          boolean alive = isAlive(endpoint);
          breaker.probed(alive);
          if (alive) {
            return endpoint;
          }
        }
      }
    } finally {
      probing.unlock();
    }
    throw new AnswerException(ModelFault.CIRCUIT_OPEN, leftAlone()).retryAfter(untilProbe(open));
  }

  private boolean isAlive(Endpoint endpoint) throws InterruptedException {
    try {
      dialect.ping(endpoint, Stock.PROBE);
      return true;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return false;
    }
  }

  private String leftAlone() {
    return dialect.product()
        + " at "
        + String.join(", ", endpoints.stream().map(Endpoint::toString).toList())
        + " failed of late and is left alone for a moment. "
        + dialect.whenAway();
  }

  private static Optional<Duration> untilProbe(List<Endpoint> open) {
    return open.stream().map(e -> e.breaker().untilProbe()).min(Comparator.naturalOrder());
  }

  /** See {@link io.contentcrew.ports.generation.TextGenerator#readiness}. */
  Readiness readiness(ModelName model) {
    long end = System.nanoTime() + ALL_PROBES.toNanos();
    Map<Endpoint, CompletableFuture<Stock.Answer>> asked = new LinkedHashMap<>();
    stocks.forEach((endpoint, stock) -> asked.put(endpoint, stock.fresh()));
    boolean lacked = false;
    List<String> problems = new ArrayList<>();
    try {
      for (Map.Entry<Endpoint, CompletableFuture<Stock.Answer>> each : asked.entrySet()) {
        Optional<Stock.Answer> answer =
            Stock.await(each.getValue(), Math.max(1, end - System.nanoTime()));
        Optional<ModelList> models = answer.flatMap(Stock.Answer::models);
        if (models.isEmpty()) {
          problems.add(answer.map(Stock.Answer::problem).orElse(tooSlow(each.getKey())));
        } else if (!models.get().has().test(model) && !dialect.fetchesMissing()) {
          lacked = true;
        } else if (!each.getKey().breaker().isOpen()) {
          return new Readiness.Ready();
        } else {
          problems.add(leftAlone());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Readiness.Unavailable("The question was interrupted.", Optional.empty());
    }
    return lacked
        ? new Readiness.ModelMissing(dialect.remedy(model))
        : new Readiness.Unavailable(String.join(" ", problems), untilProbe(endpoints));
  }

  private String tooSlow(Endpoint endpoint) {
    return dialect.product() + " at " + endpoint + " did not answer a probe in time.";
  }

  /** The models of that server have changed, or may have. */
  void forget(Endpoint endpoint) {
    stock(endpoint).forget();
  }
}
