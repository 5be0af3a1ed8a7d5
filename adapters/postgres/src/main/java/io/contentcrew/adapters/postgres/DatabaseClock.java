package io.contentcrew.adapters.postgres;

import com.github.kagkarlsson.scheduler.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Shows the database's time, so that instances whose clocks differ agree on what is due and who is
 * dead. Asks for it now and then, and reckons on from there.
 */
final class DatabaseClock implements Clock {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");
  private static final Duration ASK_AGAIN = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final ReentrantLock asking = new ReentrantLock();
  private final DataSource connections;
  private volatile Asked latest;

  /**
   * What the database said.
   *
   * @param at when, by this process's steady clock
   * @param askAgain when to ask again, by the same
   */
  private record Asked(Instant time, long at, long askAgain) {
    Instant reckoned() {
      return time.plusNanos(System.nanoTime() - at);
    }
  }

  DatabaseClock(DataSource connections) throws SQLException {
    this.connections = connections;
    latest = ask();
  }

  @Override
  public Instant now() {
    if (System.nanoTime() - latest.askAgain > 0 && asking.tryLock()) {
      try {
        latest = ask();
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "the database's time is reckoned on", Failures.of(e));
        Asked before = latest;
        latest = new Asked(before.time, before.at, System.nanoTime() + AFTER_FAILURE.toNanos());
      } finally {
        asking.unlock();
      }
    }
    return latest.reckoned();
  }

  private Asked ask() throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select clock_timestamp() as now")) {
      long before = System.nanoTime();
      try (ResultSet answer = statement.executeQuery()) {
        long middle = before + (System.nanoTime() - before) / 2;
        answer.next();
        return new Asked(
            answer.getObject("now", OffsetDateTime.class).toInstant(),
            middle,
            middle + ASK_AGAIN.toNanos());
      }
    }
  }
}
