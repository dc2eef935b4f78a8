-- How a dry run gets on. A step replays one country and local day and is kept when the call that made it commits; two callers never step one run
-- at once (advisory lock), and none waits. A run whose replay raises fails and says why; nothing else of the call is lost.

-- When the first local day of a run began.
create function private.dry_run_from(p_run launch.dry_runs) returns timestamptz
  language sql stable set search_path = '' as $$
  select coalesce(min(private.day_boundary(n.time_zone, private.local_date(n.time_zone, p_run.until_at) - p_run.days + 1)),
    p_run.until_at - make_interval(days => p_run.days))
  from launch.countries n where n.workspace_id = p_run.workspace_id and n.code = any (p_run.countries)
$$;

-- What is found once for a run: levels, risk and threats.
create function private.dry_run_facts(p_run launch.dry_runs) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  v_from timestamptz := private.dry_run_from(p_run); v_levels tstzmultirange[] := array_fill('{}'::tstzmultirange, array[4]); v_facts jsonb := '{}';
  v_alerts jsonb;
begin
  if p_run.proposal ? 'limits' then
    select l.levels, l.alerts into v_levels, v_alerts
    from private.replay_levels(p_run.workspace_id, p_run.proposal -> 'limits', v_from, p_run.until_at) l;
    v_facts := v_facts || jsonb_build_object('load', private.compare_levels(p_run.workspace_id, v_levels, v_from, p_run.until_at)
      || jsonb_build_object('alerts', v_alerts));
  end if;
  if p_run.proposal ? 'scorecard' then
    v_facts := v_facts || jsonb_build_object('risk', private.replay_risk(p_run.workspace_id, p_run.proposal -> 'scorecard', v_from, p_run.until_at));
  end if;
  if p_run.proposal ? 'threats' then
    v_facts := v_facts || jsonb_build_object('threats', private.replay_threats(p_run.workspace_id, p_run.proposal -> 'threats', v_from, p_run.until_at));
  end if;
  return v_facts || jsonb_build_object('levels', v_levels::text, 'early', '{}'::jsonb);
end
$$;

-- The step at a place from 1: all operations of one country and local day, the oldest day first.
create function private.dry_run_step(p_run launch.dry_runs, p_place int, p_facts jsonb) returns jsonb[]
  language plpgsql stable set search_path = '' as $$
declare
  v_country text := p_run.countries[1 + (p_place - 1) / p_run.days]; v_shadow tstzmultirange := private.shadow_times(p_run.workspace_id);
  v_levels tstzmultirange[] := (p_facts ->> 'levels')::tstzmultirange[]; v_zone text; v_day date; v_out jsonb[] := '{}'; v_operation text; v_row jsonb;
begin
  select n.time_zone into v_zone from launch.countries n where n.workspace_id = p_run.workspace_id and n.code = v_country;
  if v_zone is null then
    return v_out;
  end if;
  v_day := private.local_date(v_zone, p_run.until_at) - p_run.days + 1 + (p_place - 1) % p_run.days;
  foreach v_operation in array array['user', 'payment', 'creator'] loop
    v_row := private.replay_day(p_run.workspace_id, v_country, v_operation, v_day, v_zone, p_run.until_at,
      coalesce(p_run.proposal -> 'countries' -> v_country, '{}'), v_shadow, v_levels,
      array(select e::uuid from jsonb_array_elements_text(p_facts -> 'early' -> (v_country || ' ' || v_operation)) e));
    if v_row ->> 'checks' <> '0' then
      v_out := v_out || v_row;
    end if;
  end loop;
  return v_out;
end
$$;

-- What a step leaves for the steps of the country's later days: the tickets that would not have been needed.
create function private.keep_early(p_facts jsonb, p_rows jsonb[]) returns jsonb
  language sql immutable set search_path = '' as $$
  select jsonb_set(p_facts, '{early}', (p_facts -> 'early') || coalesce(jsonb_object_agg(x.gate, coalesce(p_facts -> 'early' -> x.gate, '[]') || x.ids), '{}'))
  from (select r ->> 'country' || ' ' || (r ->> 'operation') as gate, r -> 'early' as ids from unnest(p_rows) r where r -> 'early' <> '[]') x
