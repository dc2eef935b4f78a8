-- Risk of each country, judged after each snapshot, and the automatic pause.
--
-- A country that becomes critical opens an incident with the numbers that made it so. With launch.autoRegionPause on, the engine pauses
-- it: once in an incident. A person resumes, and while the incident stands the engine does not pause again, however the level
-- moves. The incident ends when the level is measured below critical, when a person closes it, or when for 24 hours nothing
-- critical was seen and too little reported to judge: then nothing of it is left in what is measured. A country that somebody had
-- paused before is left to them. A snapshot older than 2 hours judges nothing; a country without enough data is never paused.
-- Lock order: the snapshot, counters by id, countries, incidents, alerts, the audit head. All are taken before the first country is judged.

create table launch.risk_scores (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  at timestamptz not null,
  score smallint,
  level text not null,
  tripped boolean not null,
  factors jsonb not null,
  kpis jsonb not null,
  scorecard_version int not null,
  primary key (workspace_id, country, at),
  constraint level_is_known check (level in ('insufficient_data', 'low', 'medium', 'high', 'critical')),
  constraint judged_country_has_score check ((level = 'insufficient_data') = (score is null))
);
create index risk_scores_at_idx on launch.risk_scores (workspace_id, at);

-- may_pause: the engine has not paused the country in this incident and nobody had before it.
create table launch.incidents (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  opened_at timestamptz not null default launch.now(),
  last_critical_at timestamptz not null,
  score smallint not null,
  tripped boolean not null,
  factors jsonb not null,
  kpis jsonb not null,
  scorecard_version int not null,
  phase text not null,
  may_pause boolean not null default true,
  paused_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  closed_because text,
  version int not null default 1,
  constraint closed_incident_says_why check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_because is null)),
  constraint engine_pauses_once check (paused_at is null or not may_pause)
);
create unique index incidents_one_open_per_country on launch.incidents (workspace_id, country) where closed_at is null;
create index incidents_workspace_id_idx on launch.incidents (workspace_id, id desc);

create table launch.incident_notes (
  id uuid primary key default private.uuid_v7(),
  incident_id uuid not null references launch.incidents (id) on delete cascade,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  at timestamptz not null default launch.now(),
  author text not null,
  body text not null,
  constraint body_is_not_long check (char_length(body) between 1 and 4000)
);
create index incident_notes_incident_id_idx on launch.incident_notes (incident_id, id);
create index incident_notes_workspace_id_idx on launch.incident_notes (workspace_id);

-- Ends an incident.
create function private.end_incident(p_incident launch.incidents, p_by text, p_because text) returns launch.incidents
  language plpgsql volatile set search_path = '' as $$
declare v_incident launch.incidents;
begin
  update launch.incidents i set closed_at = launch.now(), closed_by = p_by, closed_because = p_because, version = i.version + 1
  where i.id = p_incident.id returning * into v_incident;
  perform private.write_audit(v_incident.workspace_id, 'incident.closed', 'incident', v_incident.id::text, 'notice', p_because,
    jsonb_build_object('country', v_incident.country));
  return v_incident;
end
$$;

-- Opens or follows the incident of a country that is critical, and pauses it where that is due. Returns whether it paused it now.
create function private.meet_critical(p_kpis launch.region_kpis, p_verdict private.risk_verdict, p_version int) returns boolean
  language plpgsql volatile set search_path = '' as $$
declare v_incident launch.incidents; v_phase text; v_now timestamptz := launch.now();
begin
  select n.phase into v_phase from launch.countries n where n.workspace_id = p_kpis.workspace_id and n.code = p_kpis.country;
  update launch.incidents i set last_critical_at = p_kpis.at
  where i.workspace_id = p_kpis.workspace_id and i.country = p_kpis.country and i.closed_at is null returning * into v_incident;
  if v_incident.id is null then
    insert into launch.incidents (workspace_id, country, last_critical_at, score, tripped, factors, kpis, scorecard_version, phase, may_pause)
    values (p_kpis.workspace_id, p_kpis.country, p_kpis.at, p_verdict.score, p_verdict.tripped, p_verdict.factors,
      to_jsonb(p_kpis) - 'workspace_id', p_version, coalesce(v_phase, 'not_launched'), coalesce(v_phase, '') <> 'pause')
    returning * into v_incident;
    perform private.write_audit(p_kpis.workspace_id, 'incident.opened', 'incident', v_incident.id::text, 'critical', null,
      jsonb_build_object('country', p_kpis.country, 'score', p_verdict.score, 'tripped', p_verdict.tripped, 'factors', p_verdict.factors,
        'kpis', v_incident.kpis, 'scorecard_version', p_version));
  end if;
  if not v_incident.may_pause or coalesce(v_phase, '') not in ('alpha', 'soft', 'public')
      or not private.flag(p_kpis.workspace_id, 'launch.autoRegionPause') then
    return false;
  end if;
  perform private.pause_country(p_kpis.workspace_id, p_kpis.country, 'Its risk is critical', jsonb_build_object('incident_id', v_incident.id));
  update launch.incidents i set may_pause = false, paused_at = v_now where i.id = v_incident.id;
  return true;
end
$$;

-- Keeps a country's score and does what its level asks for. Returns whether it was paused.
create function private.keep_risk(p_kpis launch.region_kpis, p_verdict private.risk_verdict, p_version int) returns boolean
  language plpgsql volatile set search_path = '' as $$
