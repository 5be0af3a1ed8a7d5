package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Prompt;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What differs between the servers of models. Safe for use by many threads. */
public interface Dialect {
  /** The name of the product, for messages. */
  String product();

  /** What to do when the server is away: a sentence. */
  String whenAway();

  /** Headers of every request. */
  Map<String, String> headers();

  /** Where chats go, below the base URL. */
  String chatPath();

  /** The body of a chat; may ask the server first how it wants it. */
  byte[] question(Prompt prompt, Endpoint endpoint) throws InterruptedException;

  /** Whether a body of that type can be an answer; the type is in lower case, empty if none. */
  boolean understands(String contentType);

  /** A decoder for one answer with a body of that type. */
  LineDecoder decoder(String contentType);

  /** What it means that the server did not answer with 200. */
  AnswerException refusal(Reply reply, ModelName model, Endpoint endpoint);

  /** What to do when a model is missing: sentences, with the command where there is one. */
  String remedy(ModelName model);

  /**
   * Asks for a sign of life, with one request.
   *
   * @param timeout for that request
   * @throws IOException if there is none, or it is not this kind of server
   */
  void ping(Endpoint endpoint, Duration timeout) throws IOException;

  /**
   * Asks which models there are, with three requests at most.
   *
   * @param timeout for each of them
   * @throws IOException if the server is away, or says something else
   */
  ModelList models(Endpoint endpoint, Duration timeout) throws IOException;

  /** Whether {@link #fetch} may bring a missing model. */
  default boolean fetchesMissing() {
    return false;
  }

  /**
   * Tries to get a missing model; waits for it.
   *
   * @return whether it is there now
   */
  default boolean fetch(ModelName model, Endpoint endpoint) throws InterruptedException {
    return false;
  }
}
