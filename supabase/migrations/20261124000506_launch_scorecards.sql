-- The scorecard: what makes a country risky. Versioned and append-only; the newest version judges, and each score names the one it
-- was given by.
--
-- A rule gives points when a metric of the last 24 hours is above, or below, its threshold (never at it). Of the rules of one metric
-- in one direction, the one with most points counts. A rule that is a trip makes the level critical by itself. Revenue is in whole
-- units of the reporting currency: whoever changes that currency looks at the thresholds too. A metric that nobody reported, and
-- a revenue that lacks a rate and so may be higher, give no points and say so. Below the minimum of active users there is no score:
-- the level is insufficient_data.

create table launch.scorecards (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  version int not null,
  rules jsonb not null,
  minimum_active_users int not null,
  medium_from smallint not null,
  high_from smallint not null,
  critical_from smallint not null,
  reason text,
  changed_by text not null,
  changed_at timestamptz not null default launch.now(),
  primary key (workspace_id, version),
  constraint levels_rise check (0 < medium_from and medium_from < high_from and high_from < critical_from and critical_from <= 100),
  constraint sample_is_not_negative check (minimum_active_users between 0 and 100000000),
  constraint rules_are_a_list check (jsonb_typeof(rules) = 'array' and jsonb_array_length(rules) between 1 and 50)
);

create function private.default_scorecard_rules() returns jsonb
  language sql immutable set search_path = '' as $$
  select jsonb_agg(jsonb_build_object('metric', r.metric, 'comparison', r.comparison, 'threshold', r.threshold, 'points', r.points,
    'trip', r.trip) order by r.place)
  from (values
    (1, 'support_volume', 'above', 100, 2, false), (2, 'support_volume', 'above', 50, 1, false),
    (3, 'safety_incidents', 'above', 100, 3, true), (4, 'safety_incidents', 'above', 50, 3, false),
    (5, 'safety_incidents', 'above', 20, 2, false), (6, 'safety_incidents', 'above', 10, 1, false),
    (7, 'revenue', 'below', 1000, 2, false), (8, 'revenue', 'below', 5000, 1, false),
    (9, 'verification_rate', 'below', 0.3, 2, false), (10, 'verification_rate', 'below', 0.5, 1, false)
  ) as r (place, metric, comparison, threshold, points, trip)
$$;

create function private.give_scorecard() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into launch.scorecards (workspace_id, version, rules, minimum_active_users, medium_from, high_from, critical_from, changed_by)
  values (new.id, 1, private.default_scorecard_rules(), 50, 3, 5, 7, 'Gantry');
  return new;
end
$$;
insert into launch.scorecards (workspace_id, version, rules, minimum_active_users, medium_from, high_from, critical_from, changed_by)
select w.id, 1, private.default_scorecard_rules(), 50, 3, 5, 7, 'Gantry' from app.workspaces w;
create trigger _110_give_scorecard after insert on app.workspaces for each row execute function private.give_scorecard();

create function private.scorecard(p_workspace_id uuid) returns launch.scorecards
  language sql stable set search_path = '' as $$
  select c.* from launch.scorecards c where c.workspace_id = p_workspace_id order by c.version desc limit 1
$$;

-- A metric of a snapshot; null when it cannot be known from it.
create function private.kpi_metric(p_kpis launch.region_kpis, p_metric text) returns numeric
  language sql stable set search_path = '' as $$
  select case p_metric
    when 'installs' then p_kpis.installs when 'active_users' then p_kpis.active_users when 'active_chats' then p_kpis.active_chats
    when 'chargebacks' then p_kpis.chargebacks when 'support_volume' then p_kpis.support_volume
    when 'safety_incidents' then p_kpis.safety_incidents
    when 'verification_rate' then p_kpis.verified::numeric / nullif(p_kpis.installs, 0)
    when 'support_per_1000' then p_kpis.support_volume * 1000.0 / nullif(p_kpis.active_users, 0)
    when 'incidents_per_1000' then p_kpis.safety_incidents * 1000.0 / nullif(p_kpis.active_users, 0)
    when 'churn_risk' then p_kpis.churn_risk::numeric when 'store_rating' then p_kpis.store_rating::numeric
    when 'revenue' then p_kpis.revenue_minor / power(10::numeric, (select c.digits from launch.currencies c where c.code = p_kpis.currency))
  end
$$;

create type private.risk_verdict as (score int, level text, tripped boolean, factors jsonb);

-- Judges a snapshot by a scorecard. factors has the rules that count, each with the value it met, and what could not be judged:
-- unknown is no_data or missing_rate.
create function private.score_kpis(p_kpis launch.region_kpis, p_card launch.scorecards) returns private.risk_verdict
  language sql stable set search_path = '' as $$
  with rules as (
    select r.*, x.place, private.kpi_metric(p_kpis, r.metric) as value
    from jsonb_array_elements(p_card.rules) with ordinality as x (rule, place)
    cross join lateral jsonb_to_record(x.rule) as r (metric text, comparison text, threshold numeric, points int, trip boolean)),
  judged as (
    select r.*, case when r.value is null then 'no_data'
      when r.metric = 'revenue' and r.comparison = 'below' and r.value < r.threshold and p_kpis.missing_currencies <> '{}' then 'missing_rate' end as unknown,
      coalesce(case r.comparison when 'above' then r.value > r.threshold else r.value < r.threshold end, false) as holds
    from rules r),
  met as (
    select j.*, row_number() over (partition by j.metric, j.comparison order by j.points desc, j.place) = 1 as counts
    from judged j where j.holds and j.unknown is null),
  factors as (
    select m.place, jsonb_build_object('metric', m.metric, 'comparison', m.comparison, 'threshold', m.threshold, 'value', m.value,
      'points', case when m.counts then m.points else 0 end, 'trip', m.trip) as factor
    from met m where m.trip or (m.counts and m.points > 0)
    union all
    select min(j.place), jsonb_build_object('metric', j.metric, 'value', min(j.value), 'points', 0, 'trip', false, 'unknown', j.unknown)
    from judged j where j.unknown is not null group by j.metric, j.unknown),
  total as (select coalesce(sum(m.points) filter (where m.counts), 0)::int as score, coalesce(bool_or(m.trip), false) as tripped from met m)
  select case when p_kpis.active_users < p_card.minimum_active_users
    then row(null, 'insufficient_data', false, '[]')::private.risk_verdict
    else row(t.score, case when t.tripped or t.score >= p_card.critical_from then 'critical' when t.score >= p_card.high_from then 'high'
      when t.score >= p_card.medium_from then 'medium' else 'low' end, t.tripped,
      (select coalesce(jsonb_agg(f.factor order by f.place), '[]') from factors f))::private.risk_verdict end
  from total t
