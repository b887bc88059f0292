-- Takes ready tasks of a pool as far as its slots reach and writes an attempt with its token for each, before anything
-- is prepared or submitted. Two workers never take the same task, nor together more than the slots. A task that wants
-- more than the pool has takes all of it, alone.
-- claim: { "site", "pool", "slots", "most", "scratchRoot", "workerId", "leaseUntil", "stamp" }; ids begin with the stamp.
-- Gives the tasks with their attempts, the artifact that a task is about, and who made these; and how many tasks they are.
-- { "id": [...], ... }: a list for each column, since putting an object together for each task costs more than all the rest;
-- and json, which is only put together, not jsonb, which every function on the way would sort anew.
create or replace function nereus_claim(claim jsonb, at_time timestamptz, out claimed json, out taken_count integer)
language plpgsql as $$
declare
  all_slots integer := (claim ->> 'slots')::integer;
  free integer;
begin
  claimed := '{}';
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
  ), viewed as materialized (
    select placed.*, a.attempt_id as maker, a.path, a.key as file_key, a.origin_id as file_origin, a.size_bytes, a.mime_type,
      a.metadata
    from placed
    left join lateral (select * from artifact where id = placed.input_artifact_id offset 0) a on true
    order by position
  )
  select json_build_object('id', array_agg(id), 'runId', array_agg(run_id), 'nodeId', array_agg(node_id),
      'key', array_agg(key), 'position', array_agg(position), 'originId', array_agg(origin_id),
      'number', array_agg(attempts), 'generation', array_agg(generation), 'attemptId', array_agg(attempt_id),
      'token', array_agg(token), 'scratch', array_agg(scratch), 'inputId', array_agg(input_artifact_id),
      'maker', array_agg(maker), 'path', array_agg(path), 'fileKey', array_agg(file_key),
      'fileOrigin', array_agg(file_origin), 'sizeBytes', array_agg(size_bytes), 'mimeType', array_agg(mime_type),
      'metadata', array_agg(metadata),
      -- A fan has one of them, or few.
      'makers', (
        select json_object_agg(x.id, json_build_object('taskId', p.id, 'nodeId', p.node_id, 'taskKey', p.key,
          'scratch', x.scratch))
        from (select distinct v.maker from viewed v) m
        join attempt x on x.id = m.maker
        join task p on p.id = x.task_id)),
    count(*)
  into claimed, taken_count
  from viewed;
end
$$;
