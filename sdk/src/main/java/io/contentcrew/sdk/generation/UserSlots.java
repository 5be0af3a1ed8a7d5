package io.contentcrew.sdk.generation;

import io.contentcrew.domain.user.UserId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many of a kind one user has at work at the same time, agents for example. Safe for use by
 * many threads.
 */
final class UserSlots {
  private final ConcurrentHashMap<UserId, Slots> users = new ConcurrentHashMap<>();

  private record Slots(Semaphore free, int users) {
    Slots plus(int more) {
      return new Slots(free, users + more);
    }
  }

  /**
   * Takes a slot of the user, waiting for it in turn. {@code limit} counts when the user has
   * nothing at work yet.
   */
  void acquire(UserId user, int limit) throws InterruptedException {
    Slots slots =
        users.compute(
            user,
            (any, old) -> old == null ? new Slots(new Semaphore(limit, true), 1) : old.plus(1));
    try {
      slots.free.acquire();
    } catch (InterruptedException e) {
      leave(user);
      throw e;
    }
  }

  /** Gives a slot back. */
  void release(UserId user) {
    Slots slots = users.get(user);
    if (slots == null) {
      throw new IllegalStateException("a slot was released that was not taken");
    }
    slots.free.release();
    leave(user);
  }

  private void leave(UserId user) {
    users.computeIfPresent(user, (any, slots) -> slots.users == 1 ? null : slots.plus(-1));
  }
}
