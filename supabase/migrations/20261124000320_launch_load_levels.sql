-- From a value to a level, and from levels to the throttle.
--
-- Entries: level 1 at 80 % of the limit, 2 at 100 %, 3 at 130 %. A level is left only after three evaluations in a row below 80 % of its
-- entry. Comparisons are in numeric, so that 80 % of 0.8 is 0.64 and not a neighbour of it.

-- One step of one limit. p_counts: this evaluation is the first of its minute, so it may count towards leaving a level.
create function private.step_level(
  p_level int, p_calm int[], p_value double precision, p_limit double precision, p_counts boolean, out level int, out calm int[]
)
  language sql immutable set search_path = '' as $$
  with entries as (
    select e.n, p_value::numeric >= p_limit::numeric * e.share as entered,
      case when p_value::numeric < p_limit::numeric * e.share * 0.8 then p_calm[e.n] + p_counts::int else 0 end as calm
    from (values (1, 0.8), (2, 1.0), (3, 1.3)) as e (n, share)
  )
  select coalesce(max(e.n) filter (where e.entered or (e.n <= p_level and e.calm < 3)), 0), array_agg(e.calm order by e.n)
  from entries e where p_limit is not null
  having count(*) > 0
  union all
  select 0, '{0,0,0}'::int[] where p_limit is null
$$;

-- The newest value of a limit's measurement; nulls where there is none. Events are counted up to now, and only while events of any kind
-- arrive: with none in the last minute the feed may be dead, and nothing is read. What was counted is kept as a measurement.
create function private.read_load(p_limit launch.limits, p_now timestamptz, out value double precision, out measured_at timestamptz)
  language plpgsql volatile set search_path = '' as $$
begin
  if p_limit.source <> 'events' then
    select m.value, m.measured_at into value, measured_at from launch.measurements m
    where m.workspace_id = p_limit.workspace_id and m.name = p_limit.name and m.measured_at <= p_now
      and m.measured_at > p_now - interval '1 day' and m.value > '-Infinity' and m.value < 'Infinity'
    order by m.measured_at desc limit 1;
    return;
  end if;
  if exists (select from launch.events e where e.workspace_id = p_limit.workspace_id
      and e.occurred_at > p_now - interval '1 minute' and e.occurred_at <= p_now) then
    select count(*), p_now into value, measured_at from launch.events e
    where e.workspace_id = p_limit.workspace_id and e.type = p_limit.event_type
      and e.occurred_at > p_now - p_limit.event_window and e.occurred_at <= p_now;
    insert into launch.measurements (workspace_id, name, measured_at, received_at, value)
    values (p_limit.workspace_id, p_limit.name, p_now, p_now, value) on conflict do nothing;
  end if;
end
$$;

-- Median and MAD of an hour: the same hour of the 8 weeks before it.
create function private.hour_statistics(
  p_workspace_id uuid, p_name text, p_hour timestamptz, out samples int, out median double precision, out mad double precision
)
  language sql stable set search_path = '' as $$
  with seen as materialized (
    select m.value from generate_series(1, 8) w cross join lateral (
      select m.value from launch.measurements m
      where m.workspace_id = p_workspace_id and m.name = p_name and m.value > '-Infinity' and m.value < 'Infinity'
        and m.measured_at >= p_hour - w * interval '168 hours' and m.measured_at < p_hour - w * interval '168 hours' + interval '1 hour') m
  ), middle as (
    select count(*)::int as samples, percentile_cont(0.5) within group (order by s.value) as median from seen s
  )
  select i.samples, i.median, (select percentile_cont(0.5) within group (order by abs(s.value - i.median)) from seen s) from middle i
$$;

-- The adaptive limit of the present hour. Learned once an hour: median + mad_factor · MAD, moved from what was learned for this hour of the
-- week before by at most daily_drift for each day since, kept between floor and ceiling. Frozen during an incident, and left as it was
-- with too few samples; null as long as nothing was learned.
create function private.learn_limit(p_limit launch.limits, p_now timestamptz, p_frozen boolean) returns double precision
  language plpgsql volatile set search_path = '' as $$
