package io.contentcrew.ports.generation;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;

/** Writes text for a prompt. Safe for use by many threads. */
public interface TextGenerator {
  /** The name under which it is shown; always the same. */
  EngineName name();

  /** Whether what it writes is a labelled sample, not the work of a model; always the same. */
  default boolean isDemo() {
    return false;
  }

  /**
   * The model that answers when {@code asked} is asked for; another one only where the generator
   * has no choice of models.
   */
  default ModelName modelFor(ModelName asked) {
    return asked;
  }

  /**
   * Whether {@code model} could be asked now. Answers within two seconds, and from memory when it
   * was asked a moment ago.
   */
  Readiness readiness(ModelName model);

  /**
   * Passes the text to {@code sink} piece by piece and returns how it ended. Blocks. Not
   * idempotent: a second call generates, and costs, again. If the sink throws, generation stops and
   * the exception is rethrown unchanged.
   *
   * <p>Interrupting the calling thread stops the generation, also before the first piece: within
   * 500 ms the connection to the model is closed and the method throws. What came until then has
   * been passed on.
   *
   * @param sink called on the calling thread, in order, never with an empty piece and never with
   *     half a character (an unpaired surrogate at its end)
   * @return how it ended, with counts in tokens
   * @throws InterruptedException if the thread was interrupted, before or during the call
   * @throws ModelUnavailableException if the model cannot be reached, is busy or falls silent for
   *     longer than it may
   * @throws ModelFailureException if the model is not there, refuses, or answers with what makes no
   *     sense
   */
  Completion generate(Prompt prompt, TextSink sink) throws InterruptedException;
}