$$;

-- Refuses (GTINV, with the rule's place from 1) rules that cannot be judged.
create function private.require_rules(p_rules jsonb) returns void
  language plpgsql stable set search_path = '' as $$
declare v_place bigint;
begin
  select x.place into v_place from jsonb_array_elements(case when jsonb_typeof(p_rules) = 'array' then p_rules else '[]' end) with ordinality as x (rule, place)
  where jsonb_typeof(x.rule) <> 'object' or coalesce(x.rule ->> 'metric', '') not in ('installs', 'active_users', 'active_chats', 'revenue', 'chargebacks',
      'support_volume', 'support_per_1000', 'safety_incidents', 'incidents_per_1000', 'verification_rate', 'churn_risk', 'store_rating')
    or coalesce(x.rule ->> 'comparison', '') not in ('above', 'below')
    or coalesce(jsonb_typeof(x.rule -> 'threshold'), '') <> 'number' or coalesce(jsonb_typeof(x.rule -> 'trip'), '') <> 'boolean'
    or coalesce(x.rule ->> 'points', '') !~ '^([0-9]|[1-9][0-9])$'
  order by x.place limit 1;
  if v_place is not null then
    perform private.refuse('GTINV', format('Rule %s cannot be judged.', v_place), jsonb_build_object('field', 'rules', 'rule', v_place));
  end if;
end
$$;

-- Makes the next version of the scorecard. Raises GTRSN, GTINV, and GTVER when somebody else made one meanwhile.
create function launch.change_scorecard(
  p_workspace_id uuid, p_rules jsonb, p_minimum_active_users int, p_medium_from int, p_high_from int, p_critical_from int, p_reason text,
  p_expected_version int default null
) returns launch.scorecards
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.scorecards; v_card launch.scorecards;
begin
  perform private.require_permission(p_workspace_id, 'risk.manage');
  perform private.require_rules(p_rules);
  -- The settings' row stands for the workspace's card: two changes at once meet there.
  perform from launch.region_settings s where s.workspace_id = p_workspace_id for update;
  v_was := private.scorecard(p_workspace_id);
  if nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A change needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_expected_version <> v_was.version then
    perform private.refuse('GTVER', 'Someone else changed the scorecard meanwhile.', jsonb_build_object('version', v_was.version));
  end if;
  insert into launch.scorecards (workspace_id, version, rules, minimum_active_users, medium_from, high_from, critical_from, reason, changed_by)
  values (p_workspace_id, v_was.version + 1, p_rules, p_minimum_active_users, p_medium_from, p_high_from, p_critical_from, trim(p_reason),
    (select p.email from app.profiles p where p.id = (select auth.uid())))
  returning * into v_card;
  perform private.write_audit(p_workspace_id, 'scorecard.changed', 'scorecard', v_card.version::text, 'high', p_reason,
    jsonb_build_object('was', to_jsonb(v_was) - 'workspace_id', 'now', to_jsonb(v_card) - 'workspace_id'));
  return v_card;
end
$$;

-- What each country would score now by a scorecard that is not saved, beside what it scores by the newest. Changes nothing.
create function launch.preview_scorecard(
  p_workspace_id uuid, p_rules jsonb, p_minimum_active_users int, p_medium_from int, p_high_from int, p_critical_from int
) returns table (country text, at timestamptz, score int, level text, draft_score int, draft_level text, draft_factors jsonb)
  language plpgsql stable security definer set search_path = '' as $$
declare v_card launch.scorecards := private.scorecard(p_workspace_id); v_draft launch.scorecards := v_card;
begin
  perform private.require_permission(p_workspace_id, 'risk.manage');
  perform private.require_rules(p_rules);
  v_draft.rules := p_rules;
  v_draft.minimum_active_users := p_minimum_active_users;
  v_draft.medium_from := p_medium_from;
  v_draft.high_from := p_high_from;
  v_draft.critical_from := p_critical_from;
  return query select k.country, k.at, n.score, n.level, d.score, d.level, d.factors
    from launch.region_kpis k cross join lateral private.score_kpis(k, v_card) n cross join lateral private.score_kpis(k, v_draft) d
    where k.workspace_id = p_workspace_id and k.at = (select max(m.at) from launch.region_kpis m where m.workspace_id = p_workspace_id)
    order by k.country;
end
$$;

alter table launch.scorecards enable row level security;
create policy scorecards_select_reader on launch.scorecards for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('risk.read'))));
grant select on launch.scorecards to authenticated;
grant execute on function launch.change_scorecard(uuid, jsonb, int, int, int, int, text, int),
  launch.preview_scorecard(uuid, jsonb, int, int, int, int) to authenticated;
