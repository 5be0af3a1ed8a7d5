package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.AuditLog;
import java.util.List;
import java.util.Optional;

/** That nothing in it is changed or removed is for the database to guard: see V8. */
final class PostgresAuditLog implements AuditLog {
  private static final String APPEND =
      """
      insert into audit_log (kind, user_id, at, facts)
      values (:kind, :user, :at, :facts::jsonb)
      """;
  private static final String LIST =
      """
      select number, kind, at, facts from audit_log
      where user_id = :user and number > :after
      order by number
      limit :limit
      """;

  private final Tx tx;

  PostgresAuditLog(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void append(SecurityEvent event) {
    tx.update(
        APPEND,
        values ->
            values
                .text("kind", event.kind().name())
                .uuid("user", event.user().map(UserId::value))
                .time("at", event.at())
                .text("facts", Json.write(event.facts())));
  }

  @Override
  public List<Numbered> list(UserId user, long after, int limit) {
    return tx.list(
        LIST,
        values -> values.uuid("user", user.value()).number("after", after).number("limit", limit),
        row ->
            new Numbered(
                row.getLong("number"),
                new SecurityEvent(
                    Names.securityEvent(row.getString("kind")),
                    Optional.of(user),
                    Values.time(row, "at"),
                    Json.readMap(row.getString("facts"), String.class))));
  }
}
