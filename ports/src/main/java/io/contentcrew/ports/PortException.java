package io.contentcrew.ports;

import org.jspecify.annotations.Nullable;

/**
 * The outside world failed. The message names what was tried and never a secret; the cause, where
 * there is one, is kept.
 */
public abstract sealed class PortException extends RuntimeException
    permits PortUnavailableException, PortFailureException {
  private static final long serialVersionUID = 1L;

  private final String message;

  PortException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  /** What was tried, and what to do. */
  @Override
  public final String getMessage() {
    return message;
  }
}
