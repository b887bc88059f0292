-- Moves runs on after something happened to some of their nodes: launches nodes that became ready, closes nodes whose
-- tasks have all ended, until nothing moves; set-based, so that many runs, or one wide fan, cost one pass.
-- It does what lib/dag/decide does for nodes whose planner is `sql`; of a run with another node to launch it touches no
-- more nodes and names the run in `needs`: the pure planner goes on there. The caller holds the rows of the runs.
-- Returns { "needs": [run], "ended": [run], "made": number of new tasks }.
-- ended_*: nodes that may have come to their end; ready_*: nodes that may get tasks.
create or replace function nereus_advance(ended_runs text[], ended_nodes text[], ready_runs text[], ready_nodes text[],
  at_time timestamptz, fan_limit integer)
returns jsonb language plpgsql as $$
declare
  look_runs text[] := ready_runs;
  look_nodes text[] := ready_nodes;
  close_runs text[] := ended_runs;
  close_nodes text[] := ended_nodes;
  one_runs text[];
  one_nodes text[];
  fan_runs text[];
  fan_nodes text[];
  done_runs text[];
  done_nodes text[];
  needs text[] := '{}';
  more_needs text[];
  ended text[];
  made integer := 0;
  made_now integer;
begin
  loop
    if cardinality(look_runs) > 0 then
      -- What each node wants: the pure planner, one task, or a task for each of what it is fanned over.
      with looked as (
        select n.run_id, n.node_id, v.fan, n.state = 'waiting' or (n.state = 'running' and v.streams) as is_open,
          r.state = 'held' or v.planner <> 'sql' or (n.state = 'waiting' and exists (
            select from version_edge e
            where e.hash = v.hash and e.to_node = n.node_id and (
              select u.state from node u where u.run_id = n.run_id and u.node_id = e.from_node
            ) in ('skipped', 'failed', 'partial'))) as is_pure,
          not v.has_main or (v.fan = 'aggregate' and exists (
            select from version_edge e
            where e.hash = v.hash and e.to_node = n.node_id and e.role = 'main' and (e.named or exists (
              select from artifact a
              where a.run_id = n.run_id and a.node_id = e.from_node and not a.superseded
                and (e.pattern is null or a.path ~ e.pattern))))) as wants_one
        from unnest(look_runs, look_nodes) as l(run_id, node_id)
        join node n on n.run_id = l.run_id and n.node_id = l.node_id
        join run r on r.id = n.run_id
        join version_node v on v.hash = r.version_hash and v.node_id = n.node_id
      )
      select array_agg(distinct run_id) filter (where is_open and is_pure),
        array_agg(run_id) filter (where is_open and wants_one), array_agg(node_id) filter (where is_open and wants_one),
        array_agg(run_id) filter (where is_open and not wants_one and fan <> 'aggregate'),
        array_agg(node_id) filter (where is_open and not wants_one and fan <> 'aggregate'),
        -- What gets its task now cannot be at its end.
        close_runs || array_agg(run_id) filter (where not (is_open and wants_one)),
        close_nodes || array_agg(node_id) filter (where not (is_open and wants_one))
      into more_needs, one_runs, one_nodes, fan_runs, fan_nodes, close_runs, close_nodes from looked;
      needs := needs || coalesce(more_needs, '{}');

      if fan_runs is not null then
        select f.made, f.over into made_now, more_needs
        from nereus_fan_out(fan_runs, fan_nodes, needs, at_time, fan_limit) f;
        made := made + made_now;
        needs := needs || more_needs;
      end if;
      if one_runs is not null then
        with inserted as (
          insert into task (id, run_id, node_id, key, position, state, pool, cpus, priority, generation, ready_at)
          select l.run_id || '.' || l.node_id || '.0' || case when r.generation > 1 then '.g' || r.generation else '' end,
            l.run_id, l.node_id, '', 0, case when v.hold or n.held then 'held' else 'ready' end, v.pool, v.cpus, v.priority,
            r.generation, at_time
          from unnest(one_runs, one_nodes) as l(run_id, node_id)
          join node n on n.run_id = l.run_id and n.node_id = l.node_id
          join run r on r.id = l.run_id
          join version_node v on v.hash = r.version_hash and v.node_id = l.node_id
          where l.run_id <> all (needs)
          returning id, run_id, node_id, state
        ), told as (
          insert into event (run_id, at, kind, node_id, task_id, data)
          select run_id, at_time, 'node-state', node_id, null, '{"state": "running", "reason": null}'::jsonb from inserted
          union all
          select run_id, at_time, 'task-state', node_id, id, jsonb_build_object('state', state, 'reason', null, 'key', '')
          from inserted
        ), launched as (
          update node n set tasks_total = 1, tasks_left = 1, state = 'running'
          from inserted i where n.run_id = i.run_id and n.node_id = i.node_id
        )
        select count(*) filter (where state = 'ready') into made_now from inserted;
        made := made + made_now;
      end if;
    end if;
    exit when cardinality(close_runs) = 0;

    -- Failed tasks that did not fail the run, and held runs, are for the pure planner too.
    select needs || coalesce(array_agg(distinct n.run_id), '{}') into needs
    from unnest(close_runs, close_nodes) as l(run_id, node_id)
    join node n on n.run_id = l.run_id and n.node_id = l.node_id
    join run r on r.id = n.run_id
    where n.tasks_failed > 0 or r.state = 'held';

    -- A node whose tasks have all ended and that cannot get more is done; without any it had nothing to work on.
    with closed as (
      update node n
      set state = case when n.tasks_total = 0 then 'filtered' when n.partial then 'partial' else 'completed' end,
        reason = case when n.tasks_total = 0 then 'nothing to work on' end
      from unnest(close_runs, close_nodes) as l(run_id, node_id)
      where n.run_id = l.run_id and n.node_id = l.node_id and n.run_id <> all (needs)
        and n.state in ('waiting', 'running') and n.upstream_left = 0 and n.tasks_left = 0
      returning n.run_id, n.node_id, n.state, n.reason
    ), told as (
      insert into event (run_id, at, kind, node_id, data)
      select run_id, at_time, 'node-state', node_id, jsonb_build_object('state', state, 'reason', reason) from closed
    ), fewer as (
      update run r set nodes_left = r.nodes_left - d.done
      from (select run_id, count(*) as done from closed group by run_id) d
      where r.id = d.run_id
    )
    select array_agg(run_id), array_agg(node_id) into done_runs, done_nodes from closed;
    exit when done_runs is null;
    close_runs := '{}';
    close_nodes := '{}';

    -- What waited for them: looked at when nothing else is missing, or but for a producer that streams.
    with fewer as (
      update node n set upstream_left = n.upstream_left - d.done
      from (
        select l.run_id, e.to_node, count(distinct e.from_node) as done
        from unnest(done_runs, done_nodes) as l(run_id, node_id)
        join run r on r.id = l.run_id
        cross join lateral (
          select v.to_node, v.from_node from version_edge v
          where v.hash = r.version_hash and v.from_node = l.node_id offset 0) e
        group by l.run_id, e.to_node
      ) d
      where n.run_id = d.run_id and n.node_id = d.to_node
      returning n.run_id, n.node_id, n.upstream_left
    )
    select coalesce(array_agg(f.run_id), '{}'), coalesce(array_agg(f.node_id), '{}') into look_runs, look_nodes
    from fewer f
    where f.upstream_left = 0 or (f.upstream_left = 1 and exists (
      select from run r
      cross join lateral (
        select v.from_node from version_edge v
        where v.hash = r.version_hash and v.to_node = f.node_id and v.streaming offset 0) e
      where r.id = f.run_id and (
        select u.state from node u where u.run_id = r.id and u.node_id = e.from_node) in ('waiting', 'running')));
  end loop;

  -- Whoever called goes on with the pure planner; when it dies first, the next reconcile finds the runs by this.
  if cardinality(needs) > 0 then
    update run set needs_planner = true where id = any (needs);
  end if;

  with completed as (
    update run r
    set state = 'completed', reason = null, ended_at = at_time,
      completeness = case when exists (
        select from node n where n.run_id = r.id and n.state in ('partial', 'failed')) then 'partial' else 'complete' end
    from (select distinct unnest(ended_runs || ready_runs) as run_id) l
    where r.id = l.run_id and r.id <> all (needs) and r.state = 'running' and r.nodes_left = 0
    returning r.id, r.completeness
  ), told as (
    insert into event (run_id, at, kind, data)
    select id, at_time, 'run-state', jsonb_build_object('state', 'completed', 'reason', null, 'completeness', completeness)
    from completed
  )
  select coalesce(array_agg(id), '{}') into ended from completed;

  return jsonb_build_object('needs', to_jsonb(needs), 'ended', to_jsonb(ended), 'made', made);
end
$$;
