package io.contentcrew.adapters.openai;

import io.contentcrew.adapters.llmhttp.LlmHttp;
import io.contentcrew.ports.generation.TextGenerator;
import java.time.InstantSource;

/** Servers with OpenAI's chat completions behind the ports. Safe for use by many threads. */
public final class OpenAiAdapter implements AutoCloseable {
  private final LlmHttp http;
  private final TextGenerator textGenerator;

  private OpenAiAdapter(LlmHttp http) {
    this.http = http;
    this.textGenerator = new OpenAiTextGenerator(http);
  }

  /** Gets ready; asks nobody yet. */
  public static OpenAiAdapter open(OpenAiConfig config, InstantSource clock) {
    return new OpenAiAdapter(LlmHttp.open(config.http(), new OpenAiDialect(config), clock));
  }

  /** Writes with the models of these servers. */
  public TextGenerator textGenerator() {
    return textGenerator;
  }

  /** Stops what is under way and lets go of all connections. Idempotent. */
  @Override
  public void close() {
    http.close();
  }
}
