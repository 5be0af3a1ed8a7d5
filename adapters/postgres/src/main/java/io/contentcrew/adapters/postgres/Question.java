package io.contentcrew.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One question to the server, on a thread of its own, as its answer may never come: one of the
 * platform, which does not wait for a turn among the virtual ones that hash or encode.
 */
final class Question {
  private static final Logger LOG = System.getLogger("io.contentcrew.postgres");

  private final CompletableFuture<Optional<Connection>> answer = new CompletableFuture<>();
  private final @Nullable Connection line;

  private Question(@Nullable Connection line) {
    this.line = line;
  }

  /** On a connection that is kept for that. */
  static Question on(Connection line) {
    Question question = new Question(line);
    question.begin(
        () -> {
          try (Statement statement = line.createStatement()) {
            statement.execute("select 1");
            question.answer.complete(Optional.of(line));
          }
        });
    return question;
  }

  /** On a new connection, which is kept where it is answered. */
  static Question dialling(DataSource source, int longestAnswerMillis) {
    Question question = new Question(null);
    question.begin(
        () -> {
          Connection opened = source.getConnection();
          opened.setNetworkTimeout(Runnable::run, longestAnswerMillis);
          if (!question.answer.complete(Optional.of(opened))) {
            cut(opened); // nobody waits for it any more
          }
        });
    return question;
  }

  private interface Asking {
    void ask() throws SQLException;
  }

  private void begin(Asking asking) {
    Thread.ofPlatform()
        .name("contentcrew-postgres-question")
        .daemon()
        .start(
            () -> {
              try {
                asking.ask();
              } catch (SQLException e) {
                LOG.log(Level.DEBUG, "the watch got no answer", Failures.of(e));
                end(e);
              } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "the watch could not ask: {0}", e.getClass().getName());
                end(e);
              }
            });
  }

  private void end(Throwable e) {
    boolean first =
        isRefusal(e)
            ? answer.complete(Optional.empty())
            : answer.completeExceptionally(e); // else abandoned
    if (!first) {
      LOG.log(Level.DEBUG, "nobody waited for it any more");
    }
  }

  /** Whether it was the server that refused, and not because it starts or stops. */
  private static boolean isRefusal(Throwable e) {
    String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return state.startsWith("53") || state.startsWith("28") || state.startsWith("3D");
  }

  boolean isOpen() {
    return !answer.isDone();
  }

  /** Whether the server said anything, even if that it has no room. */
  boolean isAnswered() {
    return answer.state() == Future.State.SUCCESS;
  }

  boolean hasFailed() {
    return answer.isDone() && !isAnswered();
  }

  /** The connection by which the answer came; none if there is no answer, or no room for one. */
  @Nullable Connection line() {
    return isAnswered() ? answer.resultNow().orElse(null) : null;
  }

  /** Waits for it no more, and keeps no connection. */
  void abandon() {
    answer.cancel(false);
    Connection held = line == null ? line() : line;
    if (held != null) {
      cut(held);
    }
  }

  /** Closes its socket: who reads from it gets an exception. */
  static void cut(Connection connection) {
    try {
      connection.abort(task -> Thread.ofVirtual().start(task));
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a connection could not be cut", Failures.of(e));
    }
  }
}
