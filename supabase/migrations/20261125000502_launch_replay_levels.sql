-- What else a proposal would have changed: throttle levels over recorded measurements, risk over recorded KPIs, findings over recorded events.

-- The minutes in which the throttle level would have been another with these limits: one element a level from 0, what it would have been. A limit that is
-- not in the proposal, or is in it as it was, keeps the level it had; a minute whose level somebody forced keeps that. Calm is known from the three
-- evaluations before, so the replay begins an hour early. alerts: how often each of these limits was, and would have been, entered from below.
create function private.replay_levels(
  p_workspace_id uuid, p_limits jsonb, p_from timestamptz, p_to timestamptz, out levels tstzmultirange[], out alerts jsonb
)
  language plpgsql stable set search_path = '' as $$
declare
  v_limit record; e record; v_level int; v_calm int[]; v_slots timestamptz[] := '{}'; v_levels int[] := '{}'; v_names text[] := '{}'; v_in_force int;
  v_last_was int; v_last_would int; v_was int; v_would int;
begin
  alerts := '[]';
  for v_limit in select l.name, l.value, l.kind from jsonb_to_recordset(coalesce(p_limits, '[]')) as l (name text, value double precision, kind text) loop
    v_level := null; v_calm := '{0,0,0}'; v_last_was := null; v_last_would := null; v_was := 0; v_would := 0;
    for e in select v.* from launch.load_evaluations v where v.workspace_id = p_workspace_id and v.name = v_limit.name
        and v.slot_at >= p_from - interval '1 hour' and v.slot_at < p_to order by v.slot_at loop
      v_level := coalesce(v_level, e.static_level);
      if e.is_stale then
        v_calm := '{0,0,0}';
      elsif e.value is not null then
        select s.level, s.calm into v_level, v_calm from private.step_level(v_level, v_calm, e.value, v_limit.value, true) s;
      end if;
      if e.static_limit = v_limit.value then
        v_level := e.static_level;
      end if;
      v_in_force := case when v_limit.kind = 'adaptive' and e.adaptive_limit is not null then e.adaptive_level else v_level end;
      if e.slot_at >= p_from then
        v_slots := v_slots || e.slot_at;
        v_names := v_names || v_limit.name;
        v_levels := v_levels || v_in_force;
        v_was := v_was + (e.level > 0 and coalesce(v_last_was, 0) = 0)::int;
        v_would := v_would + (v_in_force > 0 and coalesce(v_last_would, 0) = 0)::int;
      end if;
      v_last_was := e.level;
      v_last_would := v_in_force;
    end loop;
    alerts := alerts || jsonb_build_object('name', v_limit.name, 'was', v_was, 'would', v_would);
  end loop;
  levels := (
    with proposed as materialized (
      select * from unnest(v_slots, v_names, v_levels) as x (slot_at, name, level)
    ), minutes as (
      select v.slot_at, max(v.level) as was, max(coalesce(p.level, v.level)) as would
      from launch.load_evaluations v left join proposed p on p.slot_at = v.slot_at and p.name = v.name
      where v.workspace_id = p_workspace_id and v.slot_at >= p_from and v.slot_at < p_to group by 1
    ), moved as (
      select m.slot_at, m.would from minutes m join launch.load_levels l on l.workspace_id = p_workspace_id and l.slot_at = m.slot_at
      where m.would <> m.was and l.level = m.was and l.level_in_force = l.level
    )
    select array_agg(coalesce((select range_agg(tstzrange(m.slot_at, m.slot_at + interval '1 minute')) from moved m where m.would = n.level), '{}')
      order by n.level) from generate_series(0, 3) as n (level));
end
$$;

-- How long the throttle was and would have been at each level from 1, in minutes, and which limits would have been entered.
create function private.compare_levels(p_workspace_id uuid, p_levels tstzmultirange[], p_from timestamptz, p_to timestamptz) returns jsonb
  language sql stable set search_path = '' as $$
  with minutes as (
    select l.level_in_force as was, case when p_levels[4] @> l.slot_at then 3 when p_levels[3] @> l.slot_at then 2 when p_levels[2] @> l.slot_at then 1
      when p_levels[1] @> l.slot_at then 0 else l.level_in_force end as would
    from launch.load_levels l where l.workspace_id = p_workspace_id and l.slot_at >= p_from and l.slot_at < p_to
  )
  select jsonb_build_object('minutes', (select count(*) from minutes),
    'was', (select jsonb_agg((select count(*) from minutes m where m.was = n) order by n) from generate_series(1, 3) n),
    'would', (select jsonb_agg((select count(*) from minutes m where m.would = n) order by n) from generate_series(1, 3) n))
$$;

