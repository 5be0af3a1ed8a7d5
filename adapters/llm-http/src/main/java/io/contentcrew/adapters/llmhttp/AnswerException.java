package io.contentcrew.adapters.llmhttp;

import io.contentcrew.ports.generation.ModelFault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A try of a call failed. Never leaves the adapters. */
public final class AnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ModelFault fault;
  private final @Nullable String serverWords;
  private final @Nullable Duration retryAfter;

  /** Failed so; {@code message} is a sentence or two: what was tried, and what to do. */
  public AnswerException(ModelFault fault, String message) {
    this(fault, message, null, null, null);
  }

  AnswerException(ModelFault fault, String message, Throwable cause) {
    this(fault, message, cause, null, null);
  }

  private AnswerException(
      ModelFault fault,
      String message,
      @Nullable Throwable cause,
      @Nullable String serverWords,
      @Nullable Duration retryAfter) {
    super(message, cause);
    this.fault = fault;
    this.serverWords = serverWords;
    this.retryAfter = retryAfter;
  }

  /** The same, with what the server said of it; that is cleaned before anybody sees it. */
  public AnswerException saying(String words) {
    return new AnswerException(fault, message(), getCause(), words, retryAfter);
  }

  /** The same, with the time after which the server wants to be asked again. */
  public AnswerException retryAfter(Optional<Duration> time) {
    return new AnswerException(fault, message(), getCause(), serverWords, time.orElse(null));
  }

  ModelFault fault() {
    return fault;
  }

  String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  Optional<String> serverWords() {
    return Optional.ofNullable(serverWords);
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether another try may go better, as long as no token has come. */
  boolean mayPass() {
    return switch (fault) {
      case UNREACHABLE, BUSY, MODEL_ERROR, INCOMPLETE -> true;
      case CIRCUIT_OPEN,
          MODEL_MISSING,
          REJECTED,
          FIRST_TOKEN_TIMEOUT,
          STALLED,
          TOTAL_TIMEOUT,
          PROTOCOL,
          EMPTY,
          TOO_LARGE ->
          false;
    };
  }

  /** Whether it speaks against the server, and not for its being alive. */
  boolean countsAgainstServer() {
    return switch (fault) {
      case UNREACHABLE, FIRST_TOKEN_TIMEOUT, STALLED, MODEL_ERROR, INCOMPLETE, PROTOCOL -> true;
      case BUSY, CIRCUIT_OPEN, MODEL_MISSING, REJECTED, TOTAL_TIMEOUT, EMPTY, TOO_LARGE -> false;
    };
  }
}