$$;

-- Steps a run until it has ended or p_budget has passed, at least once. Nothing happens while another caller steps it, or after it ended. What a
-- recording too large or out of range brings about ends this run alone: one that raised would hold up all behind it.
create function private.advance_dry_run(p_id uuid, p_budget interval) returns void
  language plpgsql volatile set search_path = '' as $$
declare
  v_run launch.dry_runs; v_began timestamptz := clock_timestamp(); v_place int; v_rows jsonb[]; v_results jsonb[] := '{}'; v_facts jsonb; v_problem text;
begin
  if not pg_try_advisory_xact_lock(hashtext('launch.dry_runs'), hashtext(p_id::text)) then
    return;
  end if;
  select * into v_run from launch.dry_runs d where d.id = p_id and d.status in ('queued', 'running');
  if v_run.id is null then
    return;
  end if;
  v_place := v_run.place;
  v_facts := v_run.facts;
  v_run.results := '[]';
  begin
    loop
      if v_place = 0 then
        v_facts := private.dry_run_facts(v_run);
      else
        v_rows := private.dry_run_step(v_run, v_place, v_facts);
        v_facts := private.keep_early(v_facts, v_rows);
        v_results := v_results || array(select r - 'early' from unnest(v_rows) r);
      end if;
      v_place := v_place + 1;
      exit when v_place >= v_run.places or clock_timestamp() > v_began + p_budget
        or exists (select from launch.dry_runs d where d.id = p_id and d.status = 'cancelled');
    end loop;
  exception when data_exception or query_canceled or program_limit_exceeded or insufficient_resources then
    v_problem := 'The recorded days could not be replayed. Try fewer days, or say so to whoever runs Gantry.';
  end;
  update launch.dry_runs d set place = v_place, results = d.results || to_jsonb(v_results), facts = v_facts, problem = v_problem,
    status = case when v_problem is not null then 'failed' when v_place >= d.places then 'done' else 'running' end,
    ended_at = case when v_problem is not null or v_place >= d.places then launch.now() end
  where d.id = p_id and d.status in ('queued', 'running');
end
$$;

-- Steps a run for about two seconds; whoever looks at it asks again until it has ended. Raises GTNIL. Returns how far it got.
create function launch.step_dry_run(p_workspace_id uuid, p_id uuid) returns table (status text, place int, places int)
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'dryruns.run');
  if not exists (select from launch.dry_runs d where d.id = p_id and d.workspace_id = p_workspace_id) then
    perform private.refuse('GTNIL', 'There is no such dry run.');
  end if;
  perform private.advance_dry_run(p_id, interval '2 seconds');
  return query select d.status, d.place, d.places from launch.dry_runs d where d.id = p_id;
end
$$;

-- Steps what nobody looks at, the oldest first, for about ten seconds a call, and drops runs older than 90 days. A job calls it each minute.
create function launch.run_dry_runs() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_id uuid; v_began timestamptz := clock_timestamp(); v_count int := 0;
begin
  for v_id in select d.id from launch.dry_runs d where d.status in ('queued', 'running') order by d.id loop
    exit when clock_timestamp() > v_began + interval '10 seconds';
    perform private.advance_dry_run(v_id, interval '10 seconds');
    v_count := v_count + 1;
  end loop;
  delete from launch.dry_runs d where d.created_at < launch.now() - interval '90 days';
  return v_count;
end
$$;

grant execute on function launch.step_dry_run(uuid, uuid) to authenticated;
grant execute on function launch.run_dry_runs() to gantry_service;
insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('run-dry-runs', 'Goes on with dry runs that nobody is looking at', '1 minute', null, '5 minutes', false);
select cron.schedule('launch:run-dry-runs', '* * * * *', 'select launch.run_dry_runs()');