-- How often risk would have raised an alert: high or critical after low or medium. Levels by country, in order of time; what could not be judged changes
-- nothing.
create function private.risk_alerts(p_countries text[], p_levels text[]) returns int
  language sql immutable set search_path = '' as $$
  select count(*)::int from (
    select x.level in ('high', 'critical') as stands, lag(x.level in ('high', 'critical')) over (partition by x.country order by x.place) as stood
    from unnest(p_countries, p_levels) with ordinality as x (country, level, place) where x.level <> 'insufficient_data') y
  where y.stands and not coalesce(y.stood, false)
$$;

-- Judges each recorded snapshot by a scorecard that is not saved. A country that would have become critical while it was open would have been paused once;
-- it counts as resumed when its level is measured below critical again. A row a country.
create function private.replay_risk(p_workspace_id uuid, p_card jsonb, p_from timestamptz, p_to timestamptz) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  v_card launch.scorecards := private.scorecard(p_workspace_id); k record; v_verdict private.risk_verdict; v_country text; v_critical_at timestamptz;
  v_phase text; v_pauses jsonb := '[]'; v_countries text[] := '{}'; v_was text[] := '{}'; v_would text[] := '{}';
begin
  v_card.rules := p_card -> 'rules';
  select c.minimum_active_users, c.medium_from, c.high_from, c.critical_from
  into v_card.minimum_active_users, v_card.medium_from, v_card.high_from, v_card.critical_from
  from jsonb_to_record(p_card) as c (minimum_active_users int, medium_from int, high_from int, critical_from int);
  for k in select r as kpis, r.country, r.at, s.level as was from launch.region_kpis r
      left join launch.risk_scores s on s.workspace_id = r.workspace_id and s.country = r.country and s.at = r.at
      where r.workspace_id = p_workspace_id and r.at >= p_from and r.at < p_to order by r.country, r.at loop
    if k.country is distinct from v_country then
      v_country := k.country;
      v_critical_at := null;
    end if;
    v_verdict := private.score_kpis(k.kpis, v_card);
    v_countries := v_countries || k.country;
    v_was := v_was || k.was;
    v_would := v_would || v_verdict.level;
    if v_verdict.level = 'critical' then
      if v_critical_at is null then
        select v.phase into v_phase from launch.policy_versions v
        where v.workspace_id = p_workspace_id and v.country = k.country and v.changed_at <= k.at order by v.version desc limit 1;
        if v_phase in ('alpha', 'soft', 'public') then
          v_pauses := v_pauses || jsonb_build_object('country', k.country, 'at', k.at, 'score', v_verdict.score);
        end if;
      end if;
      v_critical_at := k.at;
    elsif v_verdict.level <> 'insufficient_data' or v_critical_at <= k.at - interval '24 hours' then
      v_critical_at := null;
    end if;
  end loop;
  return jsonb_build_object('pauses', v_pauses,
    'was_paused', (select coalesce(jsonb_agg(jsonb_build_object('country', i.country, 'at', i.paused_at) order by i.paused_at), '[]') from launch.incidents i
      where i.workspace_id = p_workspace_id and i.paused_at >= p_from and i.paused_at < p_to),
    'was_alerts', private.risk_alerts(v_countries, v_was), 'would_alerts', private.risk_alerts(v_countries, v_would),
    'levels', (select coalesce(jsonb_agg(to_jsonb(x) order by x.country, x.level), '[]') from (
      select l.country, v.level, count(*) filter (where l.was = v.level) as was, count(*) filter (where l.would = v.level) as would
      from unnest(v_countries, v_was, v_would) as l (country, was, would) cross join lateral (values (l.was), (l.would)) v (level)
      where v.level is not null group by 1, 2) x));
end
$$;

-- What the shield would have found by rules with these numbers, beside what it finds by those in force. A row a rule.
create function private.replay_threats(p_workspace_id uuid, p_threats jsonb, p_from timestamptz, p_to timestamptz) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare v_was launch.threat_rules; v_would launch.threat_rules; t record; v_out jsonb := '[]';
begin
  for t in select x.* from jsonb_to_recordset(coalesce(p_threats, '[]')) as x (rule text, threshold int, window_minutes int, share double precision, counts_per text) loop
    select * into v_was from launch.threat_rules r where r.workspace_id = p_workspace_id and r.rule = t.rule;
    v_would := v_was;
    v_would.threshold := t.threshold;
    v_would.window_minutes := t.window_minutes;
    v_would.share := coalesce(t.share, v_was.share);
    v_would.counts_per := coalesce(t.counts_per, v_was.counts_per);
    v_out := v_out || (select jsonb_build_object('rule', v_was.rule, 'was', w.findings, 'was_entities', w.entities, 'would', p.findings,
        'would_entities', p.entities)
      from (select count(*) as findings, count(distinct f.entity) as entities from private.find_threats(v_was, p_from, p_to) f) w,
        (select count(*) as findings, count(distinct f.entity) as entities from private.find_threats(v_would, p_from, p_to) f) p);
  end loop;
  return v_out;
end
$$;
