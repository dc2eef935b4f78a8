-- The measurements behind the throttle level, for whoever may read the level.

-- Each enabled limit by name: the newest value and when it was measured, the limit in force (what was learned, where that is followed and
-- known), the level it asks for, and whether the value is too old to count. Raises GTROL, GTNIL. Definer: API keys read no tables.
create function launch.read_throttle_measurements(p_workspace_id uuid)
  returns table (name text, value double precision, "limit" double precision, level int, measured_at timestamptz, stale boolean)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'throttle.read');
  return query select l.name, s.value, case when l.kind = 'adaptive' then coalesce(s.adaptive_limit, l.value) else l.value end,
    coalesce(s.level, 0)::int, s.measured_at, coalesce(s.measured_at < launch.now() - interval '5 minutes', false)
  from launch.limits l left join launch.limit_states s on s.workspace_id = l.workspace_id and s.name = l.name
  where l.workspace_id = p_workspace_id and l.enabled order by l.name;
end
$$;

grant execute on function launch.read_throttle_measurements(uuid) to authenticated, gantry_service;
