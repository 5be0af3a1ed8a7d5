package io.contentcrew.adapters.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.adapters.llmhttp.Endpoint;
import io.contentcrew.adapters.llmhttp.Reply;
import io.contentcrew.domain.ModelName;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Fetches missing models, each one once at a time however many calls wait for it. A call that is
 * interrupted waits no longer; the others still get their model.
 */
final class OllamaPulls implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.ollama");
  private static final ObjectMapper JSON = Json.MAPPER;

  private record Key(Endpoint endpoint, ModelName model) {}

  private record Pull(Thread thread, CompletableFuture<Boolean> result) {}

  private final Map<Key, Pull> underWay = new ConcurrentHashMap<>();
  private final Duration silence;

  /** Puts up with {@code silence} between two lines of progress. */
  OllamaPulls(Duration silence) {
    this.silence = silence;
  }

  /** Waits until the model is there; false if it could not be had. */
  boolean pull(ModelName model, Endpoint endpoint) throws InterruptedException {
    Key key = new Key(endpoint, model);
    try {
      return underWay.computeIfAbsent(key, this::start).result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("fetching " + model + " failed", e.getCause());
    }
  }

  private Pull start(Key key) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("contentcrew-ollama-pull")
            .start(
                () -> {
                  try {
                    result.complete(fetch(key));
                  } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                  } finally {
                    underWay.remove(key);
                  }
                });
    return new Pull(thread, result);
  }

  private boolean fetch(Key key) {
    PullProgress progress = new PullProgress(key.model());
    String ask =
        Json.text(JSON.createObjectNode().put("model", key.model().value()).put("stream", true));
    try {
      LOG.log(System.Logger.Level.INFO, "fetching {0}", key.model());
      Reply reply =
          key.endpoint().stream("/api/pull", ask, silence, line -> progress.line(tree(line)));
      if (reply.status() == 200 && progress.succeeded()) {
        LOG.log(System.Logger.Level.INFO, "fetched {0}", key.model());
        return true;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "fetching {0} failed with status {1}: {2}",
          key.model(),
          reply.status(),
          progress.error());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "fetching " + key.model() + " failed", e);
    }
    return false;
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // progress that cannot be read is no reason to stop
    }
  }

  /** Stops all of them; Ollama keeps what it has, and goes on from there the next time. */
  @Override
  public void close() {
    underWay.values().forEach(pull -> pull.thread.interrupt());
  }
}
