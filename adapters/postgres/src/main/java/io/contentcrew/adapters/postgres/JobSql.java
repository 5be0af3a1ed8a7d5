package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.ports.generation.Jobs;

/** The statements about jobs. Leases go by the database's clock only. */
final class JobSql {
  private JobSql() {}

  /**
   * The job and its tasks in one go; whoever submits waits for this. Waits for who holds the
   * owner's account, as the owner's active jobs become more.
   */
  static final String ADD =
      """
      with holder as (select id from users where id = :owner for share),
      added as (
        insert into jobs (
          id, owner, topic, formats, tone, length, language, audience, brand_voice, title,
          search_text, revises, revised_version, revision_note, tier,
          period_start, period_end, engine, model, demo, status, attempt, results, failure_code,
          failure_message, cancel_requested, created_at, started_at, finished_at)
        select
          :id, :owner, :topic, :formats, :tone, :length, :language, :audience, :brand_voice, :title,
          :search_text, :revises, :revised_version, :revision_note, :tier,
          :period_start, :period_end, :engine, :model, :demo, :status, :attempt, :results::jsonb,
          :failure_code, :failure_message, :cancel_requested, :created_at, :started_at,
          :finished_at
        where (select count(*) from holder) >= 0
        returning id)
      insert into job_tasks (job_id, task, position, state, input_tokens, output_tokens)
      select added.id, t.task, t.position, 'waiting', 0, 0
      from added, unnest(:tasks) with ordinality as t (task, position)
      """;

  static final String FIND = "select " + JobRow.COLUMNS + " from jobs where id = :id";

  static final String FIND_OWNED = FIND + " and owner = :owner";

  static final String LOCK = FIND + " for update";

  static final String TASKS =
      """
      select task, state, output, prompt_version, input_tokens, output_tokens, started_at,
             finished_at
      from job_tasks
      where job_id = :id
      order by position
      """;

  static String page(Jobs.Query query) {
    return "select "
        + JobRow.COLUMNS
        + " from jobs where owner = :owner"
        + (query.status().isPresent() ? " and status = :status" : "")
        + (query.format().isPresent() ? " and :format = any(formats)" : "")
        + (query.words().isEmpty() ? "" : HAS_WORDS)
        + switch (query.scope()) {
          case Jobs.Scope.All() -> "";
          case Jobs.Scope.WithoutRevisions() -> " and revises is null";
          case Jobs.Scope.RevisionsOf(JobId of) -> " and revises = :revises";
        }
        + (query.before().isPresent() ? " and id < :before" : "")
        + " order by id desc limit :limit";
  }

  /** Looks through the owner's jobs one by one: few have thousands, and they ask seldom. */
  private static final String HAS_WORDS =
      """
       and not exists (
         select from unnest(:words) as w (word)
         where strpos(coalesce(search_text, lower(topic)), w.word) = 0)
      """;

  static final String RENAME =
      """
      update jobs set title = :title, search_text = :search_text
      where id = :id and owner = :owner
      """;

  static final String REVISION_UNDER_WAY =
      """
      select id from jobs
      where revises = :id and status in ('pending', 'running')
        and results -> :format::text ->> 'state' = 'open'
      limit 1
      """;

  static final String COUNT_ACTIVE =
      """
      select count(*) as active from jobs
      where owner = :owner and status in ('pending', 'running')
      """;

  /** Takes the locks in the order of the ids, as {@link #HEARTBEAT} does. */
  static final String LOCK_ACTIVE =
      """
      select id from jobs
      where owner = :owner and status in ('pending', 'running')
      order by id for no key update
      """;

  static final String HAND_OVER = "update jobs set owner = :to where owner = :from";

  static final String CLAIM =
      """
      update jobs set
        taken_over = status = 'running', status = 'running', attempt = attempt + 1,
        worker = :worker, heartbeat_at = clock_timestamp(),
        started_at = coalesce(started_at, clock_timestamp())
      where id = :id and (
        status = 'pending'
        or status = 'running'
          and heartbeat_at <= clock_timestamp() - make_interval(secs => :dead_after))
      returning taken_over,
      """
          + JobRow.COLUMNS;

  static final String LEASE =
      """
      select status,
        extract(epoch from
          heartbeat_at + make_interval(secs => :dead_after) - clock_timestamp())::float8 as left
      from jobs
      where id = :id and status in ('pending', 'running')
      """;

  /**
   * Takes the locks in the order of the ids, as {@link PostgresJobEvents} does: both hold many jobs
   * at once, and would otherwise wait for each other.
   */
  static final String HEARTBEAT =
      """
      with mine as (
        select id from jobs where id = any(:ids) and worker = :worker and status = 'running'
        order by id for no key update)
      update jobs j set heartbeat_at = clock_timestamp()
      from mine
      where j.id = mine.id and j.worker = :worker and j.status = 'running'
      returning j.id, j.attempt, j.cancel_requested
      """;

