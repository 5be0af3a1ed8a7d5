package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.IdempotencyKeys;
import java.time.Instant;
import java.util.Optional;

final class PostgresIdempotencyKeys implements IdempotencyKeys {
  /**
   * Updates also where the key is another's, to its own values: only so the statement waits for a
   * transaction that is taking the key, and returns what that has left.
   */
  private static final String TAKE =
      """
      insert into idempotency_keys as k (user_id, key, request_hash, job_id, expires_at)
      values (:user, :key, :request_hash, :job, :expires_at)
      on conflict (user_id, key) do update set
        request_hash =
          case when k.expires_at <= :now then excluded.request_hash else k.request_hash end,
        job_id = case when k.expires_at <= :now then excluded.job_id else k.job_id end,
        expires_at = case when k.expires_at <= :now then excluded.expires_at else k.expires_at end
      returning request_hash, job_id
      """;

  /** Passes over what another instance is forgetting, or a submit is taking. */
  static final String PURGE =
      """
      delete from idempotency_keys where (user_id, key) in (
        select user_id, key from idempotency_keys
        where expires_at < least(:now, statement_timestamp())
        order by expires_at
        limit :limit
        for update skip locked)
      """;

  private static final String HAND_OVER =
      """
      with given as (
        delete from idempotency_keys where user_id = :from
        returning key, request_hash, job_id, expires_at)
      insert into idempotency_keys (user_id, key, request_hash, job_id, expires_at)
      select :to, key, request_hash, job_id, expires_at from given
      on conflict do nothing
      """;

  private final Tx tx;

  PostgresIdempotencyKeys(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Optional<Entry> take(
      UserId user, String key, String requestHash, JobId job, Instant now, Instant expiresAt) {
    Entry holder =
        tx.one(
            TAKE,
            values ->
                values
                    .uuid("user", user.value())
                    .text("key", key)
                    .text("request_hash", requestHash)
                    .uuid("job", job.value())
                    .time("now", now)
                    .time("expires_at", expiresAt),
            row -> new Entry(row.getString("request_hash"), new JobId(Values.uuid(row, "job_id"))));
    return holder.job().equals(job) ? Optional.empty() : Optional.of(holder);
  }

  @Override
  public void handOver(UserId from, UserId to) {
    tx.update(HAND_OVER, values -> values.uuid("from", from.value()).uuid("to", to.value()));
  }

  @Override
  public int purge(Instant now, int limit) {
    return tx.update(PURGE, values -> values.time("now", now).number("limit", limit));
  }
}
