-- The evaluation that the load gate asks for each minute. One call records what was pulled, holds every enabled limit against its newest
-- value, sets the throttle level, and answers: audit, alerts, live pages. Cap checks read the level in their own statement, so the next
-- check after this commits feels it.
--
-- A measurement older than 5 minutes is stale: its limit keeps its level and a warning is raised. One that was never made raises nothing.
-- Two evaluations within one minute count once towards leaving a level. With launch.autoThrottle off nothing is evaluated, and switching it
-- off puts the measured level back to 0.

-- Holds one limit against its newest value, in both kinds, and keeps where it stands. Returns the new state.
create function private.evaluate_limit(p_limit launch.limits, p_was launch.limit_states, p_now timestamptz, p_counts boolean, p_frozen boolean)
  returns launch.limit_states
  language plpgsql volatile set search_path = '' as $$
declare v_is launch.limit_states := p_was; v_seen record; v_step record; v_slot timestamptz := date_bin('1 minute', p_now, timestamptz '2020-01-01 00:00Z');
begin
  select * into v_seen from private.read_load(p_limit, p_now);
  v_is.value := coalesce(v_seen.value, p_was.value);
  v_is.measured_at := coalesce(v_seen.measured_at, p_was.measured_at);
  v_is.is_stale := coalesce(v_is.measured_at < p_now - interval '5 minutes', false);
  v_is.adaptive_limit := private.learn_limit(p_limit, p_now, p_frozen);
  if v_is.is_stale then
    v_is.static_calm := '{0,0,0}';
    v_is.adaptive_calm := '{0,0,0}';
  elsif v_is.value is not null then
    select * into v_step from private.step_level(p_was.static_level, p_was.static_calm, v_is.value, p_limit.value, p_counts);
    v_is.static_level := v_step.level;
    v_is.static_calm := v_step.calm;
    select * into v_step from private.step_level(p_was.adaptive_level, p_was.adaptive_calm, v_is.value, v_is.adaptive_limit, p_counts);
    v_is.adaptive_level := v_step.level;
    v_is.adaptive_calm := v_step.calm;
  end if;
  v_is.level := case when p_limit.kind = 'adaptive' and v_is.adaptive_limit is not null then v_is.adaptive_level else v_is.static_level end;
  v_is.level_since := case when v_is.level = p_was.level then p_was.level_since else p_now end;
  v_is.evaluated_at := p_now;
  update launch.limit_states s set (value, measured_at, is_stale, level, level_since, static_level, static_calm, adaptive_limit,
    adaptive_level, adaptive_calm, evaluated_at) = (v_is.value, v_is.measured_at, v_is.is_stale, v_is.level, v_is.level_since,
    v_is.static_level, v_is.static_calm, v_is.adaptive_limit, v_is.adaptive_level, v_is.adaptive_calm, v_is.evaluated_at)
  where s.workspace_id = p_limit.workspace_id and s.name = p_limit.name;
  insert into launch.load_evaluations as e (workspace_id, name, slot_at, value, is_stale, level, static_limit, static_level, static_fired,
    adaptive_limit, adaptive_level, adaptive_fired)
  values (p_limit.workspace_id, p_limit.name, v_slot, v_is.value, v_is.is_stale, v_is.level, p_limit.value, v_is.static_level,
    v_is.static_level > 0 and p_was.static_level = 0, v_is.adaptive_limit, v_is.adaptive_level,
    v_is.adaptive_level > 0 and p_was.adaptive_level = 0)
  on conflict (workspace_id, name, slot_at) do update set value = excluded.value, is_stale = excluded.is_stale, level = excluded.level,
    static_limit = excluded.static_limit, static_level = excluded.static_level, static_fired = e.static_fired or excluded.static_fired,
    adaptive_limit = excluded.adaptive_limit, adaptive_level = excluded.adaptive_level,
    adaptive_fired = e.adaptive_fired or excluded.adaptive_fired;
  return v_is;
end
$$;

create function private.has_open_alert(p_workspace_id uuid, p_fingerprint text) returns boolean
  language sql stable set search_path = '' as $$
  select exists (select from launch.alerts a where a.workspace_id = p_workspace_id and a.fingerprint = p_fingerprint and a.status <> 'resolved')
$$;

-- Raises and settles a limit's two alerts. What a person has resolved is raised again only when it becomes worse again, not each minute.
create function private.answer_limit(p_limit launch.limits, p_was launch.limit_states, p_is launch.limit_states) returns void
  language plpgsql volatile set search_path = '' as $$
declare
  v_fingerprint text := 'load:' || p_limit.name;
  v_adaptive boolean := p_limit.kind = 'adaptive' and p_is.adaptive_limit is not null;
  v_limit double precision := case when v_adaptive then p_is.adaptive_limit else p_limit.value end;
  v_evidence jsonb := jsonb_build_object('name', p_limit.name, 'value', p_is.value, 'limit', v_limit,
    'kind', case when v_adaptive then 'adaptive' else 'static' end, 'level', p_is.level, 'measured_at', p_is.measured_at);
