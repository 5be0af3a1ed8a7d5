package io.contentcrew.examples;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes with any function from a prompt to a stream of whole characters. Its stream is closed when
 * the answer is over or stopped; one that waits must give up when its thread is interrupted, with
 * any exception and the interrupt flag set. Safe for use by many threads if the function is.
 */
final class FunctionTextGenerator implements TextGenerator {
  private final Function<Prompt, Stream<String>> function;

  FunctionTextGenerator(Function<Prompt, Stream<String>> function) {
    this.function = function;
  }

  @Override
  public EngineName name() {
    return new EngineName("function");
  }

  @Override
  public Readiness readiness(ModelName model) {
    return new Readiness.Ready();
  }

  @Override
  public Completion generate(Prompt prompt, TextSink sink) throws InterruptedException {
    long begin = System.nanoTime();
    int written = 0;
    try (Stream<String> answer = function.apply(prompt)) {
      Iterator<String> pieces = answer.filter(piece -> !piece.isEmpty()).iterator();
      for (var piece = next(pieces); piece.isPresent(); piece = next(pieces)) {
        sink.text(piece.get()); // outside of the try below: what a sink throws passes unchanged
        written++;
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    TokenUsage tokens = new TokenUsage(0, written);
    return new Completion(
        prompt.model(), Completion.Finish.STOP, tokens, Completion.Timings.of(took));
  }

  private static Optional<String> next(Iterator<String> pieces) throws InterruptedException {
    RuntimeException failure = null;
    Optional<String> piece = Optional.empty();
    try {
      piece = pieces.hasNext() ? Optional.of(pieces.next()) : piece;
    } catch (RuntimeException e) {
      failure = e;
    }
    if (Thread.interrupted()) { // it failed for that, or has not noticed
      throw new InterruptedException("the answer was stopped");
    }
    if (failure != null) {
      throw new ModelFailureException(ModelFault.MODEL_ERROR, "The function failed.", failure);
    }
    return piece;
  }
}
