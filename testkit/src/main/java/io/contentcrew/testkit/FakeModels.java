package io.contentcrew.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@link FakeOllama} answers when nobody tells it otherwise. */
final class FakeModels {
  private static final String DIGEST =
      "a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b";

  private final Set<String> onDisk = ConcurrentHashMap.newKeySet();
  private final Set<String> inMemory = ConcurrentHashMap.newKeySet();
  private final Map<String, List<String>> abilities = new ConcurrentHashMap<>();
  private volatile @Nullable String key;

  FakeModels() {
    having("llama3.2:1b", "llama3.2:3b", "llama3.1:8b", "llama3.1:70b");
  }

  void having(String... names) {
    onDisk.clear();
    onDisk.addAll(List.of(names));
  }

  void warm(String... names) {
    inMemory.clear();
    inMemory.addAll(List.of(names));
  }

  void able(String model, String... capabilities) {
    abilities.put(model, List.of(capabilities));
  }

  void wantingKey(String wanted) {
    key = wanted;
  }

  FakeAnswer answer(FakeRequest request) {
    String wanted = key;
    boolean refused =
        wanted != null
            && request.path().startsWith("/v1/")
            && !request.header("authorization").equals(Optional.of("Bearer " + wanted));
    if (refused) {
      return FakeAnswer.unauthorized("Incorrect API key provided");
    }
    String model = request.body().path("model").asText();
    return switch (request.path()) {
      case "/" -> FakeAnswer.whole(200, "text/plain; charset=utf-8", "Ollama is running");
      case "/api/version" -> json("{\"version\":\"0.12.6\"}");
      case "/api/tags" -> json("{\"models\":[" + list(onDisk) + "]}");
      case "/api/ps" -> json("{\"models\":[" + list(inMemory) + "]}");
      case "/api/show" -> show(model);
      case "/api/pull" -> pull(model);
      case "/v1/models" -> json("{\"object\":\"list\",\"data\":[" + openAiList() + "]}");
      case "/api/chat" -> request.body().path("messages").isEmpty() ? load(model) : chat(model);
      case "/v1/chat/completions" -> chat(model);
      default -> FakeAnswer.whole(404, "text/plain", "404 page not found");
    };
  }

  private FakeAnswer chat(String model) {
    return has(model) ? FakeAnswer.ofTheModel() : missing(model);
  }

  private FakeAnswer load(String model) {
    if (!has(model)) {
      return missing(model);
    }
    inMemory.add(model);
    return json(
        "{\"model\":"
            + Tongue.json(model)
            + ",\"message\":{\"role\":\"assistant\",\"content\":\"\"}"
            + ",\"done\":true,\"done_reason\":\"load\"}");
  }

  private FakeAnswer show(String model) {
    if (!has(model)) {
      return missing(model);
    }
    String list =
        abilities.getOrDefault(model, List.of("completion", "tools")).stream()
            .map(Tongue::json)
            .collect(Collectors.joining(","));
    return json(
        "{\"details\":{\"format\":\"gguf\",\"family\":\"llama\"},"
            + "\"model_info\":{\"llama.context_length\":131072},\"capabilities\":["
            + list
            + "]}");
  }

  /** Two layers; the first line of each has no {@code completed} yet, as in life. */
  private FakeAnswer pull(String model) {
    onDisk.add(model);
    StringBuilder lines = new StringBuilder("{\"status\":\"pulling manifest\"}\n");
    for (String layer : List.of("1", "2")) {
      String pulling = "{\"status\":\"pulling a80c\",\"digest\":\"sha256:" + layer + DIGEST + "\"";
      lines.append(pulling).append(",\"total\":1000}\n");
      lines.append(pulling).append(",\"total\":1000,\"completed\":400}\n");
      lines.append(pulling).append(",\"total\":1000,\"completed\":1000}\n");
    }
    lines.append("{\"status\":\"verifying sha256 digest\"}\n{\"status\":\"success\"}\n");
    return FakeAnswer.writing().thenRaw(lines.toString()).endingBeforeDone();
  }

  private static FakeAnswer missing(String model) {
    return FakeAnswer.failing(404, "model '" + model + "' not found");
  }

  /** As Ollama: no tag means the tag {@code latest}. */
  private boolean has(String model) {
    return onDisk.contains(model) || onDisk.contains(model + ":latest");
  }

  private static FakeAnswer json(String body) {
    return FakeAnswer.whole(200, "application/json; charset=utf-8", body);
  }

  private static String list(Set<String> names) {
    return names.stream()
        .sorted()
        .map(
            name ->
                "{\"name\":"
                    + Tongue.json(name)
                    + ",\"model\":"
                    + Tongue.json(name)
                    + ",\"size\":2019393189,\"details\":{\"family\":\"llama\"}}")
        .collect(Collectors.joining(","));
  }

  private String openAiList() {
    return onDisk.stream()
        .sorted()
        .map(name -> "{\"id\":" + Tongue.json(name) + ",\"object\":\"model\"}")
        .collect(Collectors.joining(","));
  }
}
