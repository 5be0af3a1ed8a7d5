package io.contentcrew.ports.subscription;

import java.util.Objects;
import java.util.UUID;

/** Names a stored delivery: a UUID, version 7. */
public record WebhookId(UUID value) {
  public WebhookId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
