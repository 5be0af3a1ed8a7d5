package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.IdempotencyKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class MemoryIdempotencyKeys implements IdempotencyKeys {
  private final Table<Key, Held> keys;

  private record Key(UserId user, String key) {}

  private record Held(Entry entry, Instant expiresAt) {}

  MemoryIdempotencyKeys(Turn turn) {
    keys = new Table<>(turn);
  }

  @Override
  public Optional<Entry> take(
      UserId user, String key, String requestHash, JobId job, Instant now, Instant expiresAt) {
    Key wanted = new Key(user, key);
    Optional<Entry> holder =
        keys.get(wanted).filter(held -> now.isBefore(held.expiresAt)).map(Held::entry);
    if (holder.isEmpty()) {
      keys.put(wanted, new Held(new Entry(requestHash, job), expiresAt));
    }
    return holder.filter(entry -> !entry.job().equals(job));
  }

  @Override
  public void handOver(UserId from, UserId to) {
    for (Key key : List.copyOf(keys.keys())) {
      if (key.user.equals(from)) {
        keys.remove(key).ifPresent(held -> keys.add(new Key(to, key.key), held));
      }
    }
  }

  @Override
  public int purge(Instant now, int limit) {
    List<Key> expired =
        keys.keys().stream()
            .filter(key -> keys.get(key).orElseThrow().expiresAt.isBefore(now))
            .limit(limit)
            .toList();
    expired.forEach(keys::remove);
    return expired.size();
  }

  /** Forgets all keys of a user. */
  void delete(UserId user) {
    keys.removeIf(entry -> entry.getKey().user.equals(user));
  }
}
