package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Transactions at the isolation level read committed, which run again where they clash. */
final class PostgresTransactions implements Transactions {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final int MOST_RUNS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 20;

  private final Connections connections;
  private final Jdbi jdbi;
  private final ThreadLocal<Boolean> within = new ThreadLocal<>();

  PostgresTransactions(Connections connections) {
    this.connections = connections;
    jdbi = Jdbi.create(connections);
    // A transaction whose connection broke cannot be ended; its connection is closed all the same.
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
  }

  @Override
  public <T> T inTransaction(Work<T> work) {
    return run(() -> once(work, false));
  }

  @Override
  public <T> T inRelaxedTransaction(Work<T> work) {
    return run(() -> once(work, true));
  }

  @Override
  public <T> T read(Work<T> work) {
    return run(() -> statements(work));
  }

  private <T> T run(Supplier<T> once) {
    if (within.get() != null) {
      throw new IllegalStateException("a transaction must not begin within another one");
    }
    // A virtual thread that is interrupted cannot use a socket: each try would close it.
    boolean interrupted = Thread.interrupted();
    within.set(true);
    try {
      for (int run = 1; ; run++) {
        try {
          return once.get();
        } catch (Failures.Clash e) {
          if (run == MOST_RUNS) {
            throw e;
          }
          pause(run);
        }
      }
    } finally {
      within.remove();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void pause(int run) {
    long millis = ThreadLocalRandom.current().nextLong(1, run * LONGEST_PAUSE_MILLIS);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private <T> T once(Work<T> work, boolean relaxed) {
    Handle handle = open();
    Tx tx = new Tx(handle, connections::heard);
    boolean committed = false;
    try {
      handle.begin();
      if (relaxed) {
        tx.update("set local synchronous_commit = off", values -> {});
      }
      T result = work.with(new PostgresStores(tx));
      tx.end();
      handle.commit();
      committed = true;
      return result;
    } catch (JdbiException e) {
      throw Failures.of(e);
    } finally {
      tx.end();
      if (!committed) {
        rollBack(handle);
      }
      close(handle);
    }
  }

  /** Each statement by itself: half as many messages as a transaction of one. */
  private <T> T statements(Work<T> work) {
    Handle handle = open();
    Tx tx = new Tx(handle, connections::heard);
    try {
      return work.with(new PostgresStores(tx));
    } catch (JdbiException e) {
      throw Failures.of(e);
    } finally {
      tx.end();
      close(handle);
    }
  }

  /** Asks the database for anything at all. */
  void ping() {
    try (Handle handle = open()) {
      if (!handle.getConnection().isValid(1)) {
        throw Failures.unavailable("the database does not answer", null);
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    } catch (JdbiException e) {
      throw Failures.of(e);
    }
  }

  private Handle open() {
    if (connections.isClosed()) {
      throw Failures.unavailable("the connection to the database was closed by this program", null);
    }
    try {
      return jdbi.open();
    } catch (JdbiException e) {
      throw Failures.of(e);
    }
  }

  /** Where this fails the connection is broken, and the database rolls back by itself. */
  private static void rollBack(Handle handle) {
    try {
      handle.rollback();
    } catch (JdbiException e) {
      LOG.log(Level.DEBUG, "a rollback was left to the database", Failures.of(e));
    }
  }

  private static void close(Handle handle) {
    try {
      handle.close();
    } catch (JdbiException e) {
      LOG.log(Level.DEBUG, "a broken connection could not be closed", Failures.of(e));
    }
  }
}
