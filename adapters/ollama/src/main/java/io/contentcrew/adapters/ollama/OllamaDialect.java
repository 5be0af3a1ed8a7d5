package io.contentcrew.adapters.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.adapters.llmhttp.Dialect;
import io.contentcrew.adapters.llmhttp.Endpoint;
import io.contentcrew.adapters.llmhttp.LineDecoder;
import io.contentcrew.adapters.llmhttp.ModelList;
import io.contentcrew.adapters.llmhttp.Refusals;
import io.contentcrew.adapters.llmhttp.Reply;
import io.contentcrew.adapters.llmhttp.UnusableException;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.ModelFault;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ollama's own API. */
final class OllamaDialect implements Dialect {
  static final String PRODUCT = "Ollama";
  private static final ObjectMapper JSON = Json.MAPPER;
  private static final Duration SHOW = Duration.ofSeconds(1);

  private record Known(Endpoint endpoint, ModelName model) {}

  private final OllamaConfig config;
  private final OllamaPulls pulls;
  private final OllamaQuestion questions;
  private final Map<Known, Boolean> thinking = new ConcurrentHashMap<>();

  OllamaDialect(OllamaConfig config, OllamaPulls pulls) {
    this.config = config;
    this.pulls = pulls;
    this.questions = new OllamaQuestion(config);
  }

  @Override
  public String product() {
    return PRODUCT;
  }

  @Override
  public String whenAway() {
    return "Start it with \"ollama serve\", or correct its address";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of();
  }

  @Override
  public String chatPath() {
    return "/api/chat";
  }

  @Override
  public byte[] question(Prompt prompt, Endpoint endpoint) throws InterruptedException {
    return questions.of(prompt, thinks(prompt.model(), endpoint));
  }

  /**
   * Whether the model thinks unless it is told not to. Asked once: to tell it to a model that
   * cannot think is an error.
   */
  private boolean thinks(ModelName model, Endpoint endpoint) throws InterruptedException {
    Known key = new Known(endpoint, model);
    Boolean known = thinking.get(key);
    if (known != null) {
      return known;
    }
    try {
      String ask = Json.text(JSON.createObjectNode().put("model", model.value()));
      Reply reply = endpoint.post("/api/show", ask, SHOW);
      if (reply.status() != 200) {
        return false; // the chat will tell what is wrong
      }
      boolean thinks = false;
      for (JsonNode capability : JSON.readTree(reply.body()).path("capabilities")) {
        thinks |= capability.asText().equals("thinking");
      }
      thinking.put(key, thinks);
      return thinks;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return false; // likewise
    }
  }

  @Override
  public boolean understands(String contentType) {
    return contentType.isEmpty() || contentType.contains("json");
  }

  @Override
  public LineDecoder decoder(String contentType) {
    return new OllamaLines();
  }

  @Override
  public AnswerException refusal(Reply reply, ModelName model, Endpoint endpoint) {
    if (reply.status() == 404) { // Ollama has two wordings for it: only the status is reliable
      thinking.remove(new Known(endpoint, model));
      return new AnswerException(
          ModelFault.MODEL_MISSING,
          PRODUCT + " at " + endpoint + " does not have the model " + model + ". " + remedy(model));
    }
    return Refusals.of(reply, endpoint, PRODUCT, words(reply));
  }

  private static String words(Reply reply) {
    try {
      return JSON.readTree(reply.body()).path("error").asText();
    } catch (IOException e) {
      return ""; // a page of a proxy says nothing that helps
    }
  }

  @Override
  public String remedy(ModelName model) {
    return "Fetch it with: ollama pull " + model;
  }

  @Override
  public void ping(Endpoint endpoint, Duration timeout) throws IOException {
    if (!tree(endpoint, "/api/version", timeout).path("version").isTextual()) {
      throw notOllama(endpoint);
    }
  }

  @Override
  public ModelList models(Endpoint endpoint, Duration timeout) throws IOException {
    ping(endpoint, timeout);
    Set<String> onDisk = names(tree(endpoint, "/api/tags", timeout));
    Set<String> inMemory =
        config.http().baseUrls().size() > 1
            ? names(tree(endpoint, "/api/ps", timeout))
            : Set.of(); // nothing to choose from
    return new ModelList(
        model -> onDisk.contains(tagged(model.value())),
        model -> inMemory.contains(tagged(model.value())));
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new HashSet<>();
    for (JsonNode model : list.path("models")) {
      names.add(tagged(model.path("name").asText()));
    }
    return names;
  }

  /** The name as Ollama completes it: without a tag it means the tag {@code latest}. */
  private static String tagged(String name) {
    return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
  }

  private static JsonNode tree(Endpoint endpoint, String path, Duration timeout)
      throws IOException {
    Reply reply = endpoint.get(path, timeout);
    if (reply.status() >= 500) {
      throw new UnusableException(
          "What answers at " + endpoint + " says " + reply.status() + ". Look at its log.");
    }
    if (reply.status() != 200 || !reply.contentType().contains("json")) {
      throw notOllama(endpoint);
    }
    return JSON.readTree(reply.body());
  }

  private static UnusableException notOllama(Endpoint endpoint) {
    return new UnusableException(
        "What answers at " + endpoint + " is not Ollama. Correct the address.");
  }

  @Override
  public boolean fetchesMissing() {
    return config.pullMissing();
  }

  @Override
  public boolean fetch(ModelName model, Endpoint endpoint) throws InterruptedException {
    return config.pullMissing() && pulls.pull(model, endpoint);
  }
}
