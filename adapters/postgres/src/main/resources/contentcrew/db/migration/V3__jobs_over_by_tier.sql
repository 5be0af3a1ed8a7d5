-- What a run that was cut off has left is of no use. One that is whole is not made anew.
set lock_timeout = '1s';
do $$
begin
  if exists (
    select from pg_index where indexrelid = to_regclass('jobs_over_by_tier') and not indisvalid)
  then
    drop index jobs_over_by_tier;
  end if;
end
$$;
reset lock_timeout; -- making it waits for transactions, and holds up nobody
create index concurrently if not exists jobs_over_by_tier
  on jobs (coalesce(kept_as, tier), finished_at)
  where finished_at is not null;
