-- New tasks of nodes that are fanned over the artifacts of their main inputs: one per artifact, or one per origin.
-- Nodes that take what a running producer has committed get tasks only for what has none yet.
-- Leaves out the runs of `without`. Returns how many ready tasks were made, and the runs in which a node would get more
-- than `fan_limit`: these are left as they are, since the pure planner fails them. A fan wider than 50 is told as a whole:
-- nobody follows its tasks one by one.
create or replace function nereus_fan_out(runs text[], nodes text[], without text[], at_time timestamptz, fan_limit integer,
  out made integer, out over text[])
language plpgsql as $$
begin
  with found as (
    select n.run_id, n.node_id, n.tasks_total, n.state as node_state, r.generation, v.fan, v.hold or n.held as hold, v.pool, v.cpus,
      v.priority, a.id, a.key, a.origin_id,
      row_number() over (partition by n.run_id, n.node_id order by e.ordinal, t.position, a.sequence) as place,
      bool_or(a.origin_id is not null) over (partition by n.run_id, n.node_id) as has_origins
    from unnest(runs, nodes) as l(run_id, node_id)
    join node n on n.run_id = l.run_id and n.node_id = l.node_id
    join run r on r.id = n.run_id
    join version_node v on v.hash = r.version_hash and v.node_id = n.node_id
    cross join lateral (
      select main.from_node, main.ordinal, main.pattern from version_edge main
      where main.hash = v.hash and main.to_node = v.node_id and main.role = 'main' offset 0) e
    cross join lateral (
      select made.id, made.key, made.origin_id, made.task_id, made.sequence from artifact made
      where made.run_id = n.run_id and made.node_id = e.from_node and not made.superseded
        and (e.pattern is null or made.path ~ e.pattern) offset 0) a
    join task t on t.id = a.task_id
    where l.run_id <> all (without) and not (v.streams and exists (
      select from task earlier
      where earlier.run_id = n.run_id and earlier.node_id = n.node_id and earlier.key = a.key and not earlier.superseded))
  ), wishes as (
    select run_id, node_id, tasks_total, node_state, generation, hold, pool, cpus, priority, place, key, id as input_id,
      coalesce(origin_id, id) as origin_id
    from found where fan = 'single'
    union all
    -- Artifacts without an origin go to every group; alone they make one.
    select g.run_id, g.node_id, g.tasks_total, g.node_state, g.generation, g.hold, g.pool, g.cpus, g.priority, g.place,
      coalesce(o.key, g.origin_id, ''), null, g.origin_id
    from (
      select run_id, node_id, tasks_total, node_state, generation, hold, pool, cpus, priority, origin_id,
        min(place) as place
      from found where fan = 'grouped' and (origin_id is not null or not has_origins)
      group by run_id, node_id, tasks_total, node_state, generation, hold, pool, cpus, priority, origin_id
    ) g
    -- One that a rerun has thrown away names no group any more.
    left join artifact o on o.id = g.origin_id and not o.superseded
  ), counted as (
    select *,
      tasks_total + row_number() over (partition by run_id, node_id order by place) - 1 as position,
      row_number() over (partition by run_id, node_id, key order by place) as repeat,
      tasks_total + count(*) over (partition by run_id, node_id) as total
    from wishes
  ), planned as materialized (
    select *,
      run_id || '.' || node_id || '.' || position || case when generation > 1 then '.g' || generation else '' end as id,
      case when repeat > 1 then key || '#' || repeat else key end as name,
      case when hold then 'held' else 'ready' end as state,
      bool_or(total > fan_limit) over (partition by run_id) as is_over
    from counted
  ), inserted as (
    insert into task (id, run_id, node_id, key, position, state, pool, cpus, priority, input_artifact_id, origin_id,
      generation, ready_at)
    select id, run_id, node_id, name, position, state, pool, cpus, priority, input_id, origin_id, generation, at_time
    from planned where not is_over
  ), launched as (
    update node n
    set tasks_total = n.tasks_total + c.made, tasks_left = n.tasks_left + c.made, state = 'running'
    from (select run_id, node_id, count(*) as made from planned where not is_over group by run_id, node_id) c
    where n.run_id = c.run_id and n.node_id = c.node_id
  ), told as (
    insert into event (run_id, at, kind, node_id, task_id, data)
    select distinct run_id, at_time, 'node-state', node_id, null, '{"state": "running", "reason": null}'::jsonb
    from planned where not is_over and node_state = 'waiting'
    union all
    select run_id, at_time, 'task-state', node_id, id, jsonb_build_object('state', state, 'reason', null, 'key', name)
    from planned where not is_over and total <= 50
    union all
    select distinct run_id, at_time, 'node-progress', node_id, null, jsonb_build_object('tasksTotal', total)
    from planned where not is_over and total > 50
  )
  select count(*) filter (where not is_over and state = 'ready'),
    coalesce(array_agg(distinct run_id) filter (where is_over), '{}')
  into made, over from planned;
end
$$;