declare v_was text; v_paused boolean := false; v_incident launch.incidents; v_fingerprint text := 'risk:' || p_kpis.country; v_evidence jsonb;
begin
  select s.level into v_was from launch.risk_scores s
  where s.workspace_id = p_kpis.workspace_id and s.country = p_kpis.country and s.at <= p_kpis.at order by s.at desc limit 1;
  insert into launch.risk_scores as s (workspace_id, country, at, score, level, tripped, factors, kpis, scorecard_version)
  values (p_kpis.workspace_id, p_kpis.country, p_kpis.at, p_verdict.score, p_verdict.level, p_verdict.tripped, p_verdict.factors,
    to_jsonb(p_kpis) - '{workspace_id,country,at}'::text[], p_version)
  on conflict on constraint risk_scores_pkey do update set score = excluded.score, level = excluded.level, tripped = excluded.tripped,
    factors = excluded.factors, kpis = excluded.kpis, scorecard_version = excluded.scorecard_version;
  if p_verdict.level <> coalesce(v_was, 'insufficient_data') then
    perform private.write_audit(p_kpis.workspace_id, 'risk.changed', 'country', p_kpis.country,
      case p_verdict.level when 'critical' then 'critical' when 'high' then 'high' else 'notice' end, null,
      jsonb_build_object('level', p_verdict.level, 'was', v_was, 'score', p_verdict.score, 'factors', p_verdict.factors));
  end if;
  v_evidence := jsonb_build_object('score', p_verdict.score, 'tripped', p_verdict.tripped, 'factors', p_verdict.factors, 'at', p_kpis.at);
  if p_verdict.level = 'critical' then
    v_paused := private.meet_critical(p_kpis, p_verdict, p_version);
    perform private.raise_alert(p_kpis.workspace_id, 'risk', v_fingerprint, 'critical', case when v_paused
      then format('%s was paused: its risk is critical', p_kpis.country) else format('Risk of %s is critical', p_kpis.country) end,
      p_kpis.country, p_kpis.country, v_evidence, case when v_paused then 3 else 2 end);
    return v_paused;
  end if;
  select * into v_incident from launch.incidents i
  where i.workspace_id = p_kpis.workspace_id and i.country = p_kpis.country and i.closed_at is null;
  if v_incident.id is not null and (p_verdict.level <> 'insufficient_data' or v_incident.last_critical_at <= p_kpis.at - interval '24 hours') then
    perform private.end_incident(v_incident, 'Gantry', format('The level is %s.', replace(p_verdict.level, '_', ' ')));
    if p_verdict.level = 'insufficient_data' then
      perform private.settle_alert(p_kpis.workspace_id, v_fingerprint, 'Nothing critical was measured for 24 hours.');
    end if;
  end if;
  if p_verdict.level = 'high' then
    perform private.raise_alert(p_kpis.workspace_id, 'risk', v_fingerprint, 'warning', format('Risk of %s is high', p_kpis.country),
      p_kpis.country, p_kpis.country, v_evidence, 1);
  elsif p_verdict.level in ('low', 'medium') then
    perform private.settle_alert(p_kpis.workspace_id, v_fingerprint, format('Its level is %s.', p_verdict.level));
  end if;
  return false;
end
$$;

-- Judges every country's newest snapshot by the newest scorecard. Returns what came of it, for the job's report.
create function launch.evaluate_risk(p_workspace_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare v_card launch.scorecards; v_at timestamptz; v_critical text[]; v_row record; v_paused text[] := '{}'; v_levels jsonb := '{}';
begin
  perform private.lock_regions(p_workspace_id);
  v_card := private.scorecard(p_workspace_id);
  select max(k.at) into v_at from launch.region_kpis k where k.workspace_id = p_workspace_id and k.at > launch.now() - interval '2 hours';
  if v_at is null then
    return jsonb_build_object('at', null, 'reason', 'There is no snapshot of the last 2 hours.');
  end if;
  v_critical := array(select k.country from launch.region_kpis k cross join lateral private.score_kpis(k, v_card) s
    where k.workspace_id = p_workspace_id and k.at = v_at and s.level = 'critical');
  perform from launch.counters c where c.workspace_id = p_workspace_id and c.country = any (v_critical) order by c.id for update;
  perform from launch.countries n where n.workspace_id = p_workspace_id and n.code = any (v_critical) order by n.code for update;
  perform from launch.incidents i where i.workspace_id = p_workspace_id and i.closed_at is null order by i.id for update;
  perform from launch.alerts a where a.workspace_id = p_workspace_id and a.kind = 'risk' and a.status <> 'resolved' order by a.id for update;
  for v_row in
    select k as kpis, row(s.score, s.level, s.tripped, s.factors)::private.risk_verdict as verdict
    from launch.region_kpis k cross join lateral private.score_kpis(k, v_card) s
    where k.workspace_id = p_workspace_id and k.at = v_at order by k.country
  loop
    if private.keep_risk(v_row.kpis, v_row.verdict, v_card.version) then
      v_paused := v_paused || (v_row.kpis).country;
    end if;
    v_levels := v_levels || jsonb_build_object((v_row.verdict).level, coalesce((v_levels ->> (v_row.verdict).level)::int, 0) + 1);
  end loop;
  perform private.announce(p_workspace_id, 'regions', '');
  return jsonb_build_object('at', v_at, 'levels', v_levels, 'paused', to_jsonb(v_paused));
end
$$;

grant execute on function launch.evaluate_risk(uuid) to gantry_service;
