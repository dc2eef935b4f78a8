-- The steps of experiments: the change of cap at each local midnight, yielding to people, and the end. A job takes them each minute. Then what
-- the days came to, for the result.

-- What somebody has done to the country since the experiment last changed it, in words, or null: a change of the cap under test, a pause, a
-- move of phase, a change of zone. Other caps of the country are nobody's concern here.
create function private.find_override(p_experiment launch.experiments) returns text
  language sql stable set search_path = '' as $$
  select case when v.phase = 'pause' then format('The country was paused by %s.', v.changed_by)
    when v.phase <> p_experiment.phase then format('The country was moved to %s by %s.', v.phase, v.changed_by)
    when v.time_zone <> p_experiment.time_zone then format('The country''s time zone was changed by %s.', v.changed_by)
    else format('The cap was changed to %s by %s.', x.units, v.changed_by) end
  from launch.policy_versions v
  cross join lateral (select case p_experiment.operation when 'user' then v.user_units when 'payment' then v.payment_units else v.creator_units end as units) x
  where v.workspace_id = p_experiment.workspace_id and v.country = p_experiment.country and v.version > p_experiment.policy_version
    and (v.phase <> p_experiment.phase or v.time_zone <> p_experiment.time_zone or x.units <> p_experiment.cap_now)
  order by v.version limit 1
$$;

-- Gives the country the cap, as the engine, unless it has it. The caller holds the country's locks. Returns its policy version.
create function private.set_experiment_cap(p_experiment launch.experiments, p_units int, p_reason text) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_was int; v_version int;
begin
  select c.units into v_was from launch.caps c
  where c.workspace_id = p_experiment.workspace_id and c.country = p_experiment.country and c.operation = p_experiment.operation;
  if v_was = p_units then
    return (select n.policy_version from launch.countries n where n.workspace_id = p_experiment.workspace_id and n.code = p_experiment.country);
  end if;
  perform private.set_caps(p_experiment.workspace_id, p_experiment.country, case p_experiment.operation when 'user' then p_units end,
    case p_experiment.operation when 'payment' then p_units end, case p_experiment.operation when 'creator' then p_units end, null, null);
  select n.policy_version into v_version from private.conclude_country_change(p_experiment.workspace_id, p_experiment.country,
    'country.caps_changed', 'high', p_reason, jsonb_build_object('experiment', p_experiment.id, 'operation', p_experiment.operation,
      'was', v_was, 'units', p_units)) n;
  return v_version;
end
$$;

-- Takes the step of one experiment that is due, if any. The caller holds the country's locks.
create function private.step_experiment(p_id uuid) returns void
  language plpgsql volatile set search_path = '' as $$
declare e launch.experiments; v_gate launch.capacity; v_day launch.experiment_days; v_units int; v_override text; v_version int;
begin
  select * into e from launch.experiments x where x.id = p_id and x.status <> 'ended' for update;
  select * into v_gate from launch.capacity c where c.workspace_id = e.workspace_id and c.country = e.country and c.operation = e.operation;
  if e.id is null or v_gate.day_on < e.starts_on then
    return;
  end if;
  v_override := case when e.status = 'running' then private.find_override(e)
    when v_gate.phase in ('not_launched', 'pause') then 'The country was not open when it should have begun.' end;
  if v_override is not null then
    perform private.end_experiment(p_id, 'yielded', v_override, v_gate.day_on);
    return;
  end if;
  -- What others changed meanwhile has been looked at.
  update launch.experiments x set policy_version = v_gate.policy_version where x.id = p_id and x.status = 'running';
  select * into v_day from launch.experiment_days d where d.experiment_id = p_id and d.day_on = v_gate.day_on;
  if v_day.applied_at is not null or v_day.left_out is not null then
    return;
  end if;
  v_units := case v_day.arm when 'A' then e.cap_a when 'B' then e.cap_b else coalesce(e.cap_before, v_gate.cap) end;
  if v_gate.used > v_units then
    update launch.experiment_days d set left_out = 'used_more' where d.experiment_id = p_id and d.day_on = v_gate.day_on;
    return;
  end if;
  -- The day that is over keeps the cap it had.
  perform private.roll_counters(array(select c.id from launch.counters c
    where c.workspace_id = e.workspace_id and c.country = e.country), launch.now());
  v_version := private.set_experiment_cap(e, v_units, case when v_day.arm is null then 'The experiment is over: the cap it had before'
    else format('Experiment: cap %s for %s', v_day.arm, v_gate.day_on) end);
  update launch.experiments x set status = 'running', phase = v_gate.phase, time_zone = v_gate.time_zone, cap_now = v_units,
    cap_before = coalesce(x.cap_before, v_gate.cap), policy_version = v_version where x.id = p_id;
  update launch.experiment_days d set applied_at = launch.now(),
    left_out = case when launch.now() > v_gate.day_starts_at + interval '30 minutes' then 'late' end
  where d.experiment_id = p_id and d.day_on = v_gate.day_on;
  update launch.experiment_days d set left_out = 'late'
  where d.experiment_id = p_id and d.day_on < v_gate.day_on and d.applied_at is null and d.left_out is null;
  if v_day.arm is null then
    perform private.end_experiment(p_id, 'completed', 'All its days are over.', v_gate.day_on);
  end if;
