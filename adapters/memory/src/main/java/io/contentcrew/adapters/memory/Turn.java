package io.contentcrew.adapters.memory;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to use the data: one transaction's, then the next one's, in the order of their
 * arrival. Keeps how to undo what the present one wrote.
 */
final class Turn {
  // Fair, so that a crowd of readers cannot keep a heartbeat waiting until its worker is dead.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private boolean closed;

  /** Waits for the turn. */
  void begin() {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction must not begin within another one");
    }
    lock.lock();
    if (closed) {
      lock.unlock();
      throw new PortUnavailableException("the storage in memory is closed", null);
    }
  }

  /** Ends the turn and keeps what was written. */
  void commit() {
    undo.clear();
    lock.unlock();
  }

  /** Ends the turn as if it had never been. */
  void rollBack() {
    try {
      while (!undo.isEmpty()) {
        undo.pop().run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** To be called before the data is read or written. */
  void check() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "stores are for the thread of their transaction, until its end");
    }
  }

  /** Tells how to undo what is being written. */
  void onUndo(Runnable inverse) {
    check();
    undo.push(inverse);
  }

  /** What the storage does not allow. */
  static PortFailureException refused(String why) {
    return new PortFailureException("the storage in memory refused: " + why, null);
  }

  /** A condition of the lock, for those who wait until the data has changed. */
  Condition condition() {
    return lock.newCondition();
  }

  /** Lets nobody begin any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
