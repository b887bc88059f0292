-- One round trip and one commit of the engine: what attempts told since the last step, then the tasks that a worker may
-- take, those that the reports have just made ready among them. What it does not take has a wake-up; what it takes has its
-- lease.
-- Returns { "report": as nereus_report, "claimed": [of the first claim as nereus_claim, ...] }.
create or replace function nereus_step(reports jsonb, claims jsonb, at_time timestamptz, fan_limit integer)
returns json language plpgsql
-- Plans are made once, while tables are small and without statistics: joins keep the order in which they are written,
-- each by its key (`offset 0` keeps a look-up with two keys from becoming one with a filter), so that no call reads more
-- than what it is about.
set join_collapse_limit = 1 set from_collapse_limit = 1 set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  reported jsonb := '{"accepted": [], "needs": [], "ended": [], "made": 0}'::jsonb;
  all_claimed json[] := '{}';
  claimed json;
  taken integer;
  left_ready integer;
  claim jsonb;
begin
  if jsonb_array_length(reports) > 0 then
    reported := nereus_report(reports, at_time, fan_limit);
  end if;
  left_ready := (reported ->> 'made')::integer;
  for claim in select value from jsonb_array_elements(claims) loop
    select c.claimed, c.taken_count into claimed, taken from nereus_claim(claim, at_time) c;
    all_claimed := all_claimed || claimed;
    left_ready := left_ready - taken;
  end loop;
  if left_ready > 0 then
    perform nereus_wake('start-ready', now());
  end if;
  return json_build_object('report', reported, 'claimed', array_to_json(all_claimed));
end
$$;
