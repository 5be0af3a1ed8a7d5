package io.contentcrew.adapters.openai;

import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeOllamaHarness;
import java.util.function.UnaryOperator;

/** Adapters for a test, closed at its end. */
abstract class OpenAiTest extends FakeOllamaHarness {
  final TextGenerator generator() {
    return generator(config -> config);
  }

  final TextGenerator generator(UnaryOperator<OpenAiConfig> changes) {
    return generator(changes, ollama);
  }

  final TextGenerator generator(UnaryOperator<OpenAiConfig> changes, FakeOllama... servers) {
    return adapter(changes.apply(Fixtures.config(servers))).textGenerator();
  }

  final OpenAiAdapter adapter(OpenAiConfig config) {
    return closedAfterwards(OpenAiAdapter.open(config, clock));
  }
}
