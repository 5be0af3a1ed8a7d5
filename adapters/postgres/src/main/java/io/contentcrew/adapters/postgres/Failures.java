package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Turns what the database and its libraries throw into the exceptions of the ports. */
final class Failures {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private Failures() {}

  /** The transaction met another one, and may go well when it runs again. */
  static final class Clash extends PortUnavailableException {
    private static final long serialVersionUID = 1L;

    Clash(SQLException cause) {
      super("transactions were in each other's way in the database", cause, LOOK_AGAIN);
    }
  }

  /**
   * The messages of Jdbi hold the statement and what was bound to it, so its exceptions stay here.
   */
  static PortException of(JdbiException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return of(sql);
      }
    }
    return new PortFailureException(
        "the database could not be used (" + e.getClass().getSimpleName() + ")", null);
  }

  static PortException of(SQLException e) {
    String state = state(e);
    if (state.equals("40001") || state.equals("40P01")) {
      return new Clash(e);
    }
    if (mayPass(e, state)) {
      return new PortUnavailableException(
          "the database cannot be reached or is too busy" + inBrackets(state), e, LOOK_AGAIN);
    }
    return new PortFailureException("the database refused" + inBrackets(state), e);
  }

  private static boolean mayPass(SQLException e, String state) {
    return e instanceof SQLTransientConnectionException
        || state.startsWith("08") // connection
        || state.startsWith("53") // out of memory, disk or connections
        || state.startsWith("57") // shut down, starting up, cancelled for taking too long
        || state.equals("55P03") // a lock was not to be had
        || state.equals("25P03") // the transaction stood still for too long
        || state.equals("25006"); // a standby that is to become the primary
  }

  /** The state; of a pool's exception that of what it met. */
  private static String state(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }

  private static String inBrackets(@Nullable String state) {
    return state == null || state.isEmpty() ? "" : " (SQL state " + state + ")";
  }

  static PortUnavailableException unavailable(String why, @Nullable Throwable cause) {
    return new PortUnavailableException(why, cause, LOOK_AGAIN);
  }
}
