package io.contentcrew.ports.generation;

import io.contentcrew.ports.PortUnavailableException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model's server cannot be had now: it is away, busy, or has fallen silent. */
public final class ModelUnavailableException extends PortUnavailableException {
  private static final long serialVersionUID = 1L;

  private final ModelFault fault;

  /** The fault, what was tried and what to do. */
  public ModelUnavailableException(
      ModelFault fault, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause, retryAfter);
    this.fault = Objects.requireNonNull(fault, "fault");
  }

  /** What exactly went wrong. */
  public ModelFault fault() {
    return fault;
  }
}
