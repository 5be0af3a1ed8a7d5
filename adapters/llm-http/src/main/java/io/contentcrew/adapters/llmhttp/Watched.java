package io.contentcrew.adapters.llmhttp;

import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** A call that is cut off when its time is up or its thread is interrupted. */
final class Watched implements AutoCloseable {
  /** Why a call was cut off. */
  enum Cut {
    NO_FIRST_TOKEN,
    NO_FURTHER_TOKEN,
    TOTAL,
    INTERRUPTED,
    CLOSED
  }

  private static final long FAR = Long.MAX_VALUE / 2;

  private final Watch watch;
  private final Call call;
  private final Thread thread = Thread.currentThread();
  private final long endAt;
  private volatile Cut silence = Cut.NO_FIRST_TOKEN;
  private volatile long silentUntil;
  private volatile @Nullable Cut cut;

  Watched(Watch watch, Call call, long endAt) {
    this.watch = watch;
    this.call = call;
    this.endAt = endAt;
    this.silentUntil = System.nanoTime() + FAR;
  }

  /** The server is waited for until then, by {@link System#nanoTime()}. */
  void awaitUntil(long time, Cut otherwise) {
    silence = otherwise;
    silentUntil = time;
  }

  /** The server is not waited for: whatever takes time now is our own affair. */
  void rest(long now) {
    silentUntil = now + FAR;
  }

  /** Cuts the call off if it is time. */
  void check(long now) {
    if (cut != null) {
      return;
    }
    if (thread.isInterrupted()) {
      cut(Cut.INTERRUPTED);
    } else if (now - endAt >= 0) {
      cut(Cut.TOTAL);
    } else if (now - silentUntil >= 0) {
      cut(silence);
    }
  }

  void cut(Cut why) {
    cut = why;
    call.cancel();
  }

  /** Why it was cut off; null if it was not. */
  @Nullable Cut cut() {
    return cut;
  }

  @Override
  public void close() {
    watch.end(this);
  }
}
