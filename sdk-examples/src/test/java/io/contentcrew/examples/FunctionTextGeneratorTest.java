package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.Prompts;
import io.contentcrew.testkit.TextGeneratorContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FunctionTextGeneratorTest extends TextGeneratorContract {
  @Override
  protected TextGenerator talkative() {
    return new FunctionTextGenerator(prompt -> Stream.of("One", "", " word", " \uD83D\uDE42"));
  }

  @Override
  protected TextGenerator lingering() {
    return new FunctionTextGenerator(prompt -> Stream.iterate("One", piece -> never()));
  }

  @Override
  protected TextGenerator silent() {
    return new FunctionTextGenerator(prompt -> Stream.generate(FunctionTextGeneratorTest::never));
  }

  /** Waits until it is interrupted, as a well-behaved client of a model does. */
  private static String never() {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody opens that latch");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void a_function_that_fails_is_a_failure_of_the_model_after_what_it_had_written() {
    List<String> pieces = new ArrayList<>();
    TextGenerator generator =
        new FunctionTextGenerator(
            prompt -> Stream.of("4", "2", "x").map(text -> "" + Integer.parseInt(text)));
    assertThatThrownBy(() -> generator.generate(Prompts.aPrompt(), pieces::add))
        .isInstanceOfSatisfying(
            ModelFailureException.class,
            e -> assertThat(e.fault()).isEqualTo(ModelFault.MODEL_ERROR))
        .hasCauseInstanceOf(NumberFormatException.class);
    assertThat(pieces).containsExactly("4", "2");
  }

  @Test
  void the_stream_is_closed_when_the_sink_wants_no_more() {
    AtomicBoolean closed = new AtomicBoolean();
    TextGenerator generator =
        new FunctionTextGenerator(prompt -> Stream.of("One").onClose(() -> closed.set(true)));
    assertThatThrownBy(
            () ->
                generator.generate(
                    Prompts.aPrompt(),
                    piece -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    assertThat(closed).isTrue();
  }
}
