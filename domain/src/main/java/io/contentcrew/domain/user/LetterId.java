package io.contentcrew.domain.user;

import java.util.Objects;
import java.util.UUID;

/** Names a letter. */
public record LetterId(UUID value) {
  public LetterId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
