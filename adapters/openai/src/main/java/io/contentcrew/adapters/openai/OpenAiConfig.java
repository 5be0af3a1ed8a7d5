package io.contentcrew.adapters.openai;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig;
import io.contentcrew.domain.ModelName;
import io.contentcrew.ports.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a server with OpenAI's chat completions is used: OpenAI itself, LiteLLM, vLLM, Ollama's
 * {@code /v1} and many others.
 *
 * @param http its addresses, timers and limits; an address without a path gets {@code /v1}
 * @param apiKey sent as a bearer token; empty for servers that want none
 * @param models other names for models: what is asked for, and what the provider calls it
 * @param lengthField the field that limits the answer: {@code max_tokens}, which all servers know,
 *     or {@code max_completion_tokens}, which newer models of OpenAI want instead
 */
public record OpenAiConfig(
    LlmHttpConfig http,
    Optional<Secret> apiKey,
    Map<ModelName, String> models,
    String lengthField) {
  public OpenAiConfig {
    http = http.withBaseUrls(http.baseUrls().stream().map(OpenAiConfig::withPath).toList());
    Objects.requireNonNull(apiKey, "apiKey");
    if (apiKey.map(Secret::reveal).filter(key -> !isToken(key)).isPresent()) {
      throw new IllegalArgumentException(
          "the API key is empty or holds characters that no key has, such as blanks or line ends");
    }
    models = Map.copyOf(models);
    if (!lengthField.equals("max_tokens") && !lengthField.equals("max_completion_tokens")) {
      throw new IllegalArgumentException(
          "the field that limits the answer is max_tokens or max_completion_tokens");
    }
  }

  /**
   * The defaults for these servers: 16 calls at once, no key, no other names, {@code max_tokens},
   * and else as {@link LlmHttpConfig#of} says.
   *
   * @param baseUrls one address or several with commas between them, for example {@code
   *     https://api.openai.com/v1}
   */
  public static OpenAiConfig of(String baseUrls) {
    return new OpenAiConfig(
        LlmHttpConfig.of(baseUrls).withParallel(16), Optional.empty(), Map.of(), "max_tokens");
  }

  /** A copy with other servers, timers or limits. */
  public OpenAiConfig withHttp(LlmHttpConfig changed) {
    return new OpenAiConfig(changed, apiKey, models, lengthField);
  }

  /** A copy with a key. */
  public OpenAiConfig withApiKey(Secret changed) {
    return new OpenAiConfig(http, Optional.of(changed), models, lengthField);
  }

  /** A copy with other names for models. */
  public OpenAiConfig withModels(Map<ModelName, String> changed) {
    return new OpenAiConfig(http, apiKey, changed, lengthField);
  }

  /** A copy that limits answers by another field. */
  public OpenAiConfig withLengthField(String changed) {
    return new OpenAiConfig(http, apiKey, models, changed);
  }

  /** What the provider calls that model. */
  String nameOf(ModelName model) {
    return models.getOrDefault(model, model.value());
  }

  private static URI withPath(URI url) {
    String path = url.getRawPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? URI.create(url.toString().replaceFirst("/$", "") + "/v1")
        : url;
  }

  private static boolean isToken(String key) {
    return !key.isEmpty() && key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
  }
}
