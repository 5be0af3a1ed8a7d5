package io.contentcrew.domain.user;

import java.util.Objects;
import java.util.UUID;

/** Names a user. Immutable. */
public record UserId(UUID value) {
  public UserId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
