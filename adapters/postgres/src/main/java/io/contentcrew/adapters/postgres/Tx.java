package io.contentcrew.adapters.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** One transaction's way to the database: for its thread, until its end. */
final class Tx {
  private final Handle handle;
  private final Runnable onAnswer;
  private final Thread thread = Thread.currentThread();
  private boolean open = true;

  /** Calls {@code onAnswer} whenever the database has answered. */
  Tx(Handle handle, Runnable onAnswer) {
    this.handle = handle;
    this.onAnswer = onAnswer;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Row<T> {
    T map(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, Consumer<Values> values, Row<T> row) {
    check();
    try (Query query = handle.createQuery(sql)) {
      values.accept(new Values(query));
      List<T> rows = query.map((found, context) -> row.map(found)).list();
      onAnswer.run();
      return rows;
    } catch (JdbiException e) {
      throw Failures.of(e);
    }
  }

  /** The first row, where there is one at most or one is enough. */
  <T> Optional<T> first(String sql, Consumer<Values> values, Row<T> row) {
    return list(sql, values, row).stream().findFirst();
  }

  /** The only row of a statement that always has one. */
  <T> T one(String sql, Consumer<Values> values, Row<T> row) {
    return list(sql, values, row).getFirst();
  }

  /** Returns how many rows were changed. */
  int update(String sql, Consumer<Values> values) {
    check();
    try (Update update = handle.createUpdate(sql)) {
      values.accept(new Values(update));
      int changed = update.execute();
      onAnswer.run();
      return changed;
    } catch (JdbiException e) {
      throw Failures.of(e);
    }
  }

  private void check() {
    if (!open || thread != Thread.currentThread()) {
      throw new IllegalStateException(
          "stores are for the thread of their transaction, until its end");
    }
  }

  void end() {
    open = false;
  }
}
