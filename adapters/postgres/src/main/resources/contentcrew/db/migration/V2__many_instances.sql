-- Made beside running instances of version 1, which go on with these tables: nothing they know goes
-- away or changes its meaning. Each statement is a transaction of its own (see the .conf beside this
-- file), so that it holds one lock at a time, and may be run again where a run was cut off.

-- Of due entries the highest priority goes first: it is now minus the second, counted from 2026, at
-- which an entry counts as added. Instances of version 1 add 0 or 1, so what they add goes first
-- until the last of them has gone. Rewrites the table, which holds what waits and runs now.
alter table scheduled_tasks alter column priority type int;
update scheduled_tasks set
  priority = -floor(extract(epoch from execution_time - timestamptz '2026-01-01 00:00:00Z'))::int
    + case when priority = 1 then 600 else 0 end
where task_name = 'job' and priority in (0, 1);

-- What is done again and again by one of all instances.
create table if not exists chores (
  name text primary key,
  due_at timestamptz not null,
  held_until timestamptz, -- by whoever does it; moved on while he lives
  run bigint not null default 0 -- of which call a sign of life or an end is
) with (fillfactor = 50);

alter table users add column if not exists entitlement_version bigint not null default 0;

alter table subscription_tiers
  add column if not exists keep_seconds bigint check (keep_seconds > 0); -- null is for ever

-- An index whose making was cut off is there and of no use: away with it.
drop index concurrently if exists jobs_over_by_tier;
create index concurrently jobs_over_by_tier on jobs (tier, finished_at)
  where finished_at is not null;
drop index concurrently if exists sessions_by_end;
create index concurrently sessions_by_end on sessions (least(expires_at, ended_at));
drop index concurrently if exists usage_reservations_open;
create index concurrently usage_reservations_open on usage_reservations (job_id)
  where state = 'reserved';
drop index concurrently if exists usage_reservations_by_period;
create index concurrently usage_reservations_by_period on usage_reservations (period_end)
  where state <> 'reserved';
drop index concurrently if exists usage_tracking_by_period;
create index concurrently usage_tracking_by_period on usage_tracking (period_end);

-- Most rows of these tables are deleted soon after they were written: cleaned up when a fiftieth,
-- or a thousand, is gone, not a fifth.
alter table job_events set (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.05);
alter table scheduled_tasks set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000);
alter table chores set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
