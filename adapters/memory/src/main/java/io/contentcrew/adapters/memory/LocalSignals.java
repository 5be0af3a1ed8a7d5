package io.contentcrew.adapters.memory;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.JobSignals;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Signals within this process, on one thread, so that they keep their order. */
final class LocalSignals implements JobSignals, AutoCloseable {
  private final List<Hearing> hearings = new CopyOnWriteArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("contentcrew-signals").factory());

  private final class Hearing implements Listening {
    private final Consumer<Signal> listener;

    Hearing(Consumer<Signal> listener) {
      this.listener = listener;
    }

    @Override
    public boolean hears() {
      return hearings.contains(this) && !thread.isShutdown();
    }

    @Override
    public void close() {
      hearings.remove(this);
    }
  }

  @Override
  public void send(Collection<Signal> signals) {
    List<Signal> sent = List.copyOf(signals);
    try {
      thread.execute(() -> sent.forEach(this::tell));
    } catch (RejectedExecutionException e) {
      throw new PortUnavailableException("the storage in memory is closed", e);
    }
  }

  private void tell(Signal signal) {
    hearings.forEach(hearing -> hearing.listener.accept(signal));
  }

  @Override
  public Listening listen(Consumer<Signal> listener) {
    Hearing hearing = new Hearing(listener);
    hearings.add(hearing);
    return hearing;
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
