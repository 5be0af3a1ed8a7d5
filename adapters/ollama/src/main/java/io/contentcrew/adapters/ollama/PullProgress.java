package io.contentcrew.adapters.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.ModelName;
import java.util.HashMap;
import java.util.Map;

/** How far the fetching of a model has come: it has several layers, each with its own progress. */
final class PullProgress {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.ollama");

  private record Layer(long completed, long total) {}

  private final ModelName model;
  private final Map<String, Layer> layers = new HashMap<>();
  private int logged;
  private boolean succeeded;
  private String error = "";

  PullProgress(ModelName model) {
    this.model = model;
  }

  void line(JsonNode line) {
    if (line.has("error")) {
      error = line.path("error").asText();
    }
    succeeded |= line.path("status").asText().equals("success");
    if (line.has("digest")) {
      long completed = line.path("completed").asLong(); // not there at first
      layers.put(line.path("digest").asText(), new Layer(completed, line.path("total").asLong()));
      int percent = percent();
      if (percent >= logged + 10) {
        logged = percent;
        LOG.log(System.Logger.Level.INFO, "fetching {0}: {1} %", model, percent);
      }
    }
  }

  /** Of the layers that have been announced. */
  int percent() {
    long completed = layers.values().stream().mapToLong(Layer::completed).sum();
    long total = layers.values().stream().mapToLong(Layer::total).sum();
    return total <= 0 ? 0 : (int) (100 * completed / total);
  }

  boolean succeeded() {
    return succeeded && error.isEmpty();
  }

  String error() {
    return error;
  }
}
