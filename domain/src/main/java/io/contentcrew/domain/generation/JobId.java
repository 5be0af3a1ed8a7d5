package io.contentcrew.domain.generation;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Names a job. */
public record JobId(UUID value) {
  public JobId {
    Objects.requireNonNull(value, "value");
  }

  /** The id written in {@code text}, or empty when it is none. */
  public static Optional<JobId> parse(String text) {
    try {
      JobId id = new JobId(UUID.fromString(text));
      // it takes shorter and longer groups of digits too, which would give one job several names
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