end
$$;

-- Takes all steps that are due. Locks all their countries' counters first, by id, then the countries, then the experiments, so that no audit
-- entry is written before the last lock is held; then steps in order of workspace. Returns how many experiments it looked at.
create function launch.run_experiments() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_ids uuid[]; v_id uuid;
begin
  select array_agg(e.id order by e.workspace_id, e.id) into v_ids
  from launch.experiments e join launch.countries n on n.workspace_id = e.workspace_id and n.code = e.country
  where e.status <> 'ended' and private.local_date(n.time_zone, launch.now()) >= e.starts_on
    and (n.policy_version <> e.policy_version or not exists (select from launch.experiment_days d
      where d.experiment_id = e.id and d.day_on = private.local_date(n.time_zone, launch.now()) and (d.applied_at is not null or d.left_out is not null)));
  perform c.id from launch.counters c
  where exists (select from launch.experiments e where e.id = any (v_ids) and e.workspace_id = c.workspace_id and e.country = c.country)
  order by c.id for update;
  perform n.code from launch.countries n
  where exists (select from launch.experiments e where e.id = any (v_ids) and e.workspace_id = n.workspace_id and e.country = n.code)
  order by n.workspace_id, n.code for update;
  perform e.id from launch.experiments e where e.id = any (v_ids) order by e.id for update;
  foreach v_id in array coalesce(v_ids, '{}') loop
    perform private.step_experiment(v_id);
  end loop;
  return coalesce(cardinality(v_ids), 0);
end
$$;

-- What the finished days of an experiment came to: granted and refused units of its operation, and the KPIs of the same local day. Raises
-- GTNIL.
create function launch.read_experiment_days(p_workspace_id uuid, p_id uuid)
  returns table (day_on date, pair int, arm text, left_out text, finished boolean, granted int, refused bigint, installs int, verified int,
    revenue_minor bigint, currency text, safety_incidents int, active_users int)
  language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare e launch.experiments;
begin
  perform private.require_permission(p_workspace_id, 'experiments.read');
  select * into e from launch.experiments x where x.id = p_id and x.workspace_id = p_workspace_id;
  if e.id is null then
    perform private.refuse('GTNIL', 'There is no such experiment.');
  end if;
  return query
    select d.day_on, d.pair, d.arm, d.left_out, c.day_on is not null, c.used, s.refused, r.installs, r.verified, r.revenue_minor, r.currency,
      r.safety_incidents, r.active_users
    from launch.experiment_days d
    left join launch.counter_days c on c.workspace_id = e.workspace_id and c.country = e.country and c.operation = e.operation and c.day_on = d.day_on
    left join launch.region_days r on r.workspace_id = e.workspace_id and r.country = e.country and r.day_on = d.day_on
    left join lateral (select coalesce(sum(u.refused), 0)::bigint as refused from launch.usage_slots u
      where u.workspace_id = e.workspace_id and u.country = e.country and u.operation = e.operation and u.day_on = d.day_on
        and u.slot_at >= c.day_starts_at and u.slot_at < c.day_ends_at) s on c.day_on is not null
    where d.experiment_id = p_id order by 1;
end
$$;

grant execute on function launch.run_experiments() to gantry_service;
grant execute on function launch.read_experiment_days(uuid, uuid) to authenticated;

insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('run-experiments', 'Changes the caps under test at local midnight and ends what is over', '1 minute', null, '5 minutes', false);
select cron.schedule('launch:run-experiments', '* * * * *', 'select launch.run_experiments()');
