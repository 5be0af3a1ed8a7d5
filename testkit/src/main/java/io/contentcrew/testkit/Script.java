package io.contentcrew.testkit;

import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link ScriptedTextGenerator} answers one call, step by step. Immutable: every method
 * returns a longer script.
 */
public final class Script {
  private sealed interface Step {
    record Write(String text) implements Step {}

    record Await(CountDownLatch latch) implements Step {}

    record Queue(int ahead) implements Step {}

    record Fail(Supplier<? extends RuntimeException> failure) implements Step {}

    record Silence() implements Step {}
  }

  private final List<Step> steps;
  private final Finish finish;
  private final @Nullable TokenUsage tokens;

  private Script(List<Step> steps, Finish finish, @Nullable TokenUsage tokens) {
    this.steps = List.copyOf(steps);
    this.finish = finish;
    this.tokens = tokens;
  }

  /** Writes these pieces, nothing if there are none, and ends properly. */
  public static Script writing(String... pieces) {
    return new Script(List.of(), Finish.STOP, null).thenWriting(pieces);
  }

  /** Writes a plausible answer to the prompt, one that passes all checks. */
  public static Script sample(Prompt prompt) {
    return writing(pieces(sampleAnswer(prompt.task(), prompt.brief())).toArray(String[]::new));
  }

  /** The plausible answer to a task, as text. */
  public static String sampleAnswer(Task task, Brief brief) {
    return SampleAnswers.of(task, brief);
  }

  /** The text cut as models cut: a word with the white space before it at a time. */
  public static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 1; i < text.length(); i++) {
      boolean begins =
          Character.isWhitespace(text.charAt(i)) && !Character.isWhitespace(text.charAt(i - 1));
      if (begins) {
        pieces.add(text.substring(start, i));
        start = i;
      }
    }
    if (start < text.length()) {
      pieces.add(text.substring(start));
    }
    return pieces;
  }

  /** Fails at once, with the exception that goes with {@code fault}. */
  public static Script failing(ModelFault fault) {
    return writing().thenFailing(fault);
  }

  /** Writes these pieces next. */
  public Script thenWriting(String... pieces) {
    Script script = this;
    for (String piece : pieces) {
      script = script.then(new Step.Write(piece));
    }
    return script;
  }

  /** Waits next until {@code latch} is open, which is for the test to do. */
  public Script waitingFor(CountDownLatch latch) {
    return then(new Step.Await(latch));
  }

  /** Says next that it waits for a place, with {@code ahead} others before it. */
  public Script queued(int ahead) {
    return then(new Step.Queue(ahead));
  }

  /** Is silent from here on, until it is interrupted. */
  public Script thenSilent() {
    return then(new Step.Silence());
  }

  /** Fails next, with the exception that goes with {@code fault}. */
  public Script thenFailing(ModelFault fault) {
    return thenThrowing(() -> exception(fault));
  }

  /** Throws next. */
  public Script thenThrowing(Supplier<? extends RuntimeException> failure) {
    return then(new Step.Fail(failure));
  }

  /** Ends so, where it does not fail. */
  public Script endingWith(Finish changed) {
    return new Script(steps, changed, tokens);
  }

  /** Tells these counts; else there is one token read, and one written for each piece. */
  public Script counting(TokenUsage changed) {
    return new Script(steps, finish, changed);
  }

  TokenUsage tokens() {
    int pieces = (int) steps.stream().filter(step -> step instanceof Step.Write).count();
    return tokens != null ? tokens : new TokenUsage(1, pieces);
  }

  Finish play(TextSink sink) throws InterruptedException {
    String held = ""; // the first half of a character whose second half comes with the next piece
    for (Step step : steps) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      switch (step) {
        case Step.Write write -> held = write(held + write.text, sink);
        case Step.Await await -> await.latch.await();
        case Step.Queue queue -> sink.queued(queue.ahead);
        case Step.Fail fail -> throw fail.failure.get();
        case Step.Silence silence -> new CountDownLatch(1).await();
      }
    }
    if (!held.isEmpty()) {
      sink.text("\uFFFD");
    }
    return finish;
  }

  private static String write(String text, TextSink sink) {
    boolean half = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    String whole = half ? text.substring(0, text.length() - 1) : text;
    if (!whole.isEmpty()) {
      sink.text(whole);
    }
    return half ? text.substring(text.length() - 1) : "";
  }

  private Script then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Script(longer, finish, tokens);
  }

  private static RuntimeException exception(ModelFault fault) {
    String message = "The scripted model failed: " + fault.code().words() + ".";
    return switch (fault) {
      case UNREACHABLE, CIRCUIT_OPEN, FIRST_TOKEN_TIMEOUT, STALLED, TOTAL_TIMEOUT, INCOMPLETE ->
          new ModelUnavailableException(fault, message, null, null);
      case BUSY -> new ModelUnavailableException(fault, message, null, Duration.ofSeconds(1));
      case MODEL_MISSING, REJECTED, MODEL_ERROR, PROTOCOL, EMPTY, TOO_LARGE ->
          new ModelFailureException(fault, message, null);
    };
  }
}
