package io.contentcrew.adapters.openai;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.Prompts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Servers, adapters and a clock for a test, all closed at its end. */
@Timeout(60)
abstract class OpenAiTest {
  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

  final FakeOllama ollama = another();
  final Prompt prompt = Prompts.aPrompt();
  final List<String> pieces = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /** One more server. */
  final FakeOllama another() {
    FakeOllama server = FakeOllama.start();
    open.add(server);
    return server;
  }

  final void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

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
    OpenAiAdapter adapter = OpenAiAdapter.open(config, now::get);
    open.add(adapter);
    return adapter;
  }

  /** The failure of a call, whose pieces are kept. */
  final PortException failure(TextGenerator generator) {
    Throwable thrown = catchThrowable(() -> generator.generate(prompt, pieces::add));
    if (thrown instanceof PortException failure) {
      return failure;
    }
    throw new AssertionError("no failure of a port", thrown);
  }

  static ModelFault fault(PortException failure) {
    return switch (failure) {
      case ModelUnavailableException unavailable -> unavailable.fault();
      case ModelFailureException failed -> failed.fault();
      default -> throw new AssertionError("no failure of a model", failure);
    };
  }

  final String text() {
    return String.join("", pieces);
  }
}
