package io.contentcrew.sdk.subscription;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobSignals;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A storage that fails when it is told to, and does chores only when it is told to. */
final class FaultyStorage implements Storage, JobDispatcher, Transactions {
  private final Storage storage;
  private final Map<String, Chore> chores = new ConcurrentHashMap<>();

  /** So many applications of deliveries fail after all their work, before they commit. */
  final AtomicInteger failures = new AtomicInteger();

  /** So many transactions began that are durable. */
  final AtomicInteger durable = new AtomicInteger();

  private final AtomicReference<@Nullable CountDownLatch> held = new AtomicReference<>();

  /** Which of them is refused. */
  volatile int refused;

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

  /** Holds the next durable transaction until the latch is free, and counts from there. */
  CountDownLatch hold() {
    CountDownLatch free = new CountDownLatch(1);
    durable.set(0);
    held.set(free);
    return free;
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    if (durable.incrementAndGet() == refused) {
      throw new PortFailureException("told to refuse it", null);
    }
    Optional.ofNullable(held.getAndSet(null)).ifPresent(FaultyStorage::await);
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

  private static void await(CountDownLatch free) {
    try {
      free.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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
