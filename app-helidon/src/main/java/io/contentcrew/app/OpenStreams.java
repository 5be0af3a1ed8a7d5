package io.contentcrew.app;

import io.contentcrew.domain.user.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the streams that are open, and lets nobody open more than a user, or all together, may
 * have: each holds a connection, a thread and memory for as long as it likes. Safe for use by many
 * threads.
 */
final class OpenStreams {
  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final int perUser;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UserId, Integer> byUser = new HashMap<>();
  private int open;

  OpenStreams(int perUser, int most) {
    this.perUser = perUser;
    this.most = most;
  }

  /** How many are open. */
  int count() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** A place for one stream; to be closed when the stream ends, however it does. */
  final class Place implements AutoCloseable {
    private final UserId user;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Place(UserId user) {
      this.user = user;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        leave(user);
      }
    }
  }

  /** Takes a place, or ends the request with a problem that says what to do. */
  Place enter(UserId user) {
    lock.lock();
    try {
      int theirs = byUser.getOrDefault(user, 0);
      if (theirs >= perUser) {
        throw tooMany(
            "You have "
                + theirs
                + (theirs == 1 ? " stream" : " streams")
                + " open, and may have no more. Close one, for example in another tab, and connect"
                + " again with Last-Event-ID; the job goes on meanwhile, and nothing is lost.");
      }
      if (open >= most) {
        throw tooMany(
            "As many streams are open as this service can carry. Connect again a little later, with"
                + " Last-Event-ID; the job goes on meanwhile, and nothing is lost.");
      }
      byUser.put(user, theirs + 1);
      open++;
      return new Place(user);
    } finally {
      lock.unlock();
    }
  }

  private void leave(UserId user) {
    lock.lock();
    try {
      open--;
      byUser.computeIfPresent(user, (any, theirs) -> theirs == 1 ? null : theirs - 1);
    } finally {
      lock.unlock();
    }
  }

  private static Problem.Thrown tooMany(String detail) {
    return Problem.of(Problem.Code.RATE_LIMITED, detail).retryAfter(A_WHILE).asException();
  }
}
