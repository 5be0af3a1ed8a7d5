package io.contentcrew.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that the server has fallen silent, and when it is back. A statement may take its time
 * while the server answers others; so where nothing has come from it for a while although somebody
 * waits, it is asked on a connection kept for that, the line. A late answer may be a busy machine,
 * so the first miss only keeps others from going there. If the line stays silent for twice the wait
 * for a connection, and no new connection can be had either, whoever waits is let go by cutting his
 * connection. Without a line that could be silent nobody is ever cut.
 */
final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** What a pause takes longer than this is a machine that did not let us run, and not counted. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** Below it even a server that is well would often be suspected. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

  /** So often it is asked without need: what lies between may cut connections that are idle. */
  private static final Duration KEEP_WARM = Duration.ofSeconds(20);

  /** A server that has no room for more connections is not to be pestered. */
  private static final Duration REDIAL = Duration.ofSeconds(5);

  private static final Duration REDIAL_IN_DOUBT = Duration.ofMillis(250);

  /** So often one goes there although the server is away for all we know: we may be wrong. */
  private static final Duration SCOUT = Duration.ofSeconds(1);

  private final PostgresConfig config;
  private final Runnable onReturn;
  private final long silence;
  private final long firstMiss;
  private final long longest;
  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private final AtomicLong scouted = new AtomicLong(System.nanoTime());
  private final Thread thread;
  private volatile long heard = System.nanoTime();
  private volatile boolean used;
  private volatile boolean closed;

  /** When the question that decides was asked; what is heard after it settles the matter. */
  private volatile long asked;

  private volatile boolean asking;
  private volatile boolean away;
  private boolean silent;
  private @Nullable Connection line;
  private long dialled = System.nanoTime() - REDIAL.toNanos();

  /** Somebody who waits for the server now and then, until its end. */
  final class Visit {
    private final long since = System.nanoTime();
    private final boolean scout;
    private volatile @Nullable Connection connection;

    private Visit(boolean scout) {
      this.scout = scout;
    }

    /** By this connection. Throws if others have just been cut, and this one was missed. */
    void by(Connection held) throws SQLException {
      connection = held;
      if (!scout && isAway()) {
        throw refusal();
      }
    }

    /** Throws if there is no point in waiting for the server any more. */
    void requireThere() throws SQLException {
      if (!scout) {
        awaitAnswer();
      }
    }

    void end() {
      visits.remove(this);
    }

    private void cut() {
      Connection held = connection;
      if (held != null) {
        Question.cut(held);
      }
    }
  }

  /** Calls {@code onReturn} when the server is back, before anybody else may go there. */
  ServerWatch(PostgresConfig config, Runnable onReturn) {
    this.config = config;
    this.onReturn = onReturn;
    Duration configured = config.pool().acquireTimeout();
    Duration wait = configured.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : configured;
    silence = wait.toNanos() * 3 / 10;
    firstMiss = wait.toNanos() * 6 / 10;
    longest = wait.toNanos() * 2;
    thread = Thread.ofPlatform().name("contentcrew-postgres-watch").daemon().unstarted(this::run);
    thread.start();
  }

  /**
   * Throws at once while the server is known to be away. Where it is just being asked, waits for
   * its answer: whoever goes on to the pool now may have to wait there much longer.
   */
  Visit begin() throws SQLException {
    used = true;
    Visit visit = new Visit(awaitAnswer());
    visits.add(visit);
    return visit;
  }

  /** Returns whether it is let through to find out. */
  private boolean awaitAnswer() throws SQLException {
    long begun = System.nanoTime();
    while (isAsking() && !isAway() && System.nanoTime() - begun < firstMiss) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    if (!isAsking() && !isAway()) {
      return false;
    }
    long last = scouted.get();
    long now = System.nanoTime();
    if (now - last > SCOUT.toNanos() && scouted.compareAndSet(last, now)) {
      return true;
    }
    throw refusal();
  }

  private static SQLException refusal() {
    return new SQLTransientConnectionException("the server gives no answer", "08006");
  }

  private boolean isAsking() {
    return asking && !isSettled();
  }

  private boolean isAway() {
    return away && !isSettled();
  }

  private boolean isSettled() {
    return heard - asked > 0;
  }

  /** The server has answered somebody. */
  void heard() {
    heard = System.nanoTime();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(TICK.toNanos());
      try {
        if (away) {
          lookForReturn();
        } else if (isDoubtful()) {
          look();
        }
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the watch over the database failed", e);
      } finally {
        asking = false;
      }
    }
    hangUp();
  }

  private boolean isDoubtful() {
    long now = System.nanoTime();
    if (line == null) {
      return used && now - dialled > REDIAL.toNanos();
    }
    return now - heard > KEEP_WARM.toNanos() ? used : somebodyWaits();
  }

  private boolean somebodyWaits() {
    long now = System.nanoTime();
    return now - heard > silence && visits.stream().anyMatch(visit -> now - visit.since > silence);
  }

  private void look() {
    Connection open = line;
    boolean waits = somebodyWaits();
    asked = System.nanoTime();
    asking = open != null && waits;
    Question first = open == null ? null : Question.on(open);
    line = null; // until it has answered
    Question second = null;
    long spent = 0;
    while (!closed && spent < longest) {
      if (first == null || first.hasFailed() || spent > firstMiss) {
        second = dialAgain(second);
      }
      if (keep(first, second)) {
        return;
      }
      if (first == null && second != null && second.hasFailed()) {
        break;
      }
      spent += pause();
    }
    boolean stillSilent = first != null && first.isOpen();
    abandon(first);
    abandon(second);
    if (!closed && !isSettled() && (waits || somebodyWaits())) {
      leave(stillSilent);
    }
  }

  /** Counts only the time in which this process ran: else the answer may be there, and unread. */
  private static long pause() {
    long begun = System.nanoTime();
    LockSupport.parkNanos(PAUSE.toNanos());
    return Math.min(System.nanoTime() - begun, LONGEST_PAUSE.toNanos());
  }

  private Question dialAgain(@Nullable Question before) {
    if (before != null
        && (!before.hasFailed() || System.nanoTime() - dialled < REDIAL_IN_DOUBT.toNanos())) {
      return before;
    }
    return dial();
  }

  private Question dial() {
    dialled = System.nanoTime();
    return Question.dialling(
        Connections.dataSource(config, config.pool().connectTimeout()),
        Math.toIntExact(Duration.ofNanos(longest).toMillis() * 2));
  }

  /** Whether one of them is answered; its connection is the line from now on. */
  private boolean keep(@Nullable Question first, @Nullable Question second) {
    if (first != null && first.isAnswered()) {
      abandon(second);
      line = first.line();
    } else if (second != null && second.isAnswered()) {
      abandon(first);
      line = second.line();
    } else {
      return false;
    }
    heard();
    return true;
  }

  private static void abandon(@Nullable Question question) {
    if (question != null) {
      question.abandon();
    }
  }

  private void leave(boolean lineIsSilent) {
    silent = lineIsSilent;
    scouted.set(System.nanoTime());
    away = true;
    LOG.log(Level.WARNING, "the database gives no answer; nobody waits for it until it does");
    if (silent) {
      visits.forEach(Visit::cut);
    }
  }

  private void lookForReturn() {
    Question question = dial();
    while (!closed && question.isOpen() && !isSettled()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    if (isSettled()) { // the connections there are will do
      question.abandon();
    } else if (question.isAnswered()) {
      line = question.line();
      onReturn.run();
      heard();
    } else {
      question.abandon();
      cutScouts();
      return;
    }
    away = false;
    LOG.log(Level.INFO, "the database answers again");
  }

  private void cutScouts() {
    long now = System.nanoTime();
    if (silent) {
      visits.stream().filter(visit -> now - visit.since > longest).forEach(Visit::cut);
    }
  }

  private void hangUp() {
    Connection open = line;
    line = null;
    if (open != null) {
      Question.cut(open);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
