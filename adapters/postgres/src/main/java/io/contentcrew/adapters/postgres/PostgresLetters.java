package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.LetterId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Letters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class PostgresLetters implements Letters {
  private static final String ADD =
      """
      insert into letters (id, recipient, kind, user_id, payload, written_at, due_at)
      values (:id, :recipient, :kind, :user, :payload::jsonb, :written_at, :written_at)
      """;

  /** Passes over what somebody else is taking. */
  static final String TAKE =
      """
      with due as (
        select id, due_at from letters
        where due_at <= :now and kind = any (:kinds) -- others are for a later version
        order by due_at
        limit :limit
        for update skip locked),
      taken as (
        update letters l set due_at = :until, attempts = l.attempts + 1
        from due
        where l.id = due.id
        returning l.id, l.recipient, l.kind, l.user_id, l.payload, l.written_at, l.attempts,
          due.due_at as was_due_at)
      select * from taken order by was_due_at
      """;

  private static final String REMOVE = "delete from letters where id = :id";
  private static final String POSTPONE = "update letters set due_at = :until where id = :id";

  private final Tx tx;

  PostgresLetters(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(Letter letter) {
    Letter.Matter matter = letter.matter();
    tx.update(
        ADD,
        values ->
            values
                .uuid("id", letter.id().value())
                .text("recipient", letter.to().value())
                .text("kind", MatterJson.kind(matter))
                .uuid("user", matter.user().map(UserId::value))
                .text("payload", Json.write(MatterJson.of(matter)))
                .time("written_at", letter.writtenAt()));
  }

  @Override
  public List<Due> take(Instant now, Duration lease, int limit) {
    return tx.list(
        TAKE,
        values ->
            values
                .time("now", now)
                .texts("kinds", MatterJson.KINDS)
                .time("until", now.plus(lease))
                .number("limit", limit),
        row -> new Due(letter(row), row.getInt("attempts")));
  }

  private static Letter letter(ResultSet row) throws SQLException {
    Letter.Matter matter =
        Json.read(row.getString("payload"), MatterJson.class)
            .toMatter(row.getString("kind"), Values.maybeUuid(row, "user_id").map(UserId::new));
    return new Letter(
        new LetterId(Values.uuid(row, "id")),
        new EmailAddress(row.getString("recipient")),
        matter,
        Values.time(row, "written_at"));
  }

  @Override
  public void remove(LetterId id) {
    tx.update(REMOVE, values -> values.uuid("id", id.value()));
  }

  @Override
  public void postpone(LetterId id, Instant until) {
    tx.update(POSTPONE, values -> values.uuid("id", id.value()).time("until", until));
  }
}
