-- New tasks of nodes that are fanned over the artifacts of their main inputs: one per artifact, or one per origin.
-- Nodes that take what a running producer has committed get tasks only for what has none yet.
-- Leaves out the runs of `without`. Returns how many ready tasks were made, and the runs in which a node would get more
-- than `fan_limit`: these are left as they are, since the pure planner fails them. A fan wider than 50 is told as a whole:
-- nobody follows its tasks one by one.
create or replace function nereus_fan_out(runs text[], nodes text[], without text[], at_time timestamptz, fan_limit integer,
  out made integer, out over text[])
language plpgsql as $$
declare
  -- Of the nodes, by their spot from 1. The rows of a wide fan carry the spot through every sort and not what it stands for.
  of_run text[];
  of_node text[];
  of_version text[];
  fans text[];
  node_states text[];
  totals integer[];
  generations integer[];
  stream boolean[];
  holds boolean[];
  pools text[];
  slots integer[];
  priorities integer[];
begin
  select array_agg(n.run_id), array_agg(n.node_id), array_agg(v.hash), array_agg(v.fan), array_agg(n.state),
    array_agg(n.tasks_total), array_agg(r.generation), array_agg(v.streams), array_agg(v.hold or n.held),
    array_agg(v.pool), array_agg(v.cpus), array_agg(v.priority)
  into of_run, of_node, of_version, fans, node_states, totals, generations, stream, holds, pools, slots, priorities
  from unnest(runs, nodes) as l(run_id, node_id)
  join node n on n.run_id = l.run_id and n.node_id = l.node_id
  join run r on r.id = n.run_id
  join version_node v on v.hash = r.version_hash and v.node_id = n.node_id
  where l.run_id <> all (without);

  with found as (
    select s.spot::integer, a.id, a.key, a.origin_id,
      row_number() over (partition by s.spot order by e.ordinal, t.position, a.sequence) as place
    from unnest(of_run, of_node, of_version) with ordinality as s(run_id, node_id, version, spot)
    cross join lateral (
      select main.from_node, main.ordinal, main.pattern from version_edge main
      where main.hash = s.version and main.to_node = s.node_id and main.role = 'main' offset 0) e
    cross join lateral (
      select made.id, made.key, made.origin_id, made.task_id, made.sequence from artifact made
      where made.run_id = s.run_id and made.node_id = e.from_node and not made.superseded
        and (e.pattern is null or made.path ~ e.pattern) offset 0) a
    join task t on t.id = a.task_id
    where not (stream[s.spot] and exists (
      select from task earlier
      where earlier.run_id = s.run_id and earlier.node_id = s.node_id and earlier.key = a.key and not earlier.superseded))
  ), wishes as materialized (
    select spot, place, key, id as input_id, coalesce(origin_id, id) as origin_id from found where fans[spot] = 'single'
    union all
    -- Artifacts without an origin go to every group; alone they make one.
    select g.spot, g.place, coalesce(o.key, g.origin_id, ''), null, g.origin_id
    from (
      select f.spot, f.origin_id, row_number() over (partition by f.spot order by min(f.place)) as place
      from found f
      where fans[f.spot] = 'grouped'
        and (f.origin_id is not null or f.spot not in (select spot from found where origin_id is not null))
      group by f.spot, f.origin_id
    ) g
    -- One that a rerun has thrown away names no group any more.
    left join artifact o on o.id = g.origin_id and not o.superseded
  ), sizes as materialized (
    select spot, count(*) as made, totals[spot] + count(*) as total from wishes group by spot
  ), refused as materialized (
    select coalesce(array_agg(distinct of_run[spot]) filter (where total > fan_limit), '{}') as runs from sizes
  ), planned as materialized (
    select spot, (totals[spot] + place - 1)::integer as position, input_id, origin_id,
      of_run[spot] || '.' || of_node[spot] || '.' || totals[spot] + place - 1
        || case when generations[spot] > 1 then '.g' || generations[spot] else '' end as id,
      case when repeat > 1 then key || '#' || repeat else key end as name,
      case when holds[spot] then 'held' else 'ready' end as state
    from (select *, row_number() over (partition by spot, key order by place) as repeat from wishes) w
    where of_run[spot] <> all ((select refused.runs from refused)::text[])
  ), inserted as (
    insert into task (id, run_id, node_id, key, position, state, pool, cpus, priority, input_artifact_id, origin_id,
      generation, ready_at)
    select id, of_run[spot], of_node[spot], name, position, state, pools[spot], slots[spot], priorities[spot], input_id,
      origin_id, generations[spot], at_time
    from planned
  ), accepted as (
    select s.* from sizes s, refused where of_run[s.spot] <> all (refused.runs)
  ), launched as (
    update node n
    set tasks_total = n.tasks_total + a.made, tasks_left = n.tasks_left + a.made, state = 'running'
    from accepted a
    where n.run_id = of_run[a.spot] and n.node_id = of_node[a.spot]
  ), told as (
    insert into event (run_id, at, kind, node_id, task_id, data)
    select of_run[spot], at_time, 'node-state', of_node[spot], null, '{"state": "running", "reason": null}'::jsonb
    from accepted where node_states[spot] = 'waiting'
    union all
    select of_run[spot], at_time, 'task-state', of_node[spot], id,
      jsonb_build_object('state', state, 'reason', null, 'key', name)
    from planned where spot in (select spot from accepted where total <= 50)
    union all
    select of_run[spot], at_time, 'node-progress', of_node[spot], null, jsonb_build_object('tasksTotal', total)
    from accepted where total > 50
  )
  select coalesce(sum(a.made) filter (where not holds[a.spot]), 0), (select refused.runs from refused)
  into made, over from accepted a;
end
$$;
