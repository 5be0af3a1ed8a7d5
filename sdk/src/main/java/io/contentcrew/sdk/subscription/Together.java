package io.contentcrew.sdk.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has work done together that comes at the same time: one of those who bring some does it for all
 * that has gathered, and the others wait for what came of theirs. Whoever comes alone does not
 * wait. Safe for use by many threads.
 *
 * @param <T> what is brought
 * @param <R> what comes of it
 */
final class Together<T, R> {
  private final int most;
  private final long heaviest;
  private final ToLongFunction<T> weight;
  private final Function<List<T>, List<R>> work;
  private final Queue<Place<T, R>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param most how much is done together at most
   * @param heaviest how much that may weigh; one thing alone may weigh more
   * @param work gives one result for each, in their order; what it throws, all of them get
   */
  Together(int most, long heaviest, ToLongFunction<T> weight, Function<List<T>, List<R>> work) {
    this.most = most;
    this.heaviest = heaviest;
    this.weight = weight;
    this.work = work;
  }

  /** Somebody who waits. */
  private static final class Place<T, R> {
    private final T brought;
    private final Thread thread = Thread.currentThread();
    private @Nullable R result;
    private @Nullable RuntimeException failure;
    private volatile boolean isDone;

    private Place(T brought) {
      this.brought = brought;
    }

    private void end(@Nullable R came, @Nullable RuntimeException thrown) {
      result = came;
      failure = thrown;
      isDone = true;
      LockSupport.unpark(thread);
    }
  }

  /** Has it done. Waits for that whatever happens, also when the thread is interrupted. */
  R done(T brought) {
    Place<T, R> mine = new Place<>(brought);
    waiting.add(mine);
    boolean interrupted = false;
    while (!mine.isDone) {
      if (busy.compareAndSet(false, true)) {
        try {
          next();
        } finally {
          busy.set(false);
          Place<T, R> first = waiting.peek();
          if (first != null) {
            LockSupport.unpark(first.thread);
          }
        }
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result(mine);
  }

  private static <T, R> R result(Place<T, R> mine) {
    if (mine.failure != null) {
      throw mine.failure;
    }
    R result = mine.result;
    if (result == null) {
      throw new IllegalStateException("what was done together came to nothing");
    }
    return result;
  }

  /** Takes what has come first; whoever finds its own place done meanwhile takes nothing more. */
  private void next() {
    List<Place<T, R>> places = taken();
    if (places.isEmpty()) {
      return;
    }
    RuntimeException failure = new IllegalStateException("what was done together met an error");
    List<R> results = List.of();
    try {
      results = work.apply(places.stream().map(place -> place.brought).toList());
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      for (int i = 0; i < places.size(); i++) {
        boolean came = results.size() == places.size();
        places.get(i).end(came ? results.get(i) : null, came ? null : failure);
      }
    }
  }

  private List<Place<T, R>> taken() {
    List<Place<T, R>> places = new ArrayList<>();
    long heavy = 0;
    Place<T, R> first = waiting.peek();
    while (first != null && places.size() < most) {
      heavy += weight.applyAsLong(first.brought);
      if (heavy > heaviest && !places.isEmpty()) {
        break;
      }
      places.add(waiting.remove());
      first = waiting.peek();
    }
    return places;
  }
}
