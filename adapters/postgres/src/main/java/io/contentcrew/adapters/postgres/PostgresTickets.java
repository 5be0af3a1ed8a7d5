package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Tickets;
import java.time.Instant;
import java.util.Optional;

final class PostgresTickets implements Tickets {
  private static final String ADD =
      """
      insert into tickets (token_hash, kind, user_id, payload, expires_at)
      values (:token_hash, :kind, :user, :payload::jsonb, :expires_at)
      """;
  private static final String FIND =
      """
      select kind, user_id, payload from tickets
      where token_hash = :token_hash and kind = any (:kinds) and expires_at > :now
      """;
  private static final String TAKE =
      """
      delete from tickets
      where token_hash = :token_hash and kind = any (:kinds) and expires_at > :now
      returning kind, user_id, payload
      """;
  static final String REMOVE_ALL = "delete from tickets where user_id = :user";

  /** Passes over what another instance is forgetting, or somebody is taking. */
  static final String PURGE =
      """
      delete from tickets where token_hash in (
        select token_hash from tickets
        where expires_at < least(:expired_before, statement_timestamp())
        order by expires_at
        limit :limit
        for update skip locked)
      """;

  private final Tx tx;

  PostgresTickets(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(Digest token, Ticket ticket, Instant expiresAt) {
    TicketJson kept = TicketJson.of(ticket);
    tx.update(
        ADD,
        values ->
            values
                .bytes("token_hash", token.bytes())
                .text("kind", TicketJson.kind(ticket.getClass()))
                .uuid("user", TicketJson.user(ticket).map(UserId::value))
                .text("payload", Json.write(kept))
                .time("expires_at", expiresAt));
  }

  @Override
  public <T extends Ticket> Optional<T> find(Digest token, Class<T> kind, Instant now) {
    return ticket(FIND, token, kind, now);
  }

  @Override
  public <T extends Ticket> Optional<T> take(Digest token, Class<T> kind, Instant now) {
    return ticket(TAKE, token, kind, now);
  }

  private <T extends Ticket> Optional<T> ticket(
      String statement, Digest token, Class<T> kind, Instant now) {
    return tx.first(
            statement,
            values ->
                values
                    .bytes("token_hash", token.bytes())
                    .texts("kinds", TicketJson.kinds(kind))
                    .time("now", now),
            row ->
                Json.read(row.getString("payload"), TicketJson.class)
                    .toTicket(
                        row.getString("kind"), Values.maybeUuid(row, "user_id").map(UserId::new)))
        .map(kind::cast);
  }

  @Override
  public void removeAll(UserId user) {
    tx.update(REMOVE_ALL, values -> values.uuid("user", user.value()));
  }

  @Override
  public int purge(Instant expiredBefore, int limit) {
    return tx.update(
        PURGE, values -> values.time("expired_before", expiredBefore).number("limit", limit));
  }
}
