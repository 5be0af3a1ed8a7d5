package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig;
import io.contentcrew.domain.ModelName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How Ollama is used.
 *
 * @param http its servers, timers and limits; {@code parallel} should be what the servers have as
 *     {@code OLLAMA_NUM_PARALLEL}
 * @param contextTokens room for prompt and answer together, 512 to 2,097,152; the same for every
 *     call of a model, for another size makes Ollama load the model anew
 * @param contextTokensByModel other sizes for some models
 * @param keepAlive how long a model stays in memory after a call
 * @param pullMissing whether a model that is missing is fetched, which takes minutes and gigabytes;
 *     calls wait for it
 */
public record OllamaConfig(
    LlmHttpConfig http,
    int contextTokens,
    Map<ModelName, Integer> contextTokensByModel,
    Duration keepAlive,
    boolean pullMissing) {
  public OllamaConfig {
    for (URI url : http.baseUrls()) {
      if (url.getPath().endsWith("/v1") || url.getPath().endsWith("/api")) {
        throw new IllegalArgumentException(
            "the address of Ollama comes without " + url.getPath() + " at its end");
      }
    }
    checkContext(contextTokens);
    contextTokensByModel = Map.copyOf(contextTokensByModel);
    contextTokensByModel.values().forEach(OllamaConfig::checkContext);
    Objects.requireNonNull(keepAlive, "keepAlive");
    if (keepAlive.isNegative() || keepAlive.toDays() > 7) {
      throw new IllegalArgumentException(
          "a model is kept in memory for zero to 7 days, not " + keepAlive);
    }
  }

  /**
   * The defaults for the servers at these addresses: 8,192 tokens of context, models kept for half
   * an hour, nothing fetched, and else as {@link LlmHttpConfig#of} says.
   *
   * @param baseUrls one address or several with commas between them, for example {@code
   *     http://localhost:11434}
   */
  public static OllamaConfig of(String baseUrls) {
    return new OllamaConfig(
        LlmHttpConfig.of(baseUrls), 8_192, Map.of(), Duration.ofMinutes(30), false);
  }

  /** A copy with other servers, timers or limits. */
  public OllamaConfig withHttp(LlmHttpConfig changed) {
    return new OllamaConfig(changed, contextTokens, contextTokensByModel, keepAlive, pullMissing);
  }

  /** A copy with so much context. */
  public OllamaConfig withContextTokens(int changed) {
    return new OllamaConfig(http, changed, contextTokensByModel, keepAlive, pullMissing);
  }

  /** A copy with so much context for some models. */
  public OllamaConfig withContextTokensByModel(Map<ModelName, Integer> changed) {
    return new OllamaConfig(http, contextTokens, changed, keepAlive, pullMissing);
  }

  /** A copy that keeps models in memory for so long. */
  public OllamaConfig withKeepAlive(Duration changed) {
    return new OllamaConfig(http, contextTokens, contextTokensByModel, changed, pullMissing);
  }

  /** A copy that fetches missing models, or does not. */
  public OllamaConfig withPullMissing(boolean changed) {
    return new OllamaConfig(http, contextTokens, contextTokensByModel, keepAlive, changed);
  }

  /** The context for that model. */
  int contextTokens(ModelName model) {
    return contextTokensByModel.getOrDefault(model, contextTokens);
  }

  private static void checkContext(int tokens) {
    if (tokens < 512 || tokens > 2_097_152) {
      throw new IllegalArgumentException("a context has 512 to 2,097,152 tokens, not " + tokens);
    }
  }
}
