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
    if (text.length()
        != 36) { // UUID.fromString takes shorter forms too, which would give one job several names
      return Optional.empty();
    }
    try {
      return Optional.of(new JobId(UUID.fromString(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
