package io.contentcrew.adapters.memory;

import io.contentcrew.ports.generation.JobSignals;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals within this process. Safe for use by many threads. A thread calls the listeners while
 * there is something to tell, and ends then, so that there is nothing to close.
 */
final class MemoryJobSignals implements JobSignals {
  /** What listeners are too slow for is dropped, the oldest first: it is the newest that counts. */
  static final int ROOM = 32_768;

  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.memory");

  private final List<Registration> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Signal> queue = new ArrayDeque<>();
  private boolean calling;

  private final class Registration implements Listening {
    private final Consumer<Signal> listener;
    private volatile boolean closed;

    private Registration(Consumer<Signal> listener) {
      this.listener = listener;
    }

    private void hear(Signal signal) {
      if (closed) {
        return;
      }
      try {
        listener.accept(signal);
      } catch (RuntimeException | Error e) { // whatever it is, the others go on hearing
        LOG.log(System.Logger.Level.ERROR, "a listener to signals threw", e);
      }
    }

    @Override
    public boolean hears() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
      listeners.remove(this);
    }
  }

  @Override
  public void send(Collection<Signal> signals) {
    List<Signal> sent = List.copyOf(signals);
    if (sent.isEmpty() || listeners.isEmpty()) {
      return;
    }
    boolean begin;
    lock.lock();
    try {
      queue.addAll(sent);
      while (queue.size() > ROOM) {
        queue.remove();
      }
      begin = !calling;
      calling = true;
    } finally {
      lock.unlock();
    }
    if (begin) {
      Thread.ofVirtual().name("contentcrew-signals").start(this::call);
    }
  }

  private void call() {
    for (Signal next = next(); next != null; next = next()) {
      for (Registration listener : listeners) {
        listener.hear(next);
      }
    }
  }

  /** The next signal; when there is none, the caller calls no more. */
  private @Nullable Signal next() {
    lock.lock();
    try {
      Signal next = queue.poll();
      calling = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Listening listen(Consumer<Signal> listener) {
    Registration registration = new Registration(listener);
    listeners.add(registration);
    return registration;
  }
}
