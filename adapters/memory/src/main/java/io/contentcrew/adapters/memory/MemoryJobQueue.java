package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The entries, sorted by when they are due. */
final class MemoryJobQueue implements JobQueue {
  private static final Comparator<Entry> BY_TIME =
      Comparator.comparing(Entry::due).thenComparingLong(Entry::number);

  private final Table<JobId, Entry> entries;
  private final Index<Boolean, Entry> waiting;
  private final InstantSource clock;
  private long lastNumber;

  /**
   * An entry.
   *
   * @param number tells entries of the same instant, and of the same job at different times, apart
   * @param handled whether a handler is at it
   * @param removed whether it goes when the handler returns
   * @param failures how often in a row its handler threw
   */
  record Entry(
      JobId id,
      boolean priority,
      Instant due,
      long number,
      boolean handled,
      boolean removed,
      int failures) {
    private Entry in(boolean handled, boolean removed) {
      return new Entry(id, priority, due, number, handled, removed, failures);
    }

    private Entry dueAt(Instant instant, int failures) {
      return new Entry(id, priority, instant, number, false, removed, failures);
    }
  }

  MemoryJobQueue(Turn turn, InstantSource clock) {
    entries = new Table<>(turn);
    waiting = new Index<>(turn, BY_TIME);
    this.clock = clock;
  }

  @Override
  public void add(JobId id, boolean priority, Duration delay) {
    Entry entry =
        new Entry(id, priority, clock.instant().plus(delay), ++lastNumber, false, false, 0);
    if (entries.add(id, entry)) {
      waiting.add(priority, entry);
    }
  }

  @Override
  public void postpone(Collection<JobId> ids, Duration delay) {
    Instant due = clock.instant().plus(delay);
    for (JobId id : ids) {
      entries
          .get(id)
          .filter(entry -> !entry.handled)
          .ifPresent(
              entry -> {
                Entry later = entry.dueAt(due, entry.failures);
                waiting.remove(entry.priority, entry);
                entries.put(id, later);
                waiting.add(later.priority, later);
              });
    }
  }

  @Override
  public void remove(JobId id) {
    entries
        .get(id)
        .ifPresent(
            entry -> {
              if (entry.handled) {
                entries.put(id, entry.in(true, true));
              } else {
                drop(entry);
              }
            });
  }

  private void drop(Entry entry) {
    waiting.remove(entry.priority, entry);
    entries.remove(entry.id);
  }

  /** Takes the entry out that is to be handled now, if there is one. */
  Optional<Entry> takeDue() {
    Instant now = clock.instant();
    Optional<Entry> due =
        first(true)
            .filter(entry -> !entry.due.isAfter(now))
            .or(() -> first(false).filter(entry -> !entry.due.isAfter(now)));
    due.ifPresent(
        entry -> {
          waiting.remove(entry.priority, entry);
          entries.put(entry.id, entry.in(true, false));
        });
    return due;
  }

  private Optional<Entry> first(boolean priority) {
    var sorted = waiting.of(priority);
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.first());
  }

  /** How long it is until the next entry is due; empty if none waits. */
  Optional<Duration> untilNext() {
    Instant now = clock.instant();
    return Stream.of(first(true), first(false))
        .flatMap(Optional::stream)
        .map(entry -> Duration.between(now, entry.due))
        .min(Comparator.naturalOrder());
  }

  /** Its handler is done with it for good. */
  void done(Entry handled) {
    entries.remove(handled.id);
  }

  /** Its handler wants to be called again. */
  void again(Entry handled, Duration in) {
    putBack(handled, in, 0);
  }

  /** Its handler threw. */
  void failed(Entry handled, Duration in) {
    putBack(handled, in, handled.failures + 1);
  }

  private void putBack(Entry handled, Duration in, int failures) {
    entries
        .get(handled.id)
        .ifPresent(
            entry -> {
              if (entry.removed) {
                entries.remove(entry.id);
              } else {
                Entry next = entry.dueAt(clock.instant().plus(in), failures);
                entries.put(entry.id, next);
                waiting.add(next.priority, next);
              }
            });
  }
}
