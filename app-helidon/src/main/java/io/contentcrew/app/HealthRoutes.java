package io.contentcrew.app;

import io.contentcrew.adapters.redis.RedisAdapter;
import io.contentcrew.ports.PortException;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.Engines;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}: {@code live} looks at nothing outside the process; {@code ready} says whether
 * requests are welcome; the whole says how each part does. The parts are looked at together, each
 * for a second at most, and what they say counts for two.
 */
final class HealthRoutes implements HttpService {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(2);

  private final ContentCrew crew;
  private final String storage;
  private final Optional<RedisAdapter> redis;
  private final Supplier<Boolean> draining;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Report last;

  /** What a part says. */
  private record Part(String state, long millis, Map<String, Object> more) {
    boolean up() {
      return state.equals("up");
    }
  }

  private record Report(Part storage, Part model, Optional<Part> redis, long at) {
    /** Whether all works that the service can do without. */
    boolean whole() {
      return model.up() && redis.map(Part::up).orElse(true);
    }
  }

  HealthRoutes(
      ContentCrew crew, String storage, Optional<RedisAdapter> redis, Supplier<Boolean> draining) {
    this.crew = crew;
    this.storage = storage;
    this.redis = redis;
    this.draining = draining;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", this::health).get("/live", this::live).get("/ready", this::ready);
  }

  private void live(ServerRequest request, ServerResponse response) {
    Replies.json(response, Map.of("status", "up"));
  }

  private void ready(ServerRequest request, ServerResponse response) {
    if (draining.get()) {
      reply(response, false, Map.of("status", "draining"));
    } else {
      boolean up = report().storage.up();
      reply(response, up, Map.of("status", up ? "ready" : "not_ready"));
    }
  }

  private void health(ServerRequest request, ServerResponse response) {
    Report report = report();
    boolean up = report.storage.up();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("storage", view(report.storage, true));
    parts.put("model", view(report.model, false));
    report.redis.ifPresent(part -> parts.put("redis", view(part, false)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", status(report));
    view.put("version", Version.text());
    view.put("running_jobs", crew.runningJobs());
    view.put("components", parts);
    reply(response, up, view);
  }

  private String status(Report report) {
    if (!report.storage.up()) {
      return "down";
    }
    return draining.get() ? "draining" : report.whole() ? "up" : "degraded";
  }

  private static Map<String, Object> view(Part part, boolean required) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", part.state);
    view.put("required", required);
    view.put("latency_ms", part.millis);
    view.putAll(part.more);
    return view;
  }

  private static void reply(ServerResponse response, boolean up, Map<String, Object> view) {
    Replies.json(response, up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, view);
  }

  private Report report() {
    lock.lock();
    try {
      Report known = last;
      if (known == null || System.nanoTime() - known.at > GOOD_FOR) {
        CompletableFuture<Part> storagePart = look(this::storagePart);
        CompletableFuture<Part> modelPart = look(this::modelPart);
        Optional<CompletableFuture<Part>> redisPart = redis.map(on -> look(() -> redisPart(on)));
        known =
            new Report(
                result(storagePart),
                result(modelPart),
                redisPart.map(HealthRoutes::result),
                System.nanoTime());
        last = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private static CompletableFuture<Part> look(Supplier<Part> part) {
    CompletableFuture<Part> future = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                future.complete(part.get());
              } catch (RuntimeException e) {
                future.completeExceptionally(e);
              }
            });
    return future.completeOnTimeout(
        new Part("down", LOOK.toMillis(), Map.of("reason", "no answer within a second")),
        LOOK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static Part result(CompletableFuture<Part> future) {
    try {
      return future.get(2 * LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return new Part("down", LOOK.toMillis(), Map.of("reason", "the check failed"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Part("unknown", 0, Map.of());
    }
  }

  private Part storagePart() {
    long begun = System.nanoTime();
    try {
      crew.ping();
      return new Part("up", millis(begun), Map.of("kind", storage));
    } catch (PortException e) {
      return new Part(
          "down", millis(begun), Map.of("kind", storage, "reason", "the store does not answer"));
    }
  }

  private static Part redisPart(RedisAdapter redis) {
    long begun = System.nanoTime();
    try {
      redis.ping();
      return new Part("up", millis(begun), Map.of());
    } catch (PortException e) {
      return new Part(
          "down",
          millis(begun),
          Map.of("reason", "Redis cannot be used; each instance goes by its own limits and cache"));
    }
  }

  private Part modelPart() {
    long begun = System.nanoTime();
    var model = crew.tiers().free().model();
    return switch (crew.engines().choose(model)) {
      case Engines.Choice.Chosen(var engine) ->
          new Part(
              "up",
              millis(begun),
              Map.of(
                  "engine",
                  engine.name().value(),
                  "model",
                  engine.model().value(),
                  "demo",
                  engine.demo()));
      case Engines.Choice.ModelMissing(var missing, String remedy) ->
          new Part(
              "degraded",
              millis(begun),
              Map.of("reason", "the model " + missing + " is not there", "remedy", remedy));
      case Engines.Choice.Unavailable(String reason, var retryAfter) ->
          new Part("degraded", millis(begun), Map.of("reason", reason));
    };
  }

  private static long millis(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }
}
