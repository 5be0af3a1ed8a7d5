package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.generation.JobSignals.Signal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The connection that hears notifications, outside of the pool, and opened again by itself. A
 * thread of the platform holds it, as it spends its life in reads of a socket.
 */
final class SignalEar implements AutoCloseable {
  /** Notifications stay within their database, so that all instances can use one name. */
  static final String CHANNEL = "contentcrew_job_signals";

  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final int LISTEN_MILLIS = 500;
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

  private final PostgresConfig config;
  private final Consumer<Signal> listener;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Connection open;
  private volatile boolean hears;
  private volatile boolean closed;

  SignalEar(PostgresConfig config, Consumer<Signal> listener) {
    this.config = config;
    this.listener = listener;
    thread = Thread.ofPlatform().name("contentcrew-signals").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean hears() {
    return hears;
  }

  /** Waits until it has tried to connect once, with or without success. */
  void awaitFirstTry() {
    try {
      if (!tried.await(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "the database takes its time to let us listen");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try (Connection connection = connect()) {
        open = connection;
        listen(connection);
      } catch (SQLException e) {
        if (hears && !closed) {
          pause = FIRST_PAUSE;
          LOG.log(Level.WARNING, "signals of other instances are not heard for now");
        }
        LOG.log(Level.DEBUG, "the connection for signals broke", Failures.of(e));
      } catch (RuntimeException | Error e) { // whatever it is, what comes next is to be heard
        LOG.log(Level.ERROR, "listening to signals failed with {0}", e.getClass().getName());
      } finally {
        hears = false;
        open = null;
        tried.countDown();
      }
      if (!closed) {
        LockSupport.parkNanos(pause.toNanos());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = Connections.dataSource(config, LONGEST_ANSWER).getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Asks for a sign of life now and then, as a connection that is cut somewhere says nothing. */
  private void listen(Connection connection) throws SQLException {
    PGConnection notifications = connection.unwrap(PGConnection.class);
    hears = true;
    tried.countDown();
    long asked = System.nanoTime();
    while (!closed) {
      hear(notifications.getNotifications(LISTEN_MILLIS));
      if (System.nanoTime() - asked > ASK.toNanos()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("select 1");
        }
        asked = System.nanoTime();
      }
    }
  }

  private void hear(PGNotification @Nullable [] heard) {
    if (heard != null) {
      for (PGNotification one : heard) {
        SignalText.read(one.getParameter()).forEach(listener);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Connection connection = open;
    if (connection != null) {
      try {
        connection.abort(Runnable::run); // the thread may be in a read
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "the connection for signals could not be cut", Failures.of(e));
      }
    }
  }
}