begin
  if p_is.level > p_was.level or (p_is.level > 0 and private.has_open_alert(p_limit.workspace_id, v_fingerprint)) then
    perform private.raise_alert(p_limit.workspace_id, 'load', v_fingerprint, case when p_is.level >= 2 then 'critical' else 'warning' end,
      format('%s is at %s %% of its limit', p_limit.name, round((100 * p_is.value / v_limit)::numeric)), null, p_limit.name, v_evidence, p_is.level);
  elsif p_is.level = 0 then
    perform private.settle_alert(p_limit.workspace_id, v_fingerprint, 'It stayed below its limit.');
  end if;
  v_fingerprint := v_fingerprint || ':stale';
  if p_is.is_stale and v_limit is not null then
    if not p_was.is_stale or private.has_open_alert(p_limit.workspace_id, v_fingerprint) then
      perform private.raise_alert(p_limit.workspace_id, 'load', v_fingerprint, 'warning',
        format('%s is no longer measured', p_limit.name), null, p_limit.name, v_evidence);
    end if;
  else
    perform private.settle_alert(p_limit.workspace_id, v_fingerprint, 'It is measured again.');
  end if;
end
$$;

-- Evaluates one workspace; see above. p_names, p_values, p_problems: what was pulled. Returns what it came to, for the job's report.
create function launch.evaluate_load(
  p_workspace_id uuid, p_names text[] default '{}', p_values double precision[] default '{}', p_problems text[] default '{}'
) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare
  v_now timestamptz := launch.now(); v_slot timestamptz := date_bin('1 minute', v_now, timestamptz '2020-01-01 00:00Z');
  v_counts boolean; v_frozen boolean; v_limit launch.limits; v_was launch.limit_states; v_is launch.limit_states; v_level int;
  v_report jsonb := '[]';
begin
  perform private.lock_load(p_workspace_id);
  if not private.flag(p_workspace_id, 'launch.autoThrottle') then
    return jsonb_build_object('reason', 'its flag is off');
  end if;
  perform from launch.alerts a where a.workspace_id = p_workspace_id and a.kind = 'load' and a.status <> 'resolved' order by a.id for update;
  perform private.keep_pulls(p_workspace_id, p_names, p_values, p_problems, v_now);
  v_counts := not exists (select from launch.load_levels v where v.workspace_id = p_workspace_id and v.slot_at = v_slot);
  v_frozen := exists (select from launch.throttles t where t.workspace_id = p_workspace_id and t.level >= 2)
    or exists (select from launch.alerts a where a.workspace_id = p_workspace_id and a.status <> 'resolved' and a.severity = 'critical');
  insert into launch.limit_states (workspace_id, name)
  select l.workspace_id, l.name from launch.limits l where l.workspace_id = p_workspace_id and l.enabled on conflict do nothing;
  for v_limit in select * from launch.limits l where l.workspace_id = p_workspace_id and l.enabled order by l.name loop
    select * into v_was from launch.limit_states s where s.workspace_id = p_workspace_id and s.name = v_limit.name;
    v_is := private.evaluate_limit(v_limit, v_was, v_now, v_counts, v_frozen);
    perform private.answer_limit(v_limit, v_was, v_is);
    v_report := v_report || jsonb_build_object('name', v_limit.name, 'value', v_is.value, 'level', v_is.level, 'stale', v_is.is_stale);
  end loop;
  v_level := private.settle_level(p_workspace_id);
  insert into launch.load_levels as v (workspace_id, slot_at, level, level_in_force)
  values (p_workspace_id, v_slot, v_level, private.throttle_level(p_workspace_id, v_now))
  on conflict (workspace_id, slot_at) do update set level = excluded.level, level_in_force = excluded.level_in_force;
  perform private.announce(p_workspace_id, 'load', '');
  return jsonb_build_object('level', v_level, 'limits', v_report, 'pulled', cardinality(p_names),
    'unreachable', coalesce((select count(*) from unnest(p_problems) p where p is not null), 0));
end
$$;

-- Forgets every level and resolves the alerts of load: from here on nothing measures. Takes the workspace's load.
create function private.release_throttle() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
declare v_name text;
begin
  perform private.lock_load(new.workspace_id);
  perform from launch.alerts a where a.workspace_id = new.workspace_id and a.kind = 'load' and a.status <> 'resolved' order by a.id for update;
  update launch.limit_states s set level = 0, level_since = launch.now(), static_level = 0, static_calm = '{0,0,0}', adaptive_level = 0,
    adaptive_calm = '{0,0,0}', is_stale = false where s.workspace_id = new.workspace_id;
  for v_name in select l.name from launch.limits l where l.workspace_id = new.workspace_id order by l.name loop
    perform private.settle_alert(new.workspace_id, 'load:' || v_name, 'Automatic throttling was switched off.');
    perform private.settle_alert(new.workspace_id, 'load:' || v_name || ':stale', 'Automatic throttling was switched off.');
  end loop;
  perform private.settle_level(new.workspace_id, 'Automatic throttling was switched off.');
  return new;
end
$$;
create trigger _200_release_throttle after update of enabled on app.flags for each row
  when (new.key = 'launch.autoThrottle' and old.enabled and not new.enabled) execute function private.release_throttle();

grant execute on function launch.evaluate_load(uuid, text[], double precision[], text[]) to gantry_service;
