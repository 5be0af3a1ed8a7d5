package io.contentcrew.adapters.security;

import io.contentcrew.ports.Secret;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key that signs, and those that still verify. */
final class KeyRing {
  private final SigningKey current;
  private final Map<String, SigningKey> byId = new HashMap<>();

  KeyRing(SigningKey current, List<SigningKey> previous) {
    this.current = current;
    previous.forEach(key -> byId.put(key.id(), key));
    byId.put(current.id(), current);
  }

  static KeyRing of(Secret current, List<Secret> previous) {
    return new KeyRing(
        SigningKey.of(current.reveal()),
        previous.stream().map(key -> SigningKey.of(key.reveal())).toList());
  }

  /** The key that signs new tokens. */
  SigningKey current() {
    return current;
  }

  /** All of them. */
  Collection<SigningKey> all() {
    return byId.values();
  }

  /** The key of that name; a name is looked up here and nowhere else. */
  Optional<SigningKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
