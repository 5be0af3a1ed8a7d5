package io.contentcrew.adapters.openai;

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
  static OpenAiConfig config(FakeOllama... servers) {
    String urls =
        Arrays.stream(servers).map(s -> s.url().toString()).collect(Collectors.joining(","));
    LlmHttpConfig http =
        LlmHttpConfig.of(urls)
            .withParallel(16)
            .withTimeouts(new Timeouts(Duration.ofSeconds(5), LONG, LONG, LONG))
            .withRetries(new Retries(2, Duration.ZERO, Duration.ofSeconds(10)));
    return OpenAiConfig.of(urls).withHttp(http);
  }

  static OpenAiConfig withTimeouts(OpenAiConfig config, Timeouts timeouts) {
    return config.withHttp(config.http().withTimeouts(timeouts));
  }

  static OpenAiConfig withRetries(OpenAiConfig config, Retries retries) {
    return config.withHttp(config.http().withRetries(retries));
  }
}
