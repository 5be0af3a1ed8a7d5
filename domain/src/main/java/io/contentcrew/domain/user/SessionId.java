package io.contentcrew.domain.user;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;

/**
 * Names a session, and with it lets its holder in: treat it as a secret. Adapters store only {@link
 * #digest()}, and {@link #toString()} does not show it.
 */
public record SessionId(UUID value) {
  public SessionId {
    Objects.requireNonNull(value, "value");
  }

  /** What is kept of it. */
  public Digest digest() {
    return Digest.of(
        ByteBuffer.allocate(16)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits())
            .array());
  }

  /** Its name for others, which lets nobody in. */
  public SessionHandle handle() {
    return SessionHandle.of(digest());
  }

  @Override
  public String toString() {
    return "SessionId[hidden]";
  }
}
