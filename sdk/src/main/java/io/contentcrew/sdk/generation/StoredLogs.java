package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobEvents.Place;
import io.contentcrew.ports.generation.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Reads logs from the store for many readers at once: whoever asks while a read is under way shares
 * the next one with all others who do. An idle reader gets its answer at once; hundreds cost the
 * store a few reads, on {@value #MOST_AT_ONCE} connections at most. Safe for use by many threads.
 */
final class StoredLogs {
  /** So many entries of one log are read at a time. */
  static final int BATCH = 256;

  private static final int PLACES_AT_ONCE = 64;
  private static final int MOST_AT_ONCE = 2;

  private final Transactions transactions;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Wanted> wanted = new ArrayDeque<>();
  private int underWay;

  private record Wanted(Place place, CompletableFuture<List<LogEntry>> entries) {}

  StoredLogs(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Entries after number {@code after}, in order, {@value #BATCH} at most.
   *
   * @throws io.contentcrew.ports.PortException if the store cannot be read
   * @throws InterruptedException if the thread was interrupted; nothing came of it then
   */
  List<LogEntry> readAfter(JobId id, long after) throws InterruptedException {
    Wanted mine = new Wanted(new Place(id, after), new CompletableFuture<>());
    lock.lock();
    try {
      wanted.add(mine);
      if (underWay < MOST_AT_ONCE) {
        underWay++;
        Thread.ofVirtual().name("log-reader").start(this::readAll);
      }
    } finally {
      lock.unlock();
    }
    try {
      return mine.entries.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Reads until nobody wants anything any more. */
  private void readAll() {
    while (true) {
      List<Wanted> next = new ArrayList<>();
      lock.lock();
      try {
        while (!wanted.isEmpty() && next.size() < PLACES_AT_ONCE) {
          next.add(wanted.poll());
        }
        if (next.isEmpty()) {
          underWay--;
          return;
        }
      } finally {
        lock.unlock();
      }
      read(next);
    }
  }

  private void read(List<Wanted> readers) {
    Set<Place> places = readers.stream().map(Wanted::place).collect(Collectors.toSet());
    try {
      Map<Place, List<LogEntry>> found =
          transactions.read(stores -> stores.events().readAfter(places, BATCH));
      readers.forEach(
          reader -> reader.entries.complete(found.getOrDefault(reader.place, List.of())));
    } catch (PortUnavailableException e) {
      readers.forEach(reader -> reader.entries.completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      if (readers.size() == 1) {
        readers.getFirst().entries.completeExceptionally(e);
      } else { // one log that cannot be read must not end the streams of others
        readers.forEach(reader -> read(List.of(reader)));
      }
    }
  }
}
