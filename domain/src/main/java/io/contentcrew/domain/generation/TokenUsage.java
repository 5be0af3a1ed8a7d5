package io.contentcrew.domain.generation;

/**
 * What a call of a model cost, in tokens; 0 where the model did not tell.
 *
 * @param input tokens read
 * @param output tokens written
 */
public record TokenUsage(int input, int output) {
  /** Nothing yet. */
  public static final TokenUsage NONE = new TokenUsage(0, 0);

  public TokenUsage {
    if (input < 0 || output < 0) {
      throw new IllegalArgumentException("token counts cannot be negative");
    }
  }

  /** Both together. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(input + other.input, output + other.output);
  }
}
