package io.contentcrew.domain.generation;

import io.contentcrew.domain.ModelName;
import java.time.Duration;

/**
 * How a model's answer ended.
 *
 * @param model the model that answered, as its server names it
 * @param finish why it stopped
 * @param tokens read and written
 * @param timings where the time went
 */
public record Completion(ModelName model, Finish finish, TokenUsage tokens, Timings timings) {
  /** Why a model stopped writing. */
  public enum Finish {
    /** It was done. */
    STOP,
    /** It ran out of {@link Prompt#maxTokens()} or of context: the text is cut short. */
    LENGTH,
    /** A filter of the server stopped it. */
    FILTERED
  }

  /**
   * Where the time of a call went; zero where it is not known.
   *
   * @param queued waiting for a place at the model's gate
   * @param load loading the model
   * @param prefill reading the prompt
   * @param decode writing the answer
   * @param total from the call to its end, everything included
   * @param retries how many earlier tries had failed before a token came
   */
  public record Timings(
      Duration queued,
      Duration load,
      Duration prefill,
      Duration decode,
      Duration total,
      int retries) {
    /** Only the total is known. */
    public static Timings of(Duration total) {
      return new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, total, 0);
    }
  }
}
