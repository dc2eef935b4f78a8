-- Changing what is limited, and who yields. Each takes the workspace's load first, so that an evaluation sees all of a change or nothing.

-- Forgets a limit's level and resolves its alerts; the workspace's level follows at once.
create function private.rest_limit(p_workspace_id uuid, p_name text, p_reason text) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  perform from launch.alerts a where a.workspace_id = p_workspace_id and a.kind = 'load' and a.status <> 'resolved' order by a.id for update;
  update launch.limit_states s set level = 0, level_since = launch.now(), static_level = 0, static_calm = '{0,0,0}', adaptive_level = 0,
    adaptive_calm = '{0,0,0}', is_stale = false where s.workspace_id = p_workspace_id and s.name = p_name;
  perform private.settle_alert(p_workspace_id, 'load:' || p_name, p_reason);
  perform private.settle_alert(p_workspace_id, 'load:' || p_name || ':stale', p_reason);
end
$$;

-- Adds a limit (no expected version; GTDUP when there is one of that name) or changes one (GTVER when somebody else did meanwhile, GTNIL
-- when there is none). Other parameters of learning make it learn anew. Returns the new version.
create function launch.set_limit(
  p_workspace_id uuid, p_name text, p_source text, p_kind text, p_value double precision, p_enabled boolean, p_event_type text,
  p_event_seconds int, p_mad_factor double precision, p_floor double precision, p_ceiling double precision, p_daily_drift double precision,
  p_min_samples int, p_reason text default null, p_expected_version int default null
) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.limits; v_is launch.limits;
begin
  perform private.require_permission(p_workspace_id, 'load.manage');
  perform private.lock_load(p_workspace_id);
  select * into v_was from launch.limits l where l.workspace_id = p_workspace_id and l.name = p_name;
  if p_expected_version is null and v_was.name is not null then
    perform private.refuse('GTDUP', 'Something of this name is measured already.', jsonb_build_object('field', 'name'));
  elsif p_expected_version is not null and v_was.name is null then
    perform private.refuse('GTNIL', 'Nothing of this name is measured.');
  elsif v_was.version <> p_expected_version then
    perform private.refuse('GTVER', 'Someone else changed this limit meanwhile.', jsonb_build_object('version', v_was.version));
  elsif not exists (select from launch.event_types t where t.type = p_event_type) and p_event_type is not null then
    perform private.refuse('GTINV', 'There is no such type of event.', jsonb_build_object('field', 'event_type'));
  end if;
  insert into launch.limits as l (workspace_id, name, source, kind, value, enabled, event_type, event_window, mad_factor, floor, ceiling,
    daily_drift, min_samples, updated_by)
  values (p_workspace_id, p_name, p_source, p_kind, p_value, p_enabled, p_event_type, make_interval(secs => p_event_seconds), p_mad_factor,
    p_floor, p_ceiling, p_daily_drift, p_min_samples, (select auth.uid()))
  on conflict (workspace_id, name) do update set source = excluded.source, kind = excluded.kind, value = excluded.value,
    enabled = excluded.enabled, event_type = excluded.event_type, event_window = excluded.event_window, mad_factor = excluded.mad_factor,
    floor = excluded.floor, ceiling = excluded.ceiling, daily_drift = excluded.daily_drift, min_samples = excluded.min_samples,
    version = l.version + 1, updated_at = launch.now(), updated_by = excluded.updated_by
  returning * into v_is;
  if (v_was.mad_factor, v_was.floor, v_was.ceiling, v_was.daily_drift, v_was.min_samples, v_was.source)
      is distinct from (v_is.mad_factor, v_is.floor, v_is.ceiling, v_is.daily_drift, v_is.min_samples, v_is.source) then
    delete from launch.adaptive_limits a where a.workspace_id = p_workspace_id and a.name = p_name;
  end if;
  if v_was.enabled and not p_enabled then
    perform private.rest_limit(p_workspace_id, p_name, 'Its limit was switched off.');
  end if;
  perform private.settle_level(p_workspace_id, format('The limit of %s was switched off.', p_name));
  perform private.write_audit(p_workspace_id, case when v_was.name is null then 'limit.added' else 'limit.changed' end, 'limit', p_name, 'high',
    p_reason, jsonb_build_object('source', p_source, 'kind', p_kind, 'value', p_value, 'enabled', p_enabled,
      'was', case when v_was.name is not null then jsonb_build_object('source', v_was.source, 'kind', v_was.kind, 'value', v_was.value,
        'enabled', v_was.enabled) end));
  return v_is.version;
end
$$;

-- Removes a limit with its history of learning and the source it was pulled from; measurements stay. Raises GTNIL, GTVER.
create function launch.remove_limit(p_workspace_id uuid, p_name text, p_reason text default null, p_expected_version int default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.limits;
begin
  perform private.require_permission(p_workspace_id, 'load.manage');
  perform private.lock_load(p_workspace_id);
  select * into v_was from launch.limits l where l.workspace_id = p_workspace_id and l.name = p_name;
  if v_was.name is null then
    perform private.refuse('GTNIL', 'Nothing of this name is measured.');
  elsif v_was.version <> p_expected_version then
    perform private.refuse('GTVER', 'Someone else changed this limit meanwhile.', jsonb_build_object('version', v_was.version));
  end if;
  perform private.rest_limit(p_workspace_id, p_name, 'Its limit was removed.');
  delete from vault.secrets v using launch.measurement_sources s
  where s.workspace_id = p_workspace_id and s.name = p_name and v.id = s.secret_id;
  delete from launch.limits l where l.workspace_id = p_workspace_id and l.name = p_name;
  perform private.settle_level(p_workspace_id, format('The limit of %s was removed.', p_name));
  perform private.write_audit(p_workspace_id, 'limit.removed', 'limit', p_name, 'high', p_reason,
    jsonb_build_object('source', v_was.source, 'kind', v_was.kind, 'value', v_was.value));
end
$$;

-- Says from which throttle level an operation yields: 1 to 3, or 4 for never.
create function launch.change_throttle_policy(p_workspace_id uuid, p_operation text, p_yields_from int, p_reason text default null) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was int := private.yields_from(p_workspace_id, p_operation);
begin
  perform private.require_permission(p_workspace_id, 'load.manage');
  if p_operation not in ('user', 'payment', 'creator') then
    perform private.refuse('GTINV', 'There is no such operation.', jsonb_build_object('field', 'operation'));
  elsif v_was = p_yields_from then
    return;
  end if;
  insert into launch.throttle_policies (workspace_id, operation, yields_from) values (p_workspace_id, p_operation, p_yields_from)
  on conflict (workspace_id, operation) do update set yields_from = excluded.yields_from;
  perform private.write_audit(p_workspace_id, 'throttle.policy_changed', 'throttle', p_operation, 'high', p_reason,
    jsonb_build_object('operation', p_operation, 'yields_from', p_yields_from, 'was', v_was));
end
$$;

grant execute on function launch.set_limit(uuid, text, text, text, double precision, boolean, text, int, double precision, double precision,
  double precision, double precision, int, text, int), launch.remove_limit(uuid, text, text, int),
  launch.change_throttle_policy(uuid, text, int, text) to authenticated;
