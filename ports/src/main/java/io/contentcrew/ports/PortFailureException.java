package io.contentcrew.ports;

import org.jspecify.annotations.Nullable;

/**
 * Something outside failed in a way that will not pass by itself: a refusal, an answer that makes
 * no sense, a broken store.
 */
public non-sealed class PortFailureException extends PortException {
  private static final long serialVersionUID = 1L;

  /** Failed, for {@code cause}. */
  public PortFailureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
