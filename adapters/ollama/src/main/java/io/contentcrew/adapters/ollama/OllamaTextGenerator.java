package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.LlmHttp;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;

/** Text from Ollama. */
final class OllamaTextGenerator implements TextGenerator {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.ollama");
  private static final EngineName NAME = new EngineName("ollama");

  private final OllamaConfig config;
  private final LlmHttp http;

  OllamaTextGenerator(OllamaConfig config, LlmHttp http) {
    this.config = config;
    this.http = http;
  }

  @Override
  public EngineName name() {
    return NAME;
  }

  @Override
  public Readiness readiness(ModelName model) {
    return http.readiness(model);
  }

  @Override
  public Completion generate(Prompt prompt, TextSink sink) throws InterruptedException {
    Completion completion = http.generate(prompt, sink);
    int used = completion.tokens().input() + completion.tokens().output();
    int room = config.contextTokens(prompt.model());
    if (used >= room) { // Ollama says nothing when it drops the beginning of a prompt
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} filled the context of {1} with {2} of {3} tokens: parts of the prompt may have been"
              + " dropped; allow it more context",
          prompt.version(),
          prompt.model(),
          Integer.toString(used),
          Integer.toString(room));
    }
    return completion;
  }
}
