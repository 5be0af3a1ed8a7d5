-- Made beside running instances of the version before, which go on with these tables: nothing they
-- know goes away, and what they write gets the values that stand here. A revision that one of them
-- takes up it cannot run; it leaves it, and an instance of this version goes on. Each statement is a
-- transaction of its own (see the .conf beside this file), so that it holds one lock at a time, and
-- may be run again where a run was cut off.

-- Whoever waits for a table keeps all others waiting that come after: behind a backup, for hours.
-- So each gives up soon, and Migrations begins again a little later.
set lock_timeout = '1s';

alter table jobs
  add column if not exists title text,
  -- Title and topic as they are looked through for words; null is the topic in lower case.
  add column if not exists search_text text,
  -- The job whose piece it writes anew, which version of that it reads, and what is asked for.
  add column if not exists revises uuid,
  add column if not exists revised_version int,
  add column if not exists revision_note text;
-- Checked in a second step, which reads the table while others write.
alter table jobs
  drop constraint if exists jobs_revision,
  add constraint jobs_revision check (
    num_nulls(revises, revised_version) in (0, 2)
    and (revises is not null or revision_note is null)
    and (revises is null or cardinality(formats) = 1)) not valid;
alter table jobs validate constraint jobs_revision;
alter table jobs
  drop constraint if exists jobs_revises,
  add constraint jobs_revises foreign key (revises) references jobs on delete cascade not valid;
alter table jobs validate constraint jobs_revises;

alter table artifacts
  add column if not exists origin text not null default 'written',
  add column if not exists note text;
alter table artifacts
  drop constraint if exists artifacts_origin,
  add constraint artifacts_origin check (
    origin in ('written', 'revised', 'edited', 'restored')
    and (note is null or origin = 'revised')) not valid;
alter table artifacts validate constraint artifacts_origin;

-- What a run that was cut off has left is of no use. One that is whole is not made anew.
do $$
begin
  if exists (
    select from pg_index where not indisvalid and indexrelid = to_regclass('jobs_by_revised')) then
    drop index jobs_by_revised;
  end if;
end
$$;
reset lock_timeout; -- making it waits for transactions, and holds up nobody
create index concurrently if not exists jobs_by_revised on jobs (revises, id desc)
  where revises is not null;
