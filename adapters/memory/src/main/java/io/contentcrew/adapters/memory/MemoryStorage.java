package io.contentcrew.adapters.memory;

import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobSignals;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Keeps everything in memory, until the process ends. Transactions run one after the other; what a
 * failed one wrote is undone. Safe for use by many threads.
 */
public final class MemoryStorage implements Storage {
  private final Turn turn = new Turn();
  private final MemoryTransactions transactions;
  private final MemoryDispatcher dispatcher;
  private final MemoryJobSignals signals = new MemoryJobSignals();

  private MemoryStorage(InstantSource clock) {
    MemoryJobQueue queue = new MemoryJobQueue(turn, clock);
    transactions = new MemoryTransactions(turn, new MemoryStores(turn, queue, clock));
    dispatcher = new MemoryDispatcher(transactions, queue, clock);
  }

  /**
   * An empty storage.
   *
   * @param clock by which leases end and queued jobs become due
   */
  public static MemoryStorage create(InstantSource clock) {
    return new MemoryStorage(clock);
  }

  @Override
  public Transactions transactions() {
    return transactions;
  }

  @Override
  public JobDispatcher dispatcher() {
    return dispatcher;
  }

  @Override
  public JobSignals signals() {
    return signals;
  }

  @Override
  public void ping() {
    transactions.alone(() -> true);
  }

  @Override
  public void close() {
    dispatcher.stop(Duration.ZERO);
    turn.close();
  }
}
