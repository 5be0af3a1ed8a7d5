-- What SubmitGeneration sends to PostgreSQL for one job, in order; `...` stands for a parameter, with the value that the baseline gives.
-- A run compares it with what is really sent, and refuses to measure if that is something else.
BEGIN;
select id, email, email_verified, name, created_at, guest, password_hash, state
from users
where id = `user` for no key update;
select g.tier, g.period_start, g.period_end
from user_subscriptions g
join subscription_tiers t on t.id = g.tier
where g.user_id = `user` and (g.ends_at is null or g.ends_at > `now`)
order by t.rank desc, g.period_end desc nulls last, g.period_start, g.provider
limit 1;
select format, used, reserved from usage_tracking
where user_id = `user` and period_start = `start` and period_end = `end`;
select count(*) as active from jobs
where owner = `user` and status in ('pending', 'running');
with holder as (select id from users where id = `user` for share),
wanted as (select format, pieces from unnest(`'{blog}'::text[]`, `'{null}'::bigint[]`) as w (format, pieces)),
taken as (
  insert into usage_tracking as t (user_id, period_start, period_end, format, used, reserved)
  select `user`, `start`, `end`, format, 0, 1
  from wanted
  where (select count(*) from holder) >= 0 and (pieces is null or pieces > 0)
  order by format
  on conflict (user_id, period_start, period_end, format)
  do update set reserved = t.reserved + 1
  where not exists (
    select from wanted w where w.format = t.format and t.used + t.reserved >= w.pieces)
  returning t.format),
opened as (
  insert into usage_reservations (job_id, format, user_id, period_start, period_end, state)
  select `job`, format, `user`, `start`, `end`, 'reserved' from taken)
select format from wanted where format not in (select format from taken);
with holder as (select id from users where id = `user` for share),
added as (
  insert into jobs (
    id, owner, topic, formats, tone, length, language, audience, brand_voice, title,
    search_text, revises, revised_version, revision_note, tier, period_start, period_end, engine, model, demo, status, attempt, results, failure_code,
    failure_message, cancel_requested, created_at, started_at, finished_at)
  select
    `job`, `user`, `'Solar power for small shops'`, `'{blog}'::text[]`, `'professional'`, `'medium'`, `'en'`, `null::text`,
    `null::text`, `null::text`, `'solar power for small shops'`, `null::uuid`, `null::int`, `null::text`, `'free'`, `start`, `end`, `'scripted'`, `'llama3.2:1b'`, `false`, `'pending'`, `0`,
    `'{"blog": {"state": "open", "failure": null}}'`::jsonb, `null::text`, `null::text`, `false`, `now`, `null::timestamptz`,
    `null::timestamptz`
  where (select count(*) from holder) >= 0
  returning id)
insert into job_tasks (job_id, task, position, state, input_tokens, output_tokens)
select added.id, t.task, t.position, 'waiting', 0, 0
from added, unnest(`'{research,write,edit}'::text[]`) with ordinality as t (task, position);
insert into scheduled_tasks (
  task_name, task_instance, execution_time, picked, version, priority)
values (
  `'job'`, `jobtext`, clock_timestamp() + make_interval(secs => `0`), false,
  (extract(epoch from clock_timestamp()) * 1000000)::bigint,
  -floor(extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00Z') + `0`)::int)
on conflict (task_name, task_instance) do nothing;
COMMIT;
