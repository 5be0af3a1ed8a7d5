package io.contentcrew.domain.user;

import java.util.Objects;
import java.util.UUID;

/** Names an API key; lets nobody in. */
public record ApiKeyId(UUID value) {
  public ApiKeyId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
