package io.contentcrew.domain.user;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a session, and with it lets its holder in: treat it as a secret. Adapters store only a hash
 * of it, and {@link #toString()} does not show it.
 */
public record SessionId(UUID value) {
  public SessionId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "SessionId[hidden]";
  }
}
