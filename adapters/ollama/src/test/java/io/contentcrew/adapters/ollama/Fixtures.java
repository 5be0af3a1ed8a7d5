package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Retries;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Timeouts;
import io.contentcrew.testkit.FakeOllama;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the tests of this package share. */
final class Fixtures {
  /** So long that only a broken timer can fire. */
  static final Duration LONG = Duration.ofMinutes(5);

  static final Duration SHORT = Duration.ofMillis(300);

  private Fixtures() {}

  /** Patient in everything, two tries, no pause between them. */
  static OllamaConfig config(FakeOllama... servers) {
    String urls =
        Arrays.stream(servers).map(s -> s.url().toString()).collect(Collectors.joining(","));
    LlmHttpConfig http =
        LlmHttpConfig.of(urls)
            .withParallel(16)
            .withTimeouts(new Timeouts(Duration.ofSeconds(5), LONG, LONG, LONG))
            .withRetries(new Retries(2, Duration.ZERO, Duration.ofSeconds(10)));
    return OllamaConfig.of(urls).withHttp(http);
  }

  static OllamaConfig withTimeouts(OllamaConfig config, Timeouts timeouts) {
    return config.withHttp(config.http().withTimeouts(timeouts));
  }

  static OllamaConfig withRetries(OllamaConfig config, Retries retries) {
    return config.withHttp(config.http().withRetries(retries));
  }
}
