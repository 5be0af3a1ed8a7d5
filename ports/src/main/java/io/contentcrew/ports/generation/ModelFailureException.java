package io.contentcrew.ports.generation;

import io.contentcrew.ports.PortFailureException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model's server failed in a way that asking again would not mend. */
public final class ModelFailureException extends PortFailureException {
  private static final long serialVersionUID = 1L;

  private final ModelFault fault;

  /** The fault, what was tried and what to do. */
  public ModelFailureException(ModelFault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = Objects.requireNonNull(fault, "fault");
  }

  /** What exactly went wrong. */
  public ModelFault fault() {
    return fault;
  }
}
