package io.contentcrew.ports.generation;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a run of an instance: new at every start, so that a restarted instance is not taken for the
 * one before.
 */
public record WorkerId(UUID value) {
  public WorkerId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
