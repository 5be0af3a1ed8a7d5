package io.contentcrew.sdk.subscription;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobSignals;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage that fails when it is told to, and does chores only when it is told to. */
final class FaultyStorage implements Storage, JobDispatcher, Transactions {
  private final Storage storage;
  private final Map<String, Chore> chores = new ConcurrentHashMap<>();

  /** So many applications of deliveries fail after all their work, before they commit. */
  final AtomicInteger failures = new AtomicInteger();

  volatile boolean isAway;

  FaultyStorage(Storage storage) {
    this.storage = storage;
  }

  void run(String chore) {
    chores.get(chore).run();
  }

  @Override
  public Transactions transactions() {
    return this;
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    return there().inTransaction(work);
  }

  @Override
  public <T> T inRelaxedTransaction(Work<T> work) {
    return there()
        .inRelaxedTransaction(
            stores -> {
              T result = work.with(stores);
              if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new PortUnavailableException("told to fail before the commit", null);
              }
              return result;
            });
  }

  @Override
  public <T> T read(Work<T> work) {
    return there().read(work);
  }

  private Transactions there() {
    if (isAway) {
      throw new PortUnavailableException("told to be away", null);
    }
    return storage.transactions();
  }

  @Override
  public JobDispatcher dispatcher() {
    return this;
  }

  @Override
  public void repeat(String name, Duration period, Chore chore) {
    chores.put(name, chore);
  }

  @Override
  public void start(int concurrency, Handler handler) {}

  @Override
  public void wake() {}

  @Override
  public void pause() {}

  @Override
  public void stop(Duration grace) {}

  @Override
  public JobSignals signals() {
    return storage.signals();
  }

  @Override
  public void ping() {
    storage.ping();
  }

  @Override
  public void close() {
    storage.close();
  }
}
