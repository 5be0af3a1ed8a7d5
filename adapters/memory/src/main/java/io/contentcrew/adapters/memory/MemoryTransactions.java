package io.contentcrew.adapters.memory;

import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import java.util.function.Supplier;

/** One transaction at a time; each is short, as none may wait for anything outside. */
final class MemoryTransactions implements Transactions {
  private final Turn turn;
  private final Stores stores;

  MemoryTransactions(Turn turn, Stores stores) {
    this.turn = turn;
    this.stores = stores;
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    return alone(() -> work.with(stores));
  }

  @Override
  public <T> T inRelaxedTransaction(Work<T> work) {
    return alone(() -> work.with(stores));
  }

  @Override
  public <T> T read(Work<T> work) {
    return alone(() -> work.with(stores));
  }

  /** Uses the data while nobody else does. */
  <T> T alone(Supplier<T> use) {
    turn.begin();
    boolean done = false;
    try {
      T result = use.get();
      done = true;
      return result;
    } finally {
      if (done) {
        turn.commit();
      } else {
        turn.rollBack();
      }
    }
  }
}
