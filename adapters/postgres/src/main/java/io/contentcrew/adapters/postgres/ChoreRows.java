package io.contentcrew.adapters.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The table of chores: who does one holds it until an instant by the database's clock, and moves
 * that on while he lives.
 */
final class ChoreRows {
  /** After which a silent holder counts as dead. */
  static final Duration LEASE = Duration.ofSeconds(20);

  /** A call of a chore; the number tells it from those before and after. */
  record Call(String name, long run) {}

  private static final String ADD =
      """
      insert into chores (name, due_at)
      select name, clock_timestamp() from unnest(?) as n (name)
      on conflict (name) do nothing
      """;

  private static final String TAKE =
      """
      with due as (
        select name from chores
        where name = any (?) and due_at <= clock_timestamp()
          and (held_until is null or held_until <= clock_timestamp())
        order by name
        for update skip locked)
      update chores c set
        run = c.run + 1, held_until = clock_timestamp() + make_interval(secs => ?)
      from due
      where c.name = due.name
      returning c.name, c.run
      """;

  /** Not of what has ended meanwhile, which would be held for nothing. */
  private static final String KEEP =
      """
      with mine as (
        select c.name from chores c
        join unnest(?, ?) as m (name, run) on m.name = c.name and m.run = c.run
        where c.held_until is not null
        order by c.name
        for update of c)
      update chores c set held_until = clock_timestamp() + make_interval(secs => ?)
      from mine
      where c.name = mine.name
      returning c.name, c.run
      """;

  private static final String END =
      """
      update chores set
        held_until = null, due_at = clock_timestamp() + make_interval(secs => ?)
      where name = ? and run = ?
      """;

  private final DataSource connections;

  ChoreRows(DataSource connections) {
    this.connections = connections;
  }

  /** Puts in those that no instance has known before, due at once. */
  void add(Collection<String> names) throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      statement.executeUpdate();
    }
  }

  /** Takes those that are due, and that nobody holds who lives. */
  Set<Call> take(Collection<String> names) throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      statement.setDouble(2, LEASE.toMillis() / 1e3);
      return calls(statement);
    }
  }

  /** A sign of life. Returns the calls that are still ours. */
  Set<Call> keep(Collection<Call> calls) throws SQLException {
    List<Call> mine = List.copyOf(calls);
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(KEEP)) {
      Object[] names = mine.stream().map(Call::name).toArray();
      Object[] runs = mine.stream().map(Call::run).toArray();
      statement.setArray(1, connection.createArrayOf("text", names));
      statement.setArray(2, connection.createArrayOf("int8", runs));
      statement.setDouble(3, LEASE.toMillis() / 1e3);
      return calls(statement);
    }
  }

  /** It has ended, and is due again after {@code next}; nothing happens if it is not ours. */
  void end(Call call, Duration next) throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setDouble(1, next.toMillis() / 1e3);
      statement.setString(2, call.name);
      statement.setLong(3, call.run);
      statement.executeUpdate();
    }
  }

  private static Set<Call> calls(PreparedStatement statement) throws SQLException {
    Set<Call> calls = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        calls.add(new Call(rows.getString("name"), rows.getLong("run")));
      }
    }
    return calls;
  }
}
