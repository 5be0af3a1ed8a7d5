package io.contentcrew.adapters.ollama;

import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeOllamaHarness;
import java.util.function.UnaryOperator;

/** Adapters for a test, closed at its end. */
abstract class OllamaTest extends FakeOllamaHarness {
  final TextGenerator generator() {
    return generator(config -> config);
  }

  final TextGenerator generator(UnaryOperator<OllamaConfig> changes) {
    return generator(changes, ollama);
  }

  final TextGenerator generator(UnaryOperator<OllamaConfig> changes, FakeOllama... servers) {
    return adapter(changes.apply(Fixtures.config(servers))).textGenerator();
  }

  final OllamaAdapter adapter(OllamaConfig config) {
    return closedAfterwards(OllamaAdapter.open(config, clock));
  }
}
