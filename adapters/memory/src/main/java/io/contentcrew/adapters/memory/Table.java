package io.contentcrew.adapters.memory;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Immutable values by key, of which a rollback undoes every change. */
final class Table<K, V> {
  private final Map<K, V> rows = new HashMap<>();
  private final Turn turn;

  Table(Turn turn) {
    this.turn = turn;
  }

  Optional<V> get(K key) {
    turn.check();
    return Optional.ofNullable(rows.get(key));
  }

  V get(K key, V otherwise) {
    turn.check();
    return rows.getOrDefault(key, otherwise);
  }

  boolean has(K key) {
    turn.check();
    return rows.containsKey(key);
  }

  void put(K key, V value) {
    turn.check();
    V before = rows.put(key, value);
    turn.onUndo(() -> restore(key, before));
  }

  /** Puts the value in unless the key is there. Returns whether it was put in. */
  boolean add(K key, V value) {
    if (has(key)) {
      return false;
    }
    put(key, value);
    return true;
  }

  Optional<V> remove(K key) {
    turn.check();
    V before = rows.remove(key);
    if (before != null) {
      turn.onUndo(() -> rows.put(key, before));
    }
    return Optional.ofNullable(before);
  }

  /** Removes all that match. Returns how many did. */
  int removeIf(Predicate<Map.Entry<K, V>> matches) {
    turn.check();
    var gone = rows.entrySet().stream().filter(matches).map(Map.Entry::getKey).toList();
    gone.forEach(this::remove);
    return gone.size();
  }

  Set<K> keys() {
    turn.check();
    return Collections.unmodifiableSet(rows.keySet());
  }

  Collection<V> values() {
    turn.check();
    return Collections.unmodifiableCollection(rows.values());
  }

  int size() {
    turn.check();
    return rows.size();
  }

  private void restore(K key, @Nullable V before) {
    if (before == null) {
      rows.remove(key);
    } else {
      rows.put(key, before);
    }
  }
}
