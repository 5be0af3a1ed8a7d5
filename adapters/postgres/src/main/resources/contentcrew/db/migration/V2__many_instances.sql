-- Made beside running instances of version 1, which go on with these tables: nothing they know goes
-- away or changes its meaning. Each statement is a transaction of its own (see the .conf beside this
-- file), so that it holds one lock at a time, and may be run again where a run was cut off.

-- Whoever waits for a table keeps all others waiting that come after: behind a backup, for hours.
-- So each gives up soon, and Migrations begins again a little later.
set lock_timeout = '1s';

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

-- As of which tier it is kept; null is the one it was submitted on.
alter table jobs add column if not exists kept_as text;

-- Most rows of these tables are deleted soon after they were written: cleaned up when a fiftieth,
-- or a thousand, is gone, not a fifth.
alter table job_events set (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.05);
alter table scheduled_tasks set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000);
alter table chores set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

reset lock_timeout;
