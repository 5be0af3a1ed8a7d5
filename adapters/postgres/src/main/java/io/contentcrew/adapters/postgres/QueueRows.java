package io.contentcrew.adapters.postgres;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * What becomes of an entry of the queue that was handled. An entry that has another version by now
 * was revived, and is somebody else's: then nothing is done.
 */
final class QueueRows {
  /** The name of all our entries. */
  static final String TASK = "job";

  private static final String THIS_ONE =
      " where task_name = '" + TASK + "' and task_instance = ? and version = ?";
  private static final String REMOVE = "delete from scheduled_tasks" + THIS_ONE;
  private static final String PUT_BACK =
      """
      update scheduled_tasks set
        picked = false, picked_by = null, last_heartbeat = null, consecutive_failures = ?,
        execution_time = clock_timestamp() + make_interval(secs => ?)
      """
          + THIS_ONE
          + " and not removed";
  private static final String REMOVE_MARKED = REMOVE + " and removed";

  private final DataSource connections;

  QueueRows(DataSource connections) {
    this.connections = connections;
  }

  void remove(Execution entry) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      delete(connection, REMOVE, entry);
    }
  }

  /** Makes it due again after a while, unless it was removed while it was handled. */
  void putBack(Execution entry, Duration in, int failures) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      if (update(connection, entry, in, failures) == 0) {
        delete(connection, REMOVE_MARKED, entry);
      }
    }
  }

  private static int update(Connection connection, Execution entry, Duration in, int failures)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
      statement.setInt(1, failures);
      statement.setDouble(2, in.toMillis() / 1e3);
      statement.setString(3, entry.getId());
      statement.setLong(4, entry.version);
      return statement.executeUpdate();
    }
  }

  private static void delete(Connection connection, String sql, Execution entry)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, entry.getId());
      statement.setLong(2, entry.version);
      statement.executeUpdate();
    }
  }
}
