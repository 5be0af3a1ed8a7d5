package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the database holds at one moment. */
record State(
    List<Job> jobs,
    List<Task> tasks,
    List<Artifact> artifacts,
    List<Entry> log,
    List<Reservation> reservations,
    List<Usage> usage,
    List<Key> keys,
    List<Delivery> inbox,
    List<Bought> bought,
    List<Booked> booked) {
  static final Set<String> OPEN = Set.of("pending", "running");

  /**
   * A job.
   *
   * @param age since it was created; by the clock of the database, while jobs are dated by their
   *     instance
   * @param results by format: open, ready or failed
   */
  record Job(
      String id,
      String owner,
      String topic,
      String status,
      int attempt,
      Duration age,
      boolean folded,
      String failure,
      Map<String, String> results) {
    boolean isOpen() {
      return OPEN.contains(status);
    }

    String told() {
      return "job %s (%s, attempt %d, %d s old)".formatted(id, status, attempt, age.toSeconds());
    }
  }

  record Task(String job, String task, String state, String output) {}

  record Artifact(String job, String format, int version, JsonNode body) {}

  /** A row of a job's log, with all numbers that it stands for. */
  record Entry(String job, long first, long last, String kind, JsonNode payload) {
    boolean isLast() {
      return Set.of("completed", "failed", "cancelled").contains(kind);
    }
  }

  record Reservation(String job, String format, String user, String period, String state) {}

  record Usage(String user, String period, String format, long used, long reserved) {}

  record Key(String user, String key, String job) {}

  /**
   * Something that Stripe has told.
   *
   * @param key the event's name
   * @param times how often it came
   * @param note what became of it
   */
  record Delivery(String key, String state, int times, String note) {
    boolean isDone() {
      return state.equals("DONE");
    }
  }

  /** A subscription. */
  record Bought(String name, String user, String status, String tier) {}

  /** A row of the books. */
  record Booked(String kind, String reference, String user, long amount) {}

  /** Reads everything, as of one moment. */
  static State read(PostgresServer server) throws SQLException {
    try (Connection connection = server.connect()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new State(
          list(
              connection,
              "select *, extract(epoch from now() - created_at) as age from jobs order by id",
              State::job),
          list(connection, "select * from job_tasks order by job_id, position", State::task),
          list(connection, "select * from artifacts order by job_id, format", State::artifact),
          list(connection, "select * from job_events order by job_id, last_seq", State::entry),
          list(
              connection,
              "select * from usage_reservations order by job_id, format",
              State::reservation),
          list(connection, "select * from usage_tracking order by user_id, format", State::usage),
          list(connection, "select * from idempotency_keys order by user_id, key", State::key),
          list(
              connection,
              "select * from webhook_inbox where provider = 'stripe' order by id",
              State::delivery),
          list(
              connection,
              "select * from user_subscriptions where provider <> 'manual' order by reference",
              State::bought),
          list(connection, "select * from billing_ledger order by kind, reference", State::booked));
    }
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> list(Connection connection, String sql, Row<T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    }
  }

  private static Job job(ResultSet row) throws SQLException {
    Map<String, String> results = new LinkedHashMap<>();
    json(row.getString("results"))
        .properties()
        .forEach(result -> results.put(result.getKey(), result.getValue().get("state").asText()));
    return new Job(
        row.getString("id"),
        row.getString("owner"),
        row.getString("topic"),
        row.getString("status"),
        row.getInt("attempt"),
        Duration.ofMillis((long) (row.getDouble("age") * 1000)),
        row.getBoolean("folded"),
        String.valueOf(row.getString("failure_code")),
        results);
  }

  private static Task task(ResultSet row) throws SQLException {
    String output = row.getString("output");
    return new Task(
        row.getString("job_id"),
        row.getString("task"),
        row.getString("state"),
        output == null ? "" : output);
  }

  private static Artifact artifact(ResultSet row) throws SQLException {
    return new Artifact(
        row.getString("job_id"),
        row.getString("format"),
        row.getInt("version"),
        json(row.getString("body")));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String payload = row.getString("payload");
    return new Entry(
        row.getString("job_id"),
        row.getLong("first_seq"),
        row.getLong("last_seq"),
        row.getString("kind"),
        payload == null ? History.nothing() : json(payload));
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    return new Reservation(
        row.getString("job_id"),
        row.getString("format"),
        row.getString("user_id"),
        row.getString("period_start"),
        row.getString("state"));
  }

  private static Usage usage(ResultSet row) throws SQLException {
    return new Usage(
        row.getString("user_id"),
        row.getString("period_start"),
        row.getString("format"),
        row.getLong("used"),
        row.getLong("reserved"));
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString("user_id"), row.getString("key"), row.getString("job_id"));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("event_key"),
        row.getString("state"),
        row.getInt("deliveries"),
        String.valueOf(row.getString("note")));
  }

  private static Bought bought(ResultSet row) throws SQLException {
    return new Bought(
        row.getString("reference"),
        row.getString("user_id"),
        row.getString("status"),
        row.getString("tier"));
  }

  private static Booked booked(ResultSet row) throws SQLException {
    return new Booked(
        row.getString("kind"),
        row.getString("reference"),
        row.getString("user_id"),
        row.getLong("amount"));
  }

  private static JsonNode json(String text) {
    try {
      return Api.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- by job

  List<Task> tasksOf(String job) {
    return tasks.stream().filter(task -> task.job.equals(job)).toList();
  }

  List<Artifact> artifactsOf(String job) {
    return artifacts.stream().filter(artifact -> artifact.job.equals(job)).toList();
  }

  List<Entry> logOf(String job) {
    return log.stream().filter(entry -> entry.job.equals(job)).toList();
  }

  List<Reservation> reservationsOf(String job) {
    return reservations.stream().filter(reservation -> reservation.job.equals(job)).toList();
  }
}
