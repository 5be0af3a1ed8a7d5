package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What tests of a generator that asks a {@link FakeOllama} share: servers, a clock, an ear. */
@Timeout(60)
public abstract class FakeOllamaHarness {
  private final List<AutoCloseable> open = new ArrayList<>();

  /** What the generator takes the time from. */
  protected final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));

  /** The first server. */
  protected final FakeOllama ollama = another();

  /** What is asked. */
  protected final Prompt prompt = Prompts.aPrompt();

  /** What {@link #failure} has heard. */
  protected final List<String> pieces = new ArrayList<>();

  /** For subclasses. */
  protected FakeOllamaHarness() {}

  /** Closes something after the test. */
  protected final <T extends AutoCloseable> T closedAfterwards(T closeable) {
    open.add(closeable);
    return closeable;
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /** One more server. */
  protected final FakeOllama another() {
    return closedAfterwards(FakeOllama.start());
  }

  /** Lets time pass by the {@link #clock}. */
  protected final void pass(Duration time) {
    clock.advance(time);
  }

  /** The failure of a call, whose pieces are kept. */
  protected final PortException failure(TextGenerator generator) {
    Throwable thrown = catchThrowable(() -> generator.generate(prompt, pieces::add));
    if (thrown instanceof PortException failure) {
      return failure;
    }
    throw new AssertionError("no failure of a port", thrown);
  }

  /** What went wrong with the model. */
  protected static ModelFault fault(PortException failure) {
    return switch (failure) {
      case ModelUnavailableException unavailable -> unavailable.fault();
      case ModelFailureException failed -> failed.fault();
      default -> throw new AssertionError("no failure of a model", failure);
    };
  }

  /** What was heard, together. */
  protected final String text() {
    return String.join("", pieces);
  }
}
