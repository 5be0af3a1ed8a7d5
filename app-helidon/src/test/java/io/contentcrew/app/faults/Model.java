package io.contentcrew.app.faults;

import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeRequest;
import java.time.Duration;
import java.util.function.Function;

/** A fake Ollama whose model writes at a pace at which there is time for something to go wrong. */
final class Model implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(5);

  private final FakeOllama ollama = FakeOllama.start();

  Model() {
    writing();
  }

  FakeOllama ollama() {
    return ollama;
  }

  /** Answers everything well. */
  void writing() {
    answering(request -> FakeAnswer.ofTheModel().atPace(PACE));
  }

  /** Answers everything so. */
  void answering(Function<FakeRequest, FakeAnswer> answers) {
    ollama.always(answers);
  }

  /** Takes requests and is silent. */
  void stall() {
    answering(request -> FakeAnswer.silence());
  }

  @Override
  public void close() {
    ollama.close();
  }
}
