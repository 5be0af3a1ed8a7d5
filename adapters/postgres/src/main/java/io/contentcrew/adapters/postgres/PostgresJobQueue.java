package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.JobQueue;
import java.time.Duration;
import java.util.Collection;

/**
 * Writes db-scheduler's table itself. Its client would look first and write then, and where two
 * transactions add the same job its failed insert would have ruined the one that came second; and
 * it would reckon by this machine's clock.
 */
final class PostgresJobQueue implements JobQueue {
  /**
   * The version begins at the time, not at 1: else an entry that is removed and added again could
   * be taken for the old one by a handler that still works on that. The priority is minus the
   * second at which the entry counts as added, and nothing changes it later.
   */
  private static final String ADD =
      """
      insert into scheduled_tasks (
        task_name, task_instance, execution_time, picked, version, priority)
      values (
        :task, :id, clock_timestamp() + make_interval(secs => :delay), false,
        (extract(epoch from clock_timestamp()) * 1000000)::bigint,
        -floor(extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00Z')
          + :handicap)::int)
      on conflict (task_name, task_instance) do nothing
      """;

  /** Skips what a dispatcher is just picking, which makes it an entry that is being handled. */
  private static final String POSTPONE =
      """
      update scheduled_tasks set
        execution_time = clock_timestamp() + make_interval(secs => :delay)
      where (task_name, task_instance) in (
        select task_name, task_instance from scheduled_tasks
        where task_name = :task and task_instance = any(:ids) and not picked
        order by task_instance
        for update skip locked)
      """;

  private static final String MARK =
      "update scheduled_tasks set removed = true where task_name = :task and task_instance = :id";
  private static final String REMOVE =
      """
      delete from scheduled_tasks
      where task_name = :task and task_instance = :id and removed and not picked
      """;

  private final Tx tx;

  PostgresJobQueue(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(JobId id, Duration handicap, Duration delay) {
    tx.update(
        ADD,
        values ->
            entry(values, id).seconds("delay", delay).number("handicap", handicap.toSeconds()));
  }

  @Override
  public void postpone(Collection<JobId> ids, Duration delay) {
    if (!ids.isEmpty()) {
      tx.update(
          POSTPONE,
          values ->
              values
                  .text("task", QueueRows.TASK)
                  .texts("ids", ids.stream().map(JobId::toString).toList())
                  .seconds("delay", delay));
    }
  }

  /** Marks first, which waits for a dispatcher that is just picking the entry. */
  @Override
  public void remove(JobId id) {
    if (tx.update(MARK, values -> entry(values, id)) == 1) {
      tx.update(REMOVE, values -> entry(values, id));
    }
  }

  private static Values entry(Values values, JobId id) {
    return values.text("task", QueueRows.TASK).text("id", id.toString());
  }
}
