package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, of which one can tell whether more can be read without waiting. For one
 * thread.
 */
final class ReadAhead {
  private final InputStream body;
  private final @Nullable Tap tap;
  private long taken;
  private int paced;

  /**
   * Reads {@code body}.
   *
   * @param tap where it comes from; null where one cannot look, as under TLS
   * @param isChunked whether it comes in transport chunks; else a read takes all there is
   */
  ReadAhead(InputStream body, @Nullable Tap tap, boolean isChunked) {
    this.body = body;
    this.tap = isChunked ? tap : null;
    this.paced = tap == null ? 0 : tap.reads();
  }

  /** Reads what is there, or waits for it; -1 at the end. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (tap != null && isEmpty(tap.meter())) {
      tap.await();
    }
    int count = body.read(bytes, offset, length);
    taken += Math.max(0, count);
    return count;
  }

  /** Whether for certain nothing can be read without waiting. */
  private boolean isEmpty(ChunkMeter meter) {
    return meter.isKnown() && !meter.isDone() && meter.data() == taken;
  }

  /** Whether for certain the next read will not wait. */
  boolean hasMore() throws IOException {
    if (body.available() > 0) { // of a chunk that did not fit into the last read
      return true;
    }
    if (tap == null || !tap.meter().isKnown()) {
      return false;
    }
    return tap.meter().isDone() || tap.meter().data() > taken;
  }

  /** Whether the connection was read since the last time this was asked. */
  boolean wasRead() {
    if (tap == null || tap.reads() == paced) {
      return false;
    }
    paced = tap.reads();
    return true;
  }
}
