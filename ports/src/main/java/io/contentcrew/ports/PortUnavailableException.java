package io.contentcrew.ports;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something outside cannot be had now; later it may. Nothing was changed, as far as the caller's
 * transaction is concerned.
 */
public non-sealed class PortUnavailableException extends PortException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /** Unavailable for a time nobody knows. */
  public PortUnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, null);
  }

  /**
   * Unavailable.
   *
   * @param retryAfter when it is worth asking again; null if nobody knows
   */
  public PortUnavailableException(
      String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** When it is worth asking again, where that is known. */
  public final Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
