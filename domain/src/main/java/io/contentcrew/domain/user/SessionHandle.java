package io.contentcrew.domain.user;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;

/**
 * By which users speak of their sessions. It is half of the digest of the session's id, so it lets
 * nobody in, and a store need not keep it.
 */
public record SessionHandle(UUID value) {
  public SessionHandle {
    Objects.requireNonNull(value, "value");
  }

  /** The handle of the session whose id has that digest: its first 16 bytes. */
  public static SessionHandle of(Digest digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest.bytes());
    return new SessionHandle(new UUID(bytes.getLong(), bytes.getLong()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
