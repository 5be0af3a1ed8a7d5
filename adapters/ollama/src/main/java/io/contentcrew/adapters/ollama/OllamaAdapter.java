package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.LlmHttp;
import io.contentcrew.ports.generation.TextGenerator;
import java.time.InstantSource;

/** Ollama behind the ports. Safe for use by many threads. */
public final class OllamaAdapter implements AutoCloseable {
  private final LlmHttp http;
  private final OllamaPulls pulls;
  private final TextGenerator textGenerator;

  private OllamaAdapter(LlmHttp http, OllamaPulls pulls, TextGenerator textGenerator) {
    this.http = http;
    this.pulls = pulls;
    this.textGenerator = textGenerator;
  }

  /** Gets ready; asks nobody yet. */
  public static OllamaAdapter open(OllamaConfig config, InstantSource clock) {
    OllamaPulls pulls = new OllamaPulls(config.http().timeouts().firstToken());
    LlmHttp http = LlmHttp.open(config.http(), new OllamaDialect(config, pulls), clock);
    return new OllamaAdapter(http, pulls, new OllamaTextGenerator(config, http));
  }

  /** Writes with the models of these servers. */
  public TextGenerator textGenerator() {
    return textGenerator;
  }

  /** Stops what is under way and lets go of all connections. Idempotent. */
  @Override
  public void close() {
    pulls.close();
    http.close();
  }
}
