package io.contentcrew.adapters.memory;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Sorted values under each key, of which a rollback undoes every change. */
final class Index<K, V> {
  private final Map<K, NavigableSet<V>> values = new HashMap<>();
  private final Turn turn;
  private final Comparator<? super V> order;

  Index(Turn turn, Comparator<? super V> order) {
    this.turn = turn;
    this.order = order;
  }

  /** The values of {@code key}, for reading before the next change. */
  NavigableSet<V> of(K key) {
    turn.check();
    return Collections.unmodifiableNavigableSet(
        values.getOrDefault(key, new TreeSet<>(order))); // an empty one has an order, too
  }

  void add(K key, V value) {
    turn.check();
    if (insert(key, value)) {
      turn.onUndo(() -> delete(key, value));
    }
  }

  void remove(K key, V value) {
    turn.check();
    if (delete(key, value)) {
      turn.onUndo(() -> insert(key, value));
    }
  }

  private boolean insert(K key, V value) {
    return values.computeIfAbsent(key, unseen -> new TreeSet<>(order)).add(value);
  }

  private boolean delete(K key, V value) {
    NavigableSet<V> found = values.get(key);
    if (found == null || !found.remove(value)) {
      return false;
    }
    if (found.isEmpty()) {
      values.remove(key);
    }
    return true;
  }
}
