-- What a run that was cut off has left is of no use. One that is whole is not made anew.
set lock_timeout = '1s';
do $$
begin
  if exists (
    select from pg_index where indexrelid = to_regclass('usage_tracking_by_period') and not indisvalid)
  then
    drop index usage_tracking_by_period;
  end if;
end
$$;
reset lock_timeout; -- making it waits for transactions, and holds up nobody
create index concurrently if not exists usage_tracking_by_period
  on usage_tracking (period_end);
