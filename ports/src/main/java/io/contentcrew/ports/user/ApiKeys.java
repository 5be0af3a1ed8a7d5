package io.contentcrew.ports.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys by which programs act for users. Of a key only its digest is kept. */
public interface ApiKeys {
  /** Adds a key; its user must exist. */
  void add(ApiKey key, Digest secret);

  /**
   * Whose key it is; empty if there is none, or it was revoked or has expired at {@code now}, or
   * its account is not active.
   */
  Optional<Holder> find(Digest secret, Instant now);

  /** The user's keys that were not revoked, the newest first; also those that have expired. */
  List<Listed> list(UserId user);

  /** How many keys of the user were not revoked. */
  int count(UserId user);

  /**
   * Notes that the key was used; cheap enough for each request: within a minute it is written once.
   */
  void used(ApiKeyId id, Instant now);

  /** Revokes a key, if it is the user's: for good. Returns whether it was there. */
  boolean revoke(UserId user, ApiKeyId id);

  /** Revokes all keys of the user. Returns how many there were. */
  int revokeAll(UserId user);

  /** A key, its user, and the tier the user is entitled to. */
  record Holder(ApiKey key, User user, Entitlement entitlement) {}

  /** A key and when it was last used, if ever. */
  record Listed(ApiKey key, Optional<Instant> lastUsedAt) {}
}
