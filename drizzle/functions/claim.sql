-- Takes ready tasks of a pool as far as its slots reach and writes an attempt with its token for each, before anything
-- is prepared or submitted. Two workers never take the same task, nor together more than the slots. A task that wants
-- more than the pool has takes all of it, alone.
-- claim: { "site", "pool", "slots", "most", "scratchRoot", "workerId", "leaseUntil", "stamp" }; ids begin with the stamp.
-- Gives the tasks with their attempts, and the artifact that a task is about with the place where it lies; and how many
-- they are. They are json, which is only put together, and not jsonb, which every function on the way would sort anew.
create or replace function nereus_claim(claim jsonb, at_time timestamptz, out claimed json, out taken_count integer)
language plpgsql as $$
declare
  all_slots integer := (claim ->> 'slots')::integer;
  free integer;
begin
  claimed := '[]';
  taken_count := 0;
  -- Most looks find nothing, and then there is nothing to lock.
  if not exists (select from task where ready_pool = claim ->> 'pool') then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('slots ' || (claim ->> 'site') || ' ' || (claim ->> 'pool')));
  select all_slots - coalesce(sum(slots), 0) into free
  from attempt
  where live_site = claim ->> 'site' and pool = claim ->> 'pool';
  if free <= 0 then
    return;
  end if;

  with candidate as materialized (
    select t.ctid as row_id, t.id, t.priority, t.ready_at, t.position, least(t.cpus, all_slots) as slots
    from task t
    where t.ready_pool = claim ->> 'pool'
      and (select r.state = 'running' and r.cancel_requested_at is null from run r where r.id = t.run_id)
    -- As in the index task_ready, so that nothing is sorted.
    order by t.priority desc nulls last, t.ready_at, t.position
    limit least(free, (claim ->> 'most')::integer)
    for update of t skip locked
  ), fitting as (
    select row_id, slots, sum(slots) over (order by priority desc, ready_at, position, id) as taken from candidate
  ), taken as (
    update task t set state = 'staging', attempts = t.attempts + 1
    -- The lock keeps a row in its place.
    from fitting f where t.ctid = f.row_id and f.taken <= free
    returning t.id, t.run_id, t.node_id, t.key, t.position, t.attempts, t.generation, t.input_artifact_id, t.origin_id,
      f.slots, replace(gen_random_uuid()::text, '-', '') as chance
  ), named as materialized (
    select *, 'x' || (claim ->> 'stamp') || left(chance, 16) as attempt_id,
      't' || (claim ->> 'stamp') || right(chance, 16) as token
    from taken
  ), placed as materialized (
    select *, (claim ->> 'scratchRoot') || '/' || run_id || '/' || node_id || '/' || position || '-' || attempts || '-'
      || token as scratch
    from named
  ), made as (
    insert into attempt (id, run_id, task_id, number, generation, token, site, pool, slots, state, scratch, worker_id,
      lease_expires_at)
    select attempt_id, run_id, id, attempts, generation, token, claim ->> 'site', claim ->> 'pool', slots, 'staging', scratch,
      claim ->> 'workerId', (claim ->> 'leaseUntil')::timestamptz
    from placed
  )
  select coalesce(json_agg(json_build_object(
    'task', json_build_object('id', id, 'runId', run_id, 'nodeId', node_id, 'key', key, 'position', position,
      'inputArtifactId', input_artifact_id, 'originId', origin_id),
    'attempt', json_build_object('id', attempt_id, 'runId', run_id, 'taskId', id, 'nodeId', node_id, 'taskKey', key,
      'number', attempts, 'generation', generation, 'token', token, 'scratch', scratch, 'jobId', null),
    'input', input.artifact)
    order by position), '[]'), count(*)
  into claimed, taken_count
  from placed
  left join lateral (
    select json_build_object('id', a.id, 'nodeId', a.node_id, 'taskId', a.task_id, 'path', a.path, 'key', a.key,
      'originId', a.origin_id, 'sizeBytes', a.size_bytes, 'mimeType', a.mime_type, 'metadata', a.metadata,
      'taskKey', p.key, 'scratch', x.scratch) as artifact
    from artifact a
    join attempt x on x.id = a.attempt_id
    join task p on p.id = a.task_id
    where a.id = placed.input_artifact_id offset 0) input on true;
end
$$;
