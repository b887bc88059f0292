-- Takes in what attempts tell, in one pass over any number of runs: fences them, commits their files, moves attempts and
-- tasks, then advances the runs. A report of an attempt that may no longer speak for its task changes nothing.
-- reports: [{ "runId", "attemptId", "kind": submitted | running | artifacts | completed, "jobId", "startedAt", "endedAt",
--   "exitCode", "signal", "maxRssBytes", "files": [{ "id", "path", "sizeBytes", "sha256", "mimeType", "metadata" }] }],
--   at most one of an attempt.
-- Returns what nereus_advance returns, with "accepted": places of the reports that counted, from 0.
create or replace function nereus_report(reports jsonb, at_time timestamptz, fan_limit integer)
returns jsonb language plpgsql as $$
declare
  kinds text[];
  run_ids text[];
  node_ids text[];
  task_ids text[];
  attempt_ids text[];
  told integer[];
  details jsonb[];
  ended_runs text[];
  ended_nodes text[];
  ready_runs text[] := '{}';
  ready_nodes text[] := '{}';
  result jsonb;
begin
  -- In one order everywhere, so that two transitions never wait for each other.
  perform from run r where r.id in (select x ->> 'runId' from jsonb_array_elements(reports) as x)
  order by r.id for no key update;

  select array_agg(r.detail ->> 'kind'), array_agg(t.run_id), array_agg(t.node_id), array_agg(t.id), array_agg(a.id),
    array_agg((r.place - 1)::integer), array_agg(r.detail)
  into kinds, run_ids, node_ids, task_ids, attempt_ids, told, details
  from jsonb_array_elements(reports) with ordinality as r(detail, place)
  cross join lateral (
    select id, task_id, number, generation from attempt
    where id = r.detail ->> 'attemptId' and state in ('staging', 'submitted', 'running') offset 0) a
  cross join lateral (
    select id, run_id, node_id from task
    where id = a.task_id and attempts = a.number and generation = a.generation
      and state in ('staging', 'submitted', 'running') offset 0) t
  where (select run.state from run where run.id = t.run_id) in ('running', 'held');
  if told is null then
    return '{"accepted": [], "needs": [], "ended": [], "made": 0}'::jsonb;
  end if;

  if exists (select from unnest(details) as d where jsonb_array_length(d -> 'files') > 0) then
    with files as (
      select l.run_id, l.node_id, l.task_id, l.attempt_id, l.place, f.*
      from unnest(run_ids, node_ids, task_ids, attempt_ids, details)
        with ordinality as l(run_id, node_id, task_id, attempt_id, detail, place)
      cross join lateral rows from (
        jsonb_to_recordset(coalesce(l.detail -> 'files', '[]'))
          as (id text, path text, "sizeBytes" bigint, sha256 text, "mimeType" text, metadata jsonb)
      ) with ordinality as f(id, path, size_bytes, sha256, mime_type, metadata, inner_place)
    ), committed as (
      insert into artifact (id, run_id, node_id, task_id, attempt_id, path, key, size_bytes, sha256, mime_type, metadata,
        origin_id, committed_at)
      select f.id, f.run_id, f.node_id, f.task_id, f.attempt_id, f.path,
        case when t.key = '' then f.path else t.key || '/' || f.path end,
        f.size_bytes, f.sha256, f.mime_type, coalesce(f.metadata, '{}'), t.origin_id, at_time
      from files f join task t on t.id = f.task_id
      order by f.place, f.inner_place
      -- A path that was committed before keeps its first file, since consumers may have read it; a rerun replaces it.
      on conflict (task_id, path) do update
      set attempt_id = excluded.attempt_id, sequence = excluded.sequence, size_bytes = excluded.size_bytes, sha256 = excluded.sha256,
        mime_type = excluded.mime_type, metadata = excluded.metadata, committed_at = excluded.committed_at,
        superseded = false, tainted_at = null, marked_at = null, collected_at = null
      where artifact.superseded
      returning id, run_id, node_id, task_id, path, size_bytes, sequence
    )
    insert into event (run_id, at, kind, node_id, task_id, data)
    select run_id, at_time, 'artifact-committed', node_id, task_id,
      jsonb_build_object('artifactId', id, 'path', path, 'sizeBytes', size_bytes)
    from (select *, count(*) over (partition by run_id, node_id) as burst from committed) c where burst <= 50
    union all
    select run_id, at_time, 'node-progress', node_id, null, jsonb_build_object('artifacts', count(*))
    from committed group by run_id, node_id having count(*) > 50;

    -- Nodes that take files of a producer while it runs.
    select coalesce(array_agg(n.run_id), '{}'), coalesce(array_agg(n.node_id), '{}') into ready_runs, ready_nodes
    from (select distinct l.run_id, l.node_id from unnest(run_ids, node_ids) as l(run_id, node_id)) as l
    join run r on r.id = l.run_id
    cross join lateral (
      select v.to_node from version_edge v
      where v.hash = r.version_hash and v.from_node = l.node_id and v.streaming offset 0) e
    join node n on n.run_id = l.run_id and n.node_id = e.to_node and n.upstream_left <= 1;
  end if;

  update attempt a
  set state = case l.kind when 'completed' then 'ended' else l.kind end,
    job_id = coalesce(detail ->> 'jobId', a.job_id),
    submitted_at = case l.kind when 'submitted' then at_time
      else coalesce(a.submitted_at, (detail ->> 'startedAt')::timestamptz) end,
    started_at = coalesce((detail ->> 'startedAt')::timestamptz, a.started_at),
    ended_at = case l.kind when 'completed' then coalesce((detail ->> 'endedAt')::timestamptz, at_time) end,
    exit_code = (detail ->> 'exitCode')::integer, signal = detail ->> 'signal',
    max_rss_bytes = (detail ->> 'maxRssBytes')::bigint, misses = 0
  from unnest(kinds, attempt_ids, details) as l(kind, attempt_id, detail)
  where a.id = l.attempt_id and l.kind <> 'artifacts';

  with moved as (
    update task t
    set state = l.kind,
      started_at = coalesce((detail ->> 'startedAt')::timestamptz, t.started_at),
      ended_at = case l.kind when 'completed' then at_time end,
      reason = null
    from unnest(kinds, task_ids, details) as l(kind, task_id, detail)
    where t.id = l.task_id and l.kind <> 'artifacts'
    returning t.run_id, t.node_id, t.id, t.state, t.key, t.attempts
  ), told_tasks as (
    insert into event (run_id, at, kind, node_id, task_id, data)
    select run_id, at_time, 'task-state', node_id, id,
      jsonb_build_object('state', state, 'reason', null, 'key', key, 'attempt', attempts)
    from (select *, count(*) over (partition by run_id, node_id) as burst from moved) m where burst <= 50
    union all
    select run_id, at_time, 'node-progress', node_id, null, jsonb_build_object('tasks', count(*))
    from moved group by run_id, node_id having count(*) > 50
  ), counted as (
    update node n set tasks_left = n.tasks_left - m.ended
    from (select run_id, node_id, count(*) as ended from moved where state = 'completed' group by run_id, node_id) m
    where n.run_id = m.run_id and n.node_id = m.node_id
    returning n.run_id, n.node_id, n.tasks_left
  )
  select coalesce(array_agg(run_id), '{}'), coalesce(array_agg(node_id), '{}') into ended_runs, ended_nodes
  from counted where tasks_left = 0;
  result := nereus_advance(ended_runs, ended_nodes, ready_runs, ready_nodes, at_time, fan_limit);

  perform pg_notify('nereus_event', run_id) from (select distinct unnest(run_ids) as run_id) as followed;
  return result || jsonb_build_object('accepted', to_jsonb(told));
end
$$;
