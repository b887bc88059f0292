-- Adds a run of a saved pipeline version and launches its roots, in one round trip.
-- values: { "id", "pipelineId", "versionHash", "cycle", "input", "organisationId", "requestedBy", "idempotencyKey", "createdAt" }
-- Returns "version-unknown" when the version is not saved; null when a run of that idempotency key, or of that pipeline and
-- cycle, is already there; else what nereus_advance returns: a run named in its `needs` is pending, and the pure planner
-- has to start it.
create or replace function nereus_start_run(given jsonb, at_time timestamptz, fan_limit integer)
returns jsonb language plpgsql
-- As in step.sql.
set join_collapse_limit = 1 set from_collapse_limit = 1 set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  new_run text := given ->> 'id';
  version text := given ->> 'versionHash';
  is_plain boolean;
  roots text[];
  result jsonb;
begin
  if not exists (select from pipeline_version where hash = version) then
    return '"version-unknown"';
  end if;
  select bool_and(planner = 'sql'), array_agg(node_id) into is_plain, roots
  from version_node where hash = version and upstream_total = 0;
  insert into run (id, pipeline_id, version_hash, cycle, input, organisation_id, requested_by, idempotency_key, created_at,
    state, started_at, nodes_left)
  values (new_run, given ->> 'pipelineId', version, given ->> 'cycle', given -> 'input', given ->> 'organisationId',
    given ->> 'requestedBy', given ->> 'idempotencyKey', (given ->> 'createdAt')::timestamptz,
    case when is_plain then 'running' else 'pending' end, case when is_plain then at_time end,
    (select count(*) from version_node where hash = version))
  on conflict do nothing;
  if not found then
    return null;
  end if;
  insert into node (run_id, node_id, position, upstream_left)
  select new_run, node_id, position, upstream_total from version_node where hash = version;
  if is_plain then
    insert into event (run_id, at, kind, data) values
      (new_run, at_time, 'run-state', '{"state": "running", "reason": null, "completeness": null}');
    result := nereus_advance('{}', '{}', array_fill(new_run, array[cardinality(roots)]), roots, at_time, fan_limit);
    perform nereus_wake('start-ready', now());
    perform pg_notify('nereus_event', new_run);
  else
    result := jsonb_build_object('needs', jsonb_build_array(new_run), 'ended', '[]'::jsonb, 'made', 0);
  end if;
  return result;
end
$$;
