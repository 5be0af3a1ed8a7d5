package io.contentcrew.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Times from the writing of tokens to their arrival. For one thread, but for {@link #writtenUntil}.
 */
final class Latencies {
  private long[] nanos = new long[1 << 16];
  private int size;
  private long last;
  private volatile long end = Long.MAX_VALUE;

  /** Adds a time, and when it ended. */
  void add(long time, long at) {
    if (end != Long.MAX_VALUE && at - time - end >= 0) {
      return;
    }
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
    last = at;
  }

  /**
   * Leaves out tokens that are written later than that, by {@link System#nanoTime()}. One that was
   * written before counts whenever it arrives, or the slowest would be missing.
   */
  void writtenUntil(long nanos) {
    end = nanos;
  }

  /** All of those together. */
  static Latencies all(List<Latencies> parts) {
    Latencies all = new Latencies();
    for (Latencies part : parts) {
      for (int i = 0; i < part.size; i++) {
        all.add(part.nanos[i], Math.max(all.last, part.last));
      }
    }
    return all;
  }

  int size() {
    return size;
  }

  /** When the last token arrived, by {@link System#nanoTime()}. */
  long last() {
    return last;
  }

  /** The time, in milliseconds, that this share of all tokens did not exceed; NaN for no token. */
  double quantile(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e6;
  }
}
