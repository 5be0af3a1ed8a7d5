package io.contentcrew.adapters.memory;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;

/** Says that it is a sample, and no more. */
public final class OfflineWriter implements TextGenerator {
  private static final EngineName NAME = new EngineName("offline");

  private OfflineWriter() {}

  /** A writer; the sample is too short for a pace. */
  public static OfflineWriter at(double tokensPerSecond) {
    if (!(tokensPerSecond > 0)) {
      throw new IllegalArgumentException("a writer needs a positive pace");
    }
    return new OfflineWriter();
  }

  /** A writer. */
  public static OfflineWriter create() {
    return new OfflineWriter();
  }

  @Override
  public EngineName name() {
    return NAME;
  }

  @Override
  public boolean isDemo() {
    return true;
  }

  @Override
  public Readiness readiness(ModelName model) {
    return new Readiness.Ready();
  }

  @Override
  public Completion generate(Prompt prompt, TextSink sink) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the sample was written");
    }
    sink.text("This is a sample.");
    return new Completion(
        new ModelName("sample"),
        Completion.Finish.STOP,
        TokenUsage.NONE,
        Completion.Timings.of(Duration.ZERO));
  }
}
