create table users (
  id uuid primary key,
  email text not null unique,
  name text not null,
  password_hash text,
  created_at timestamptz not null
);

-- Only a hash of a session's id is kept: whoever reads this table can sign in as nobody.
create table sessions (
  id_hash bytea primary key check (octet_length(id_hash) = 32),
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (expires_at > created_at)
);
create index sessions_by_user on sessions (user_id);

create table subscription_tiers (
  id text primary key,
  display_name text not null,
  rank int not null,
  monthly jsonb not null, -- by format, each with its limit; null is without
  parallel_tasks int not null check (parallel_tasks > 0),
  active_jobs int not null check (active_jobs > 0),
  generate_per_minute int not null check (generate_per_minute > 0),
  requests_per_minute int not null check (requests_per_minute > 0),
  model text not null,
  priority boolean not null,
  api_keys boolean not null,
  currency text,
  monthly_price bigint check (monthly_price >= 0),
  yearly_price bigint check (yearly_price >= 0),
  check (num_nulls(currency, monthly_price, yearly_price) in (0, 3))
);

create table user_subscriptions (
  user_id uuid not null references users on delete cascade,
  provider text not null,
  reference text not null, -- the provider's name for it; empty for a grant by hand
  tier text not null references subscription_tiers,
  period_start timestamptz,
  period_end timestamptz,
  ends_at timestamptz, -- the first instant at which it grants nothing any more
  updated_at timestamptz not null,
  primary key (user_id, provider, reference),
  check (num_nulls(period_start, period_end) in (0, 2)),
  check (period_end > period_start)
);
create index user_subscriptions_by_tier on user_subscriptions (tier);

-- The sums of usage_reservations, kept so that a limit is checked and taken in one step.
create table usage_tracking (
  user_id uuid not null references users on delete cascade,
  period_start timestamptz not null,
  period_end timestamptz not null,
  format text not null check (format in ('blog', 'social', 'audio', 'video')),
  used bigint not null check (used >= 0),
  reserved bigint not null check (reserved >= 0),
  primary key (user_id, period_start, period_end, format),
  check (period_end > period_start)
) with (fillfactor = 70);

-- No reference to jobs: deleting a job gives no quota back.
create table usage_reservations (
  job_id uuid not null,
  format text not null check (format in ('blog', 'social', 'audio', 'video')),
  user_id uuid not null references users on delete cascade,
  period_start timestamptz not null,
  period_end timestamptz not null,
  state text not null check (state in ('reserved', 'settled', 'released')),
  primary key (job_id, format)
);
create index usage_reservations_by_user on usage_reservations (user_id);

create table jobs (
  id uuid primary key,
  owner uuid not null references users on delete cascade,
  topic text not null,
  formats text[] not null,
  tone text not null,
  length text not null,
  language text not null,
  audience text,
  brand_voice text,
  tier text not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  engine text not null,
  model text not null,
  demo boolean not null,
  status text not null
    check (status in ('pending', 'running', 'completed', 'partial', 'failed', 'cancelled')),
  attempt int not null check (attempt >= 0),
  taken_over boolean not null default false, -- whether the latest attempt followed a lost worker
  worker uuid,
  heartbeat_at timestamptz,
  results jsonb not null, -- by format
  failure_code text,
  failure_message text,
  cancel_requested boolean not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  folded boolean not null default false, -- whether the text of its log is gone
  check (results ?& formats and results - formats = '{}'),
  check (num_nulls(failure_code, failure_message) in (0, 2)),
  check (num_nulls(worker, heartbeat_at) = case when status = 'running' then 0 else 2 end),
  check ((finished_at is not null) = (status not in ('pending', 'running')))
) with (fillfactor = 70);
create index jobs_by_owner on jobs (owner, id desc);
create index jobs_active_by_owner on jobs (owner) where status in ('pending', 'running');
create index jobs_running_by_worker on jobs (worker) where status = 'running';
create index jobs_to_fold on jobs (finished_at) where finished_at is not null and not folded;

create function jobs_keep_their_final_status() returns trigger
language plpgsql as $$
begin
  raise exception 'job % is % and stays so', old.id, old.status
    using errcode = 'integrity_constraint_violation';
end
$$;
create trigger jobs_keep_their_final_status
  before update of status on jobs
  for each row
  when (old.status not in ('pending', 'running') and new.status is distinct from old.status)
  execute function jobs_keep_their_final_status();

create table job_tasks (
  job_id uuid not null references jobs on delete cascade,
  task text not null,
  position smallint not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  output text,
  prompt_version text,
  input_tokens int not null check (input_tokens >= 0),
  output_tokens int not null check (output_tokens >= 0),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (job_id, task)
);

create table artifacts (
  job_id uuid not null references jobs on delete cascade,
  format text not null check (format in ('blog', 'social', 'audio', 'video')),
  version int not null check (version > 0),
  body jsonb not null,
  notes jsonb not null,
  engine text not null,
  model text not null,
  demo boolean not null,
  cached boolean not null,
  created_at timestamptz not null,
  primary key (job_id, format, version)
);

create table job_events (
  job_id uuid not null references jobs on delete cascade,
  first_seq bigint not null,
  last_seq bigint not null,
  at timestamptz not null,
  kind text not null,
  task text,
  char_offset int,
  text text,
  ends int[],
  payload jsonb,
  primary key (job_id, last_seq),
  check (first_seq between 1 and last_seq),
  check (num_nulls(task, char_offset, text, ends) = case when kind = 'text' then 0 else 4 end),
  check ((payload is null) = (kind = 'text'))
);

create table idempotency_keys (
  user_id uuid not null references users on delete cascade,
  key text not null,
  request_hash text not null,
  job_id uuid not null,
  expires_at timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

-- The table of db-scheduler, with a mark for entries that are removed while they are handled.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  removed boolean not null default false,
  primary key (task_name, task_instance)
) with (fillfactor = 70);
-- Begins with picked, as db-scheduler asks for that by parameter: a partial index would not be used.
create index scheduled_tasks_due on scheduled_tasks (picked, priority desc, execution_time);
