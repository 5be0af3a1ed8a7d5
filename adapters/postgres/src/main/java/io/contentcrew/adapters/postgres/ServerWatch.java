package io.contentcrew.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds out within one and a half times the wait for a connection that the server has fallen
 * silent, and when it is back. A statement may take its time while the server answers others; so
 * where nothing has come from it for a while although somebody waits, it is asked on a connection
 * kept for that. If it gives no answer there either, whoever waits is let go by cutting his
 * connection, and nobody else begins to wait until it answers again.
 */
final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration TICK = Duration.ofMillis(150);

  private static final Duration PAUSE = Duration.ofMillis(10);

  /** So often it is asked without need: what lies between may cut connections that are idle. */
  private static final Duration KEEP_WARM = Duration.ofSeconds(20);

  /** A server that has no room for more connections is not to be pestered. */
  private static final Duration REDIAL = Duration.ofSeconds(5);

  private final PostgresConfig config;
  private final Runnable onReturn;
  private final long silence;
  private final int longestAnswerMillis;
  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile long heard = System.nanoTime();
  private volatile boolean used;
  private volatile boolean asking;
  private volatile boolean away;
  private volatile boolean closed;
  private @Nullable Connection line;
  private long dialled = System.nanoTime() - REDIAL.toNanos();

  /** Somebody who waits for the server now and then, until its end. */
  final class Visit {
    private final long since = System.nanoTime();
    private volatile @Nullable Connection connection;

    private Visit() {}

    /** By this connection. */
    void by(Connection held) {
      connection = held;
    }

    void end() {
      visits.remove(this);
    }

    private void cut() {
      Connection held = connection;
      if (held != null) {
        ServerWatch.cut(held);
      }
    }
  }

  /** Calls {@code onReturn} when the server is back, before anybody else may go there. */
  ServerWatch(PostgresConfig config, Runnable onReturn) {
    this.config = config;
    this.onReturn = onReturn;
    Duration wait = config.pool().acquireTimeout();
    silence = wait.toNanos() * 2 / 5;
    longestAnswerMillis = Math.toIntExact(wait.toMillis() * 7 / 10);
    thread = Thread.ofPlatform().name("contentcrew-postgres-watch").daemon().unstarted(this::run);
    thread.start();
  }

  Visit begin() {
    used = true;
    Visit visit = new Visit();
    visits.add(visit);
    return visit;
  }

  /**
   * Throws at once while the server is known to be away. Where it is just being asked, waits for
   * its answer: whoever goes on to the pool now may have to wait there much longer.
   */
  void requireThere() throws SQLException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longestAnswerMillis);
    while (asking && end - System.nanoTime() > 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    if (away) {
      throw new SQLTransientConnectionException("the server gives no answer", "08006");
    }
  }

  /** The server has answered somebody. */
  void heard() {
    heard = System.nanoTime();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(TICK.toNanos());
      if (!closed && isDoubtful()) {
        asking = line != null && !away;
        try {
          look();
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "the watch over the database failed", e);
        } finally {
          asking = false;
        }
      }
    }
    hangUp();
  }

  private boolean isDoubtful() {
    long now = System.nanoTime();
    if (away) {
      return true;
    }
    if (line == null ? now - dialled > REDIAL.toNanos() : now - heard > KEEP_WARM.toNanos()) {
      return used;
    }
    return now - heard > silence && visits.stream().anyMatch(visit -> now - visit.since > silence);
  }

  private void look() {
    long begun = System.nanoTime();
    boolean answers = answers();
    long took = System.nanoTime() - begun;
    if (answers) {
      heard();
      if (away) {
        onReturn.run();
        away = false;
        LOG.log(Level.INFO, "the database answers again");
      }
    } else if (!away && heard - begun < 0 && !wasAsleep(took)) {
      away = true;
      LOG.log(Level.WARNING, "the database gives no answer; nobody waits for it until it does");
      visits.forEach(Visit::cut);
    }
  }

  /** Where this process itself did not run for a while the answer may have been there. */
  private boolean wasAsleep(long took) {
    long most = config.pool().connectTimeout().toNanos() * 2 + longestAnswerMillis * 2_000_000L;
    return took > most;
  }

  private boolean answers() {
    Connection open = line;
    if (open != null) {
      long begun = System.nanoTime();
      if (answers(open)) {
        return true;
      }
      hangUp();
      if (System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(longestAnswerMillis)) {
        return false;
      }
    }
    return connects();
  }

  private static boolean answers(Connection open) {
    try (Statement statement = open.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the watch got no answer", Failures.of(e));
      return false;
    }
  }

  private boolean connects() {
    dialled = System.nanoTime();
    try {
      Connection opened =
          Connections.dataSource(config, config.pool().connectTimeout()).getConnection();
      opened.setNetworkTimeout(Runnable::run, longestAnswerMillis);
      line = opened;
      return true;
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the watch could not connect", Failures.of(e));
      return isAnswer(e);
    }
  }

  /** Whether it was the server that refused, and not because it starts or stops. */
  private static boolean isAnswer(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("53") || state.startsWith("28") || state.startsWith("3D");
  }

  private void hangUp() {
    Connection open = line;
    line = null;
    if (open != null) {
      cut(open);
    }
  }

  /** Closes its socket: who reads from it gets an exception. */
  private static void cut(Connection connection) {
    try {
      connection.abort(task -> Thread.ofVirtual().start(task));
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a connection could not be cut", Failures.of(e));
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
