-- Made beside running instances of the version before, which go on with these tables: nothing they
-- know goes away, and what they write gets the values that stand here. What a user is entitled to
-- they find where they did, in user_subscriptions; they do not know that what is stored there of a
-- provider has more to it. Each statement is a transaction of its own (see the .conf beside this
-- file), so that it holds one lock at a time, and may be run again where a run was cut off.

-- Whoever waits for a table keeps all others waiting that come after: behind a backup, for hours.
-- So each gives up soon, and Migrations begins again a little later.
set lock_timeout = '1s';

-- What a subscription is by its provider's words. The rest of a row is what it grants; where that
-- is nothing, ends_at is the beginning of 1970.
alter table user_subscriptions
  add column if not exists customer text,
  add column if not exists status text,
  add column if not exists settled boolean, -- whether that status is the last one
  add column if not exists state jsonb;
-- Checked in a second step, which reads the table while others write.
alter table user_subscriptions
  drop constraint if exists user_subscriptions_bought,
  add constraint user_subscriptions_bought check (
    num_nulls(customer, status, settled, state) in (0, 4)
    and (provider <> 'manual' or state is null)) not valid;
alter table user_subscriptions validate constraint user_subscriptions_bought;
alter table user_subscriptions set (fillfactor = 70);

create table if not exists payment_customers (
  provider text not null,
  customer text not null, -- the provider's name for the user
  user_id uuid not null references users on delete cascade,
  linked_at timestamptz not null,
  primary key (provider, customer)
);
create index if not exists payment_customers_by_user on payment_customers (user_id);

-- Bodies lie beside the table, so that a change of state does not copy them.
create table if not exists webhook_inbox (
  id uuid primary key,
  provider text not null,
  event_key text not null,
  type text not null,
  api_version text,
  customer text,
  provider_time timestamptz,
  signature bytea not null check (octet_length(signature) = 32), -- a digest of it
  body bytea not null,
  received_at timestamptz not null,
  state text not null check (state in ('DUE', 'PARKED', 'DONE', 'DEAD')),
  attempts int not null default 0, -- how often it was tried in vain
  given_out boolean not null default false, -- and nothing was said of it since
  deliveries int not null default 1, -- how often it came
  next_at timestamptz, -- when it is given out
  note text,
  waits_for text, -- of what kind it is that must become known, and under which name
  waits_name text,
  settled_at timestamptz, -- when it was done or given up
  unique (provider, event_key),
  check ((next_at is not null) = (state in ('DUE', 'PARKED'))),
  check ((settled_at is not null) = (state in ('DONE', 'DEAD'))),
  check (num_nulls(waits_for, waits_name) = case when state = 'PARKED' then 0 else 2 end)
) with (fillfactor = 70, toast_tuple_target = 256);
create index if not exists webhook_inbox_next on webhook_inbox (next_at)
  where next_at is not null;
create index if not exists webhook_inbox_waiting on webhook_inbox (provider, waits_for, waits_name)
  where waits_for is not null;
create index if not exists webhook_inbox_open on webhook_inbox (state, id) where state <> 'DONE';
create index if not exists webhook_inbox_settled on webhook_inbox (state, settled_at)
  where settled_at is not null;
create index if not exists webhook_inbox_by_customer on webhook_inbox (provider, customer)
  where customer is not null;

-- What has moved money stays when its account is erased, without the account's name.
create table if not exists billing_ledger (
  provider text not null,
  kind text not null,
  reference text not null,
  user_id uuid references users on delete set null,
  amount bigint, -- in minor units of the currency
  currency text,
  state text not null,
  at timestamptz not null,
  primary key (provider, kind, reference),
  check (num_nulls(amount, currency) in (0, 2))
);
create index if not exists billing_ledger_by_user on billing_ledger (user_id, at)
  where user_id is not null;

-- Changes of what users are entitled to that caches must be told of.
create table if not exists tier_changes (
  user_id uuid primary key references users on delete cascade,
  version bigint not null,
  due_at timestamptz not null
) with (fillfactor = 50);
create index if not exists tier_changes_due on tier_changes (due_at);

-- No reference to users: it outlives them.
create table if not exists provider_endings (
  provider text not null,
  reference text not null,
  state jsonb not null,
  due_at timestamptz not null,
  attempts int not null default 0, -- how often it was given out
  primary key (provider, reference)
);
create index if not exists provider_endings_due on provider_endings (due_at);

-- Rows of these tables are changed or deleted soon after they were written: cleaned up when a
-- fiftieth, or a thousand, is out of date, not a fifth.
alter table webhook_inbox set (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0.05);
alter table tier_changes set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table provider_endings set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What a run that was cut off has left is of no use. One that is whole is not made anew.
do $$
declare
  unfinished regclass;
begin
  for unfinished in
    select indexrelid from pg_index
    where not indisvalid and indexrelid in (
      to_regclass('user_subscriptions_by_name'), to_regclass('user_subscriptions_live'),
      to_regclass('user_subscriptions_by_end'), to_regclass('user_subscriptions_by_customer'))
  loop
    execute format('drop index %s', unfinished);
  end loop;
end
$$;
reset lock_timeout; -- making them waits for transactions, and holds up nobody
create unique index concurrently if not exists user_subscriptions_by_name
  on user_subscriptions (provider, reference) where provider <> 'manual';
create index concurrently if not exists user_subscriptions_live
  on user_subscriptions (provider collate "C", reference collate "C") where not settled;
create index concurrently if not exists user_subscriptions_by_end
  on user_subscriptions (ends_at) where provider <> 'manual';
create index concurrently if not exists user_subscriptions_by_customer
  on user_subscriptions (provider, customer) where customer is not null;