declare
  v_hour timestamptz := date_bin('1 hour', p_now, timestamptz '2020-01-06 00:00Z');
  v_of_week int := (extract(epoch from v_hour - timestamptz '2020-01-06 00:00Z') / 3600)::bigint % 168;
  v_was launch.adaptive_limits; v_seen record; v_value double precision; v_leash double precision;
begin
  select * into v_was from launch.adaptive_limits a
  where a.workspace_id = p_limit.workspace_id and a.name = p_limit.name and a.hour_of_week = v_of_week;
  if p_frozen or v_was.tried_at >= v_hour then
    return v_was.value;
  end if;
  select * into v_seen from private.hour_statistics(p_limit.workspace_id, p_limit.name, v_hour);
  if v_seen.samples >= p_limit.min_samples then
    v_leash := v_was.value * p_limit.daily_drift * extract(epoch from v_hour - v_was.learned_at) / 86400;
    v_value := least(greatest(v_seen.median + p_limit.mad_factor * v_seen.mad, v_was.value - v_leash), v_was.value + v_leash);
    v_value := nullif(greatest(least(v_value, p_limit.ceiling), p_limit.floor, 0), 0);
  end if;
  insert into launch.adaptive_limits as a (workspace_id, name, hour_of_week, value, median, mad, samples, learned_at, tried_at)
  values (p_limit.workspace_id, p_limit.name, v_of_week, v_value, v_seen.median, v_seen.mad, v_seen.samples,
    case when v_value is not null then v_hour end, v_hour)
  on conflict (workspace_id, name, hour_of_week) do update set tried_at = excluded.tried_at, samples = excluded.samples,
    median = excluded.median, mad = excluded.mad, value = coalesce(excluded.value, a.value), learned_at = coalesce(excluded.learned_at, a.learned_at)
  returning a.value into v_value;
  return v_value;
end
$$;

-- What holds the workspace at its level, in one sentence.
create function private.load_reason(p_workspace_id uuid, p_level int) returns text
  language sql stable set search_path = '' as $$
  select coalesce(string_agg(case when s.is_stale then format('%s has not been measured since %s UTC', l.name,
      to_char(s.measured_at at time zone 'UTC', 'HH24:MI'))
    else format('%s is at %s %% of its limit', l.name, round((100 * s.value / x.value)::numeric)) end, '; ' order by l.name),
    'Every measurement has stayed below its limit') || '.'
  from launch.limits l join launch.limit_states s on s.workspace_id = l.workspace_id and s.name = l.name
  cross join lateral (select case when l.kind = 'adaptive' then coalesce(s.adaptive_limit, l.value) else l.value end as value) x
  where l.workspace_id = p_workspace_id and l.enabled and s.level = p_level and p_level > 0
$$;

-- Sets the measured level to the highest of the enabled limits and says why. Returns it. The caller holds the workspace's load.
create function private.settle_level(p_workspace_id uuid, p_reason text default null) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_was int; v_level int; v_reason text;
begin
  select t.level into v_was from launch.throttles t where t.workspace_id = p_workspace_id;
  select coalesce(max(s.level), 0) into v_level from launch.limits l
  join launch.limit_states s on s.workspace_id = l.workspace_id and s.name = l.name
  where l.workspace_id = p_workspace_id and l.enabled;
  if v_level <> v_was then
    v_reason := coalesce(p_reason, private.load_reason(p_workspace_id, v_level));
    update launch.throttles t set level = v_level, level_since = launch.now() where t.workspace_id = p_workspace_id;
    perform private.write_audit(p_workspace_id, case when v_level > v_was then 'throttle.raised' else 'throttle.lowered' end, 'throttle', 'global',
      case when v_level < v_was then 'notice' when v_level >= 2 then 'critical' else 'high' end, v_reason,
      jsonb_build_object('level', v_level, 'was', v_was));
  end if;
  return v_level;
end
$$;

-- Takes the workspace's load: whoever evaluates or changes limits, sources and levels does so one after another. The first lock of all of
-- them; alerts and the audit head follow.
create function private.lock_load(p_workspace_id uuid) returns void
  language sql volatile set search_path = '' as $$
  insert into launch.throttles (workspace_id) values (p_workspace_id) on conflict do nothing;
  select from launch.throttles t where t.workspace_id = p_workspace_id for update;
$$;
