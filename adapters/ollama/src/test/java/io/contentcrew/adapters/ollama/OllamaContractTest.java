package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Timeouts;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeOllamaContract;
import java.time.Duration;
import java.time.InstantSource;

class OllamaContractTest extends FakeOllamaContract {
  private static final Timeouts IMPATIENT =
      new Timeouts(Duration.ofSeconds(5), Fixtures.SHORT, Fixtures.SHORT, Fixtures.LONG);

  @Override
  protected TextGenerator generator(FakeOllama server, boolean impatient) {
    OllamaConfig patient = Fixtures.config(server);
    OllamaConfig config = impatient ? Fixtures.withTimeouts(patient, IMPATIENT) : patient;
    return closedAfterwards(OllamaAdapter.open(config, InstantSource.system())).textGenerator();
  }
}