  static final String REQUEST_CANCEL =
      """
      update jobs set cancel_requested = true
      where id = :id and status in ('pending', 'running')
      """;

  /** Takes the locks in the order of the ids, as {@link #HEARTBEAT} does. */
  static final String START_TASKS =
      """
      with started as (
        select s.* from unnest(:ids, :attempts, :tasks, :versions, :times)
          as s (job_id, attempt, task, version, at)),
      live as (
        select j.id, j.attempt from jobs j
        where j.status = 'running' and (j.id, j.attempt) in (select job_id, attempt from started)
        order by j.id for no key update of j)
      update job_tasks t set
        state = 'running', output = null, prompt_version = s.version, started_at = s.at,
        finished_at = null
      from started s join live on live.id = s.job_id and live.attempt = s.attempt
      where t.job_id = s.job_id and t.task = s.task
      """;

  /**
   * The lock keeps the job in its attempt until the end of the transaction. A shared one would do,
   * but two of the job's tasks that end together would wait for each other where both go on to
   * change the job.
   */
  static final String SAVE_TASK =
      """
      with live as (
        select id from jobs where id = :id and attempt = :attempt and status = 'running'
        for no key update),
      saved as (
        update job_tasks t set
          state = :state, output = :output, prompt_version = :prompt_version,
          input_tokens = :input_tokens, output_tokens = :output_tokens, started_at = :started_at,
          finished_at = :finished_at
        from live
        where t.job_id = live.id and t.task = :task
        returning t.task)
      select (select count(*) from live) as live, (select count(*) from saved) as saved
      """;

  static final String SAVE_RESULT =
      """
      update jobs set results = results || jsonb_build_object(:format, :result::jsonb)
      where id = :id and attempt = :attempt and status = 'running'
      """;

  /** Waits for whoever holds the owner's account, as the owner's active jobs become fewer. */
  private static final String OWNER =
      """
      with owner as (
        select u.id from users u join jobs j on j.owner = u.id where j.id = :id
        for share of u)
      """;

  private static final String END =
      OWNER
          + """
          update jobs set
            status = :status, results = :results::jsonb, failure_code = :failure_code,
            failure_message = :failure_message, finished_at = :now, worker = null,
            heartbeat_at = null
          where id = :id and exists (select from owner) and
          """;

  static final String FINISH = END + " attempt = :attempt and status = 'running'";

  static final String FINISH_PENDING = END + " status = 'pending'";

  static final String GIVE_BACK =
      """
      update jobs set status = 'pending', worker = null, heartbeat_at = null
      where id = :id and attempt = :attempt and status = 'running'
      """;

  /** Of whom nothing is to be deleted now, nothing is held either: it may be at work. */
  static final String LOCK_OVER =
      """
      select id from jobs
      where id = :id and owner = :owner and status not in ('pending', 'running')
      for update
      """;

  static final String DELETE =
      """
      delete from jobs
      where id = :id and owner = :owner and status not in ('pending', 'running') and not exists (
        select from jobs r where r.revises = :id and r.status in ('pending', 'running'))
      """;

  /**
   * Their age counts by the database's clock: one instance whose own is months ahead would delete
   * what everybody needs.
   */
  static final String LOCK_OLD =
      """
      select j.id from jobs j
      where coalesce(j.kept_as, j.tier) = :tier
        and j.finished_at < least(
          :ended_before, statement_timestamp() - (:now::timestamptz - :ended_before))
        and not exists (
          select from jobs r where r.revises = j.id and r.status in ('pending', 'running'))
      order by j.finished_at
      limit :limit
      for update of j skip locked
      """;

  /**
   * What goes with the jobs goes by the foreign keys. Each candidate leaves the range, deleted,
   * kept, or being revised since it was looked for, so that no step looks at it again. Tiers that
   * are not stored count as the lowest.
   */
  static final String PURGE =
      """
      with judged as (
        select old.id, higher.id as higher
        from jobs old
        left join subscription_tiers higher on higher.id = coalesce(
            (select g.tier
             from user_subscriptions g join subscription_tiers t on t.id = g.tier
             where g.user_id = old.owner and (g.ends_at is null or g.ends_at > :now)
             order by t.rank desc
             limit 1),
            :free)
          and higher.rank
            > coalesce((select rank from subscription_tiers where id = :tier), -2147483648)
        where old.id = any (:ids) and not exists (
          select from jobs r where r.revises = old.id and r.status in ('pending', 'running'))),
      kept as (
        update jobs set kept_as = judged.higher
        from judged
        where jobs.id = judged.id and judged.higher is not null)
      delete from jobs using judged where jobs.id = judged.id and judged.higher is null
      """;
}
