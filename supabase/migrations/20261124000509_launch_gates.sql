-- The gate from soft to public: criteria that must hold, judged each hour and kept. It moves no country.
--
-- A criterion holds when it held in every snapshot of the window (24 hours unless set otherwise): the value judged is the worst of
-- them. Fresh data: the newest snapshot is at most 2 hours old, and three quarters of the window's hours have one. Below the minimum
-- sample of active users, what is not about their number is inconclusive; so are a rate of nothing and a revenue that misses a
-- currency's rate and does not suffice without it. One criterion that fails fails the gate; else one that is inconclusive leaves it so.

create table launch.gate_results (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  gate text not null,
  at timestamptz not null,
  outcome text not null,
  criteria jsonb not null,
  snapshots int not null,
  newest_at timestamptz,
  primary key (workspace_id, country, gate, at),
  constraint gate_is_known check (gate in ('soft_to_public')),
  constraint outcome_is_known check (outcome in ('pass', 'fail', 'inconclusive'))
);
create index gate_results_at_idx on launch.gate_results (workspace_id, at);

-- One criterion as a result keeps it: pass, fail, or inconclusive where p_sure is not true. worst is what was judged.
create function private.gate_criterion(p_name text, p_worst numeric, p_latest numeric, p_threshold numeric, p_sure boolean) returns jsonb
  language sql immutable set search_path = '' as $$
  select jsonb_build_object('criterion', p_name, 'worst', p_worst, 'latest', p_latest, 'threshold', p_threshold, 'outcome',
    case when p_worst is null or p_sure is not true then 'inconclusive'
      when case p_name when 'safety_incidents' then p_worst <= p_threshold else p_worst >= p_threshold end then 'pass' else 'fail' end)
$$;

-- Judges the gate of one country.
create function private.judge_gate(p_workspace_id uuid, p_country text, p_now timestamptz) returns launch.gate_results
  language plpgsql stable set search_path = '' as $$
declare
  v_set launch.region_settings; v_phase_since timestamptz; v record; v_latest launch.region_kpis; v_result launch.gate_results; v_fresh boolean;
  v_digits numeric; v_enough boolean; v_days numeric;
begin
  select * into v_set from launch.region_settings s where s.workspace_id = p_workspace_id;
  select n.phase_since into v_phase_since from launch.countries n where n.workspace_id = p_workspace_id and n.code = p_country;
  select power(10::numeric, c.digits) into v_digits from launch.currencies c where c.code = v_set.reporting_currency;
  select * into v_latest from launch.region_kpis k where k.workspace_id = p_workspace_id and k.country = p_country
    and k.at > p_now - v_set.gate_window_hours * interval '1 hour' and k.at <= p_now order by k.at desc limit 1;
  select count(distinct date_trunc('hour', k.at))::int as hours, min(k.active_users) as active, max(k.safety_incidents) as incidents,
    min(k.revenue_minor) / v_digits as revenue, min(k.verified::numeric / nullif(k.installs, 0)) as rate,
    bool_and(k.currency = v_set.reporting_currency) as one_currency, bool_or(k.missing_currencies <> '{}') as missing, bool_and(k.installs > 0) as installed
  into v from launch.region_kpis k where k.workspace_id = p_workspace_id and k.country = p_country
    and k.at > p_now - v_set.gate_window_hours * interval '1 hour' and k.at <= p_now;
  v_fresh := coalesce(v_latest.at > p_now - interval '2 hours', false) and v.hours >= ceil(v_set.gate_window_hours * 0.75);
  v_enough := v_fresh and v.active >= v_set.gate_sample;
  v_days := extract(epoch from p_now - v_phase_since)::numeric / 86400;
  v_result.criteria := jsonb_build_array(
    private.gate_criterion('active_users', v.active, v_latest.active_users, v_set.gate_active_users, v_fresh),
    private.gate_criterion('revenue', v.revenue, v_latest.revenue_minor / v_digits, v_set.gate_revenue,
      v_enough and v.one_currency and (not v.missing or v.revenue >= v_set.gate_revenue)),
    private.gate_criterion('safety_incidents', v.incidents, v_latest.safety_incidents, v_set.gate_safety_incidents, v_enough),
    private.gate_criterion('verification_rate', v.rate, v_latest.verified::numeric / nullif(v_latest.installs, 0),
      v_set.gate_verification_rate, v_enough and v.installed),
    private.gate_criterion('days_in_phase', v_days, v_days, v_set.gate_days, true));
  v_result.outcome := case when v_result.criteria @> '[{"outcome": "fail"}]' then 'fail'
    when v_result.criteria @> '[{"outcome": "inconclusive"}]' then 'inconclusive' else 'pass' end;
  v_result.workspace_id := p_workspace_id;
  v_result.country := p_country;
  v_result.gate := 'soft_to_public';
  v_result.at := date_bin('15 minutes', p_now, timestamptz '2020-01-01 00:00Z');
  v_result.snapshots := v.hours;
  v_result.newest_at := v_latest.at;
  return v_result;
end
$$;

-- Judges the gate of every soft country and keeps the result, audited when its outcome changed. Returns a report for the job.
create function launch.evaluate_gates(p_workspace_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare v_country text; v_result launch.gate_results; v_was text; v_outcomes jsonb := '{}';
begin
  for v_country in select n.code from launch.countries n where n.workspace_id = p_workspace_id and n.phase = 'soft' order by n.code loop
    v_result := private.judge_gate(p_workspace_id, v_country, launch.now());
    select g.outcome into v_was from launch.gate_results g
    where g.workspace_id = p_workspace_id and g.country = v_country and g.gate = v_result.gate and g.at <= v_result.at order by g.at desc limit 1;
    insert into launch.gate_results select v_result.*
    on conflict on constraint gate_results_pkey do update set outcome = excluded.outcome, criteria = excluded.criteria,
      snapshots = excluded.snapshots, newest_at = excluded.newest_at;
    v_outcomes := v_outcomes || jsonb_build_object(v_country, v_result.outcome);
    if v_result.outcome <> coalesce(v_was, '') then
      perform private.write_audit(p_workspace_id, 'gate.judged', 'country', v_country, 'notice', null,
        jsonb_build_object('gate', v_result.gate, 'outcome', v_result.outcome, 'was', v_was, 'criteria', v_result.criteria));
    end if;
  end loop;
  return jsonb_build_object('outcomes', v_outcomes);
end
$$;

alter table launch.gate_results enable row level security;
create policy gate_results_select_member on launch.gate_results for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
grant select on launch.gate_results to authenticated;
grant execute on function launch.evaluate_gates(uuid) to gantry_service;
