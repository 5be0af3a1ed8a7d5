package io.contentcrew.adapters.memory;

import io.contentcrew.ports.generation.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** The log of one job: entries in the order of their numbers. */
final class Log {
  private final List<LogEntry> entries = new ArrayList<>();
  private final Turn turn;

  Log(Turn turn) {
    this.turn = turn;
  }

  /** Adds an entry, unless one that ends in the same number is there already. */
  void append(LogEntry entry) {
    turn.check();
    int at = firstAbove(entry.last() - 1);
    if (at < entries.size() && entries.get(at).last() == entry.last()) {
      return;
    }
    entries.add(at, entry);
    turn.onUndo(() -> entries.remove(at));
  }

  long lastSeq() {
    turn.check();
    return entries.isEmpty() ? 0 : entries.getLast().last();
  }

  List<LogEntry> after(long seq, int limit) {
    turn.check();
    int from = firstAbove(seq);
    return List.copyOf(entries.subList(from, (int) Math.min(entries.size(), (long) from + limit)));
  }

  /** The same log without its text. */
  Log withoutText() {
    Log folded = new Log(turn);
    for (LogEntry entry : entries) {
      if (entry instanceof LogEntry.Milestone) {
        folded.entries.add(entry);
      }
    }
    return folded;
  }

  /** Where the first entry is that covers a number above {@code seq}. */
  private int firstAbove(long seq) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).last() > seq) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
