package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.ports.user.Attempts;
import java.time.Instant;

final class PostgresAttempts implements Attempts {
  /**
   * Decides on the locked row, after all tries that came before; the pause is that of {@link
   * AttemptRule#pauseAfter}. Clocks differ a little: a free try may be made whatever the time is,
   * and the last one stays the last.
   */
  private static final String ATTEMPT =
      """
      insert into attempts as a (what, count, last_at) values (:what, 1, :now)
      on conflict (what) do update set
        count = case
          when a.last_at + make_interval(secs => :forgotten_after) <= excluded.last_at then 1
          else a.count + 1 end,
        last_at = greatest(a.last_at, excluded.last_at)
      where a.count < :free
        or excluded.last_at >= a.last_at + make_interval(secs =>
          least(:longest_pause, :first_pause * power(2, least(a.count - :free, 60))))
      """;

  private static final String CLEAR = "delete from attempts where what = :what";

  /** Passes over what another instance is forgetting, or somebody is trying. */
  static final String PURGE =
      """
      delete from attempts where what in (
        select what from attempts
        where last_at < :last_before
        order by last_at
        limit :limit
        for update skip locked)
      """;

  private final Tx tx;

  PostgresAttempts(Tx tx) {
    this.tx = tx;
  }

  @Override
  public boolean attempt(Digest what, AttemptRule rule, Instant now) {
    return tx.update(
            ATTEMPT,
            values ->
                values
                    .bytes("what", what.bytes())
                    .number("free", rule.free())
                    .seconds("first_pause", rule.firstPause())
                    .seconds("longest_pause", rule.longestPause())
                    .seconds("forgotten_after", rule.forgottenAfter())
                    .time("now", now))
        == 1;
  }

  @Override
  public void clear(Digest what) {
    tx.update(CLEAR, values -> values.bytes("what", what.bytes()));
  }

  @Override
  public int purge(Instant lastBefore, int limit) {
    return tx.update(
        PURGE, values -> values.time("last_before", lastBefore).number("limit", limit));
  }
}
