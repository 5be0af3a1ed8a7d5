package io.contentcrew.adapters.openai;

import io.contentcrew.adapters.llmhttp.LlmHttp;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;

/** Text from chat completions. */
record OpenAiTextGenerator(LlmHttp http) implements TextGenerator {
  private static final EngineName NAME = new EngineName("openai");

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
    return http.generate(prompt, sink);
  }
}
