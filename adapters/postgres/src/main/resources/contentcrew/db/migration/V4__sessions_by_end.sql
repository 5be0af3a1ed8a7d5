-- What a run that was cut off has left is of no use. One that is whole is not made anew.
set lock_timeout = '1s';
do $$
begin
  if exists (
    select from pg_index where indexrelid = to_regclass('sessions_by_end') and not indisvalid)
  then
    drop index sessions_by_end;
  end if;
end
$$;
reset lock_timeout; -- making it waits for transactions, and holds up nobody
create index concurrently if not exists sessions_by_end
  on sessions (least(expires_at, ended_at));
