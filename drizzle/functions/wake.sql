-- Queues a wake-up unless one of its kind waits already for that time or an earlier one. A database that no worker has
-- ever opened has no queue yet: the first worker looks at all rows when it starts.
create or replace function nereus_wake(wake_up text, run_at_time timestamptz)
returns void language plpgsql as $$
declare
  waits boolean;
begin
  if to_regclass('graphile_worker._private_jobs') is null then
    return;
  end if;
  execute 'select exists (
    select from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
    where k.identifier = $1 and j.locked_at is null and j.run_at <= $2)'
  into waits using wake_up, run_at_time;
  -- Without a key of the job: two that queue one at a time would wait for each other's commit.
  if not waits then
    execute 'select graphile_worker.add_job($1, ''{}''::json, run_at := $2, max_attempts := 1000)'
    using wake_up, run_at_time;
  end if;
end
$$;
