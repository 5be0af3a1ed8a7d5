-- Made beside running instances of the version before, which go on with these tables (see V8). To them a guest is a user without an
-- address, with the limits of the free tier: guests come only from instances that know them.
set lock_timeout = '1s';

alter table users add column if not exists guest boolean not null default false;
-- Checked in a second step, which reads the table while others write.
alter table users
  drop constraint if exists users_guests_are_nobody,
  add constraint users_guests_are_nobody check (
    not guest or email is null and password_hash is null)
    not valid;
alter table users validate constraint users_guests_are_nobody;

-- What a run that was cut off has left is of no use. One that is whole is not made anew.
do $$
begin
  if exists (
    select from pg_index where indexrelid = to_regclass('users_guests') and not indisvalid)
  then
    drop index users_guests;
  end if;
end
$$;
reset lock_timeout; -- making it waits for transactions, and holds up nobody
create index concurrently if not exists users_guests on users (created_at, id)
  where guest and state <> 'deleted';
