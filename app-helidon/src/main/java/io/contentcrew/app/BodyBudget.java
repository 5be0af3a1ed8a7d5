package io.contentcrew.app;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies may be held at a time, by all requests together: each is within its own
 * limit, and thousands that are sent slowly would still fill the heap, before anybody knows who
 * sends them. Safe for use by many threads.
 */
final class BodyBudget {
  /**
   * Up to here a body is small, as nearly all are. Half of the budget is for small ones: a few
   * large ones that are never finished must not keep everybody from signing in.
   */
  static final int SMALL = 16 * 1024;

  private static final long LEAST = 16L << 20;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /** An eighth: while a body grows and is copied, it takes three times its size for a moment. */
  static BodyBudget ofHeap() {
    return new BodyBudget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / 8));
  }

  /** The bytes that are held now. */
  long held() {
    return held.get();
  }

  /** For a new request, which holds nothing yet. */
  Share share() {
    return new Share();
  }

  /** What one request holds; for use by its thread only. */
  final class Share implements AutoCloseable {
    private long mine;
    private boolean givenUp;

    private Share() {}

    /** Takes so many more; returns false, and takes nothing, if there are none left for it. */
    boolean take(int bytes) {
      long limit = mine + bytes <= SMALL ? most : most / 2;
      long before;
      do {
        before = held.get();
        if (before + bytes > limit) {
          return false;
        }
      } while (!held.compareAndSet(before, before + bytes));
      mine += bytes;
      return true;
    }

    /** Notes that the rest of the body is left where it is. */
    void giveUp() {
      givenUp = true;
    }

    boolean isGivenUp() {
      return givenUp;
    }

    /** Gives all back. */
    @Override
    public void close() {
      held.addAndGet(-mine);
      mine = 0;
    }
  }
}
