package io.contentcrew.ports.generation;

/** Takes what a {@link TextGenerator} has to tell while it generates. */
@FunctionalInterface
public interface TextSink {
  /** The next piece of text. */
  void text(String piece);

  /**
   * The call waits for a place at the model, with {@code ahead} others before it; called again as
   * they become fewer.
   */
  default void queued(int ahead) {}
}
