-- Made beside running instances of the version before, which go on with these tables: nothing they
-- know goes away, and what they write gets the values that stand here. They do not know of closed
-- accounts, nor of accounts without an address, at which their requests fail: neither should be made
-- before the last of them has gone. Each statement is a
-- transaction of its own (see the .conf beside this file), so that it holds one lock at a time, and
-- may be run again where a run was cut off.

-- Whoever waits for a table keeps all others waiting that come after: behind a backup, for hours.
-- So each gives up soon, and Migrations begins again a little later.
set lock_timeout = '1s';

alter table users alter column email drop not null;
alter table users
  add column if not exists email_verified boolean not null default false,
  add column if not exists state text not null default 'active',
  add column if not exists erase_at timestamptz; -- of deleted accounts
-- Checked in a second step, which reads the table while others write.
alter table users
  drop constraint if exists users_state,
  add constraint users_state check (
    state in ('active', 'disabled', 'deleted') and (state = 'deleted') = (erase_at is not null))
    not valid,
  drop constraint if exists users_proved,
  add constraint users_proved check (email is not null or not email_verified) not valid;
alter table users validate constraint users_state;
alter table users validate constraint users_proved;

alter table sessions add column if not exists device text not null default '';

create table if not exists user_identities (
  provider text not null,
  subject text not null,
  user_id uuid not null references users on delete cascade,
  linked_at timestamptz not null,
  primary key (provider, subject),
  unique (user_id, provider)
);

-- Only a hash of a key is kept: whoever reads this table can act for nobody.
create table if not exists api_keys (
  id uuid primary key,
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  user_id uuid not null references users on delete cascade,
  name text not null,
  scopes text[] not null,
  hint text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz
) with (fillfactor = 70);
create index if not exists api_keys_by_user on api_keys (user_id);

-- Only a hash of a token is kept.
create table if not exists tickets (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  kind text not null,
  user_id uuid references users on delete cascade, -- the account that it names, if it names one
  payload jsonb not null,
  expires_at timestamptz not null
);
create index if not exists tickets_by_user on tickets (user_id) where user_id is not null;
create index if not exists tickets_by_expiry on tickets (expires_at);

create table if not exists attempts (
  what bytea primary key check (octet_length(what) = 32),
  count int not null check (count > 0),
  last_at timestamptz not null -- when the last one was counted
);
create index if not exists attempts_by_last on attempts (last_at);

create table if not exists letters (
  id uuid primary key,
  recipient text not null,
  kind text not null,
  user_id uuid references users on delete cascade, -- whom it is about, if it is about somebody
  payload jsonb not null,
  written_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0 -- how often it was given out
);
create index if not exists letters_due on letters (due_at);
create index if not exists letters_by_user on letters (user_id) where user_id is not null;

-- No reference to users: it outlives them.
create table if not exists audit_log (
  number bigint generated always as identity primary key,
  kind text not null,
  user_id uuid,
  at timestamptz not null,
  facts jsonb not null
);
create index if not exists audit_log_by_user on audit_log (user_id, number);

create or replace function audit_log_stays() returns trigger
language plpgsql as $$
begin
  raise exception 'nothing in the audit log is changed or removed'
    using errcode = 'integrity_constraint_violation';
end
$$;
create or replace trigger audit_log_stays
  before update or delete or truncate on audit_log
  for each statement
  execute function audit_log_stays();

-- Most rows of these tables are deleted soon after they were written.
alter table tickets set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table attempts set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table letters set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What a run that was cut off has left is of no use. One that is whole is not made anew.
do $$
begin
  if exists (
    select from pg_index where indexrelid = to_regclass('users_to_erase') and not indisvalid)
  then
    drop index users_to_erase;
  end if;
end
$$;
reset lock_timeout; -- making it waits for transactions, and holds up nobody
create index concurrently if not exists users_to_erase on users (erase_at)
  where erase_at is not null;
