package io.contentcrew.adapters.llmhttp;

/** Makes sense of the lines of one answer. For one thread, and for one answer only. */
public interface LineDecoder {
  /**
   * Takes the next line, without its end. The bytes are of no use after the call.
   *
   * @throws AnswerException if the line makes no sense, or tells of a failure
   */
  void line(byte[] bytes, int from, int to, Answer answer) throws AnswerException;

  /** The body has ended, after all its lines. */
  default void end(Answer answer) throws AnswerException {}
}
