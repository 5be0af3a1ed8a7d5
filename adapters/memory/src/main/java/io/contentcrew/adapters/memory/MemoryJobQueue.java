package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** The entries: those that are due by their rank, the others by when they will be. */
final class MemoryJobQueue implements JobQueue {
  private static final Comparator<Entry> BY_TIME =
      Comparator.comparing(Entry::due).thenComparingLong(Entry::number);

  private static final Comparator<Entry> BY_RANK =
      Comparator.comparingLong(Entry::rank).thenComparing(BY_TIME);

  private enum All {
    ENTRIES
  }

  private final Table<JobId, Entry> entries;
  private final Index<All, Entry> future;
  private final Index<All, Entry> due;
  private final InstantSource clock;
  private long lastNumber;

  /**
   * An entry.
   *
   * @param rank the second at which it counts as added
   * @param number tells entries of the same instant, and of the same job at different times, apart
   * @param handled whether a handler is at it
   * @param removed whether it goes when the handler returns
   * @param failures how often in a row its handler threw
   */
  record Entry(
      JobId id,
      long rank,
      Instant due,
      long number,
      boolean handled,
      boolean removed,
      int failures) {
    private Entry in(boolean handled, boolean removed) {
      return new Entry(id, rank, due, number, handled, removed, failures);
    }

    private Entry dueAt(Instant instant, int failures) {
      return new Entry(id, rank, instant, number, false, removed, failures);
    }
  }

  MemoryJobQueue(Turn turn, InstantSource clock) {
    entries = new Table<>(turn);
    future = new Index<>(turn, BY_TIME);
    due = new Index<>(turn, BY_RANK);
    this.clock = clock;
  }

  @Override
  public void add(JobId id, Duration handicap, Duration delay) {
    Instant now = clock.instant();
    long rank = now.plus(handicap).getEpochSecond();
    Entry entry = new Entry(id, rank, now.plus(delay), ++lastNumber, false, false, 0);
    if (entries.add(id, entry)) {
      future.add(All.ENTRIES, entry);
    }
  }

  @Override
  public void postpone(Collection<JobId> ids, Duration delay) {
    Instant then = clock.instant().plus(delay);
    for (JobId id : ids) {
      entries
          .get(id)
          .filter(entry -> !entry.handled)
          .ifPresent(
              entry -> {
                Entry later = entry.dueAt(then, entry.failures);
                unlist(entry);
                entries.put(id, later);
                future.add(All.ENTRIES, later);
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
    unlist(entry);
    entries.remove(entry.id);
  }

  private void unlist(Entry entry) {
    future.remove(All.ENTRIES, entry);
    due.remove(All.ENTRIES, entry);
  }

  /** Takes the entry out that is to be handled now, if there is one. */
  Optional<Entry> takeDue() {
    moveWhatIsDue();
    Optional<Entry> first = first(due);
    first.ifPresent(
        entry -> {
          unlist(entry);
          entries.put(entry.id, entry.in(true, false));
        });
    return first;
  }

  private void moveWhatIsDue() {
    Instant now = clock.instant();
    List<Entry> ripe =
        future.of(All.ENTRIES).stream().takeWhile(entry -> !entry.due.isAfter(now)).toList();
    for (Entry entry : ripe) {
      future.remove(All.ENTRIES, entry);
      due.add(All.ENTRIES, entry);
    }
  }

  private static Optional<Entry> first(Index<All, Entry> sorted) {
    NavigableSet<Entry> found = sorted.of(All.ENTRIES);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.first());
  }

  /** How long it is until the next entry is due; empty if none waits. */
  Optional<Duration> untilNext() {
    if (first(due).isPresent()) {
      return Optional.of(Duration.ZERO);
    }
    Instant now = clock.instant();
    return first(future).map(entry -> Duration.between(now, entry.due));
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
                future.add(All.ENTRIES, next);
              }
            });
  }
}
