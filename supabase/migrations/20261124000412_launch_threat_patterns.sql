-- What the shield has found: a finding a slot, and one pattern for all findings of a rule at an entity, with whom they involve.
--
-- A pattern goes quiet, and its alert settles as recovered, when nothing was found for its rule's window or half an hour, whichever is
-- longer. A finding that comes after that makes it active again and opens a new alert.

create table launch.threat_findings (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  rule text not null,
  entity text not null,
  slot_at timestamptz not null,
  peak_at timestamptz not null,
  found int not null,
  out_of int,
  threshold int not null,
  mode text not null,
  found_at timestamptz not null default launch.now(),
  primary key (workspace_id, rule, entity, slot_at),
  constraint mode_is_known check (mode in ('shadow', 'snoozed', 'live'))
) partition by range (slot_at);

create table launch.threat_patterns (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  rule text not null,
  entity text not null,
  country text references launch.iso_countries (code),
  state text not null default 'active',
  mode text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  last_slot_at timestamptz not null,
  occurrences int not null,
  peak int not null,
  peak_at timestamptz not null,
  accounts text[] not null default '{}',
  devices text[] not null default '{}',
  ips inet[] not null default '{}',
  evidence jsonb not null default '{}',
  alert_id uuid references launch.alerts (id) on delete set null,
  updated_at timestamptz not null default launch.now(),
  constraint threat_patterns_one_per_entity unique (workspace_id, rule, entity),
  constraint state_is_known check (state in ('active', 'quiet')),
  constraint mode_is_known check (mode in ('shadow', 'snoozed', 'live'))
);
create index threat_patterns_workspace_id_idx on launch.threat_patterns (workspace_id, last_slot_at desc, id);
create index threat_patterns_active_idx on launch.threat_patterns (workspace_id) where state = 'active';
create index threat_patterns_country_idx on launch.threat_patterns (country);
create index threat_patterns_alert_id_idx on launch.threat_patterns (alert_id);

insert into private.partition_plans (parent, width, keep, unique_columns) values ('launch.threat_findings', '1 day', '120 days', null);
select launch.maintain_partitions();

-- Looks through p_from to p_to with one rule and keeps what it finds. Returns what is new: slots not found before, and those of which a
-- late event has made more.
create function private.record_findings(p_rule launch.threat_rules, p_from timestamptz, p_to timestamptz) returns setof launch.threat_findings
  language plpgsql volatile set search_path = '' as $$
begin
  return query insert into launch.threat_findings as f (workspace_id, rule, entity, slot_at, peak_at, found, out_of, threshold, mode)
    select p_rule.workspace_id, p_rule.rule, t.entity, t.slot_at, t.peak_at, t.found, t.out_of, p_rule.threshold,
      case when p_rule.mode = 'live' and exists (select from launch.threat_snoozes s where s.workspace_id = p_rule.workspace_id and s.rule = p_rule.rule
        and s.entity = t.entity and s.ended_at is null and s.until > launch.now()) then 'snoozed' else p_rule.mode end
    from private.find_threats(p_rule, p_from, p_to) t order by t.entity, t.slot_at
    on conflict (workspace_id, rule, entity, slot_at) do update set peak_at = excluded.peak_at, found = excluded.found, out_of = excluded.out_of
      where excluded.found > f.found
    returning f.*;
end
$$;

-- Adds a pattern's new findings to it, with the evidence of the largest. Counts slots: a finding that only grew counts no second time.
create function private.keep_pattern(p_rule launch.threat_rules, p_findings launch.threat_findings[], p_evidence private.threat_evidence)
  returns launch.threat_patterns
  language plpgsql volatile set search_path = '' as $$
declare v_peak launch.threat_findings; v_last launch.threat_findings; v_pattern launch.threat_patterns;
begin
  select f.* into v_peak from unnest(p_findings) f order by f.found desc, f.slot_at desc limit 1;
  select f.* into v_last from unnest(p_findings) f order by f.slot_at desc limit 1;
  insert into launch.threat_patterns as p (workspace_id, rule, entity, country, mode, first_at, last_at, last_slot_at, occurrences, peak, peak_at,
    accounts, devices, ips, evidence)
  values (p_rule.workspace_id, p_rule.rule, v_peak.entity, p_evidence.country, v_last.mode, p_evidence.first_at, p_evidence.last_at, v_last.slot_at, 0,
    v_peak.found, v_peak.peak_at, p_evidence.accounts, p_evidence.devices, p_evidence.ips, private.describe_evidence(p_rule, v_peak, p_evidence))
  on conflict on constraint threat_patterns_one_per_entity do update set country = coalesce(excluded.country, p.country), state = 'active',
    mode = excluded.mode, first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at),
    last_slot_at = greatest(p.last_slot_at, excluded.last_slot_at), peak = greatest(p.peak, excluded.peak),
    peak_at = case when excluded.peak > p.peak then excluded.peak_at else p.peak_at end,
    accounts = private.newest_of(excluded.accounts, p.accounts), devices = private.newest_of(excluded.devices, p.devices),
    ips = private.newest_of(excluded.ips, p.ips), evidence = excluded.evidence, updated_at = launch.now(),
    alert_id = case when p.state = 'active' then p.alert_id end
  returning * into v_pattern;
  update launch.threat_patterns p set occurrences = (select count(*) from launch.threat_findings f
    where f.workspace_id = p.workspace_id and f.rule = p.rule and f.entity = p.entity)
  where p.id = v_pattern.id returning * into v_pattern;
  return v_pattern;
end
$$;

-- Both lists, the new one first, each element once and 1,000 at most.
create function private.newest_of(p_new anyarray, p_old anyarray) returns anyarray
  language sql stable set search_path = '' as $$
  select array(select u.x from unnest(p_new || p_old) with ordinality as u (x, place) group by u.x order by min(u.place) limit 1000)
$$;

-- The evidence as an alert and a pattern show it: counts whole, lists by their first few.
create function private.describe_evidence(p_rule launch.threat_rules, p_finding launch.threat_findings, p_evidence private.threat_evidence)
  returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object('rule', p_rule.rule, 'entity', p_finding.entity, 'counts_per', p_rule.counts_per,
    'found', p_finding.found, 'payments', p_finding.out_of, 'threshold', p_finding.threshold, 'share', p_rule.share,
    'window_minutes', p_rule.window_minutes, 'window_from', p_finding.peak_at - make_interval(mins => p_rule.window_minutes),
    'window_until', p_finding.peak_at, 'slot_at', p_finding.slot_at, 'countries', p_evidence.countries, 'events', p_evidence.events,
    'accounts', to_jsonb(p_evidence.accounts[1:20]), 'account_count', cardinality(p_evidence.accounts),
    'devices', to_jsonb(p_evidence.devices[1:20]), 'device_count', cardinality(p_evidence.devices),
    'ips', to_jsonb(p_evidence.ips[1:20]), 'ip_count', cardinality(p_evidence.ips)))
$$;

alter table launch.threat_findings enable row level security;
alter table launch.threat_patterns enable row level security;
create policy threat_findings_select_reader on launch.threat_findings for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
create policy threat_patterns_select_reader on launch.threat_patterns for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
grant select on launch.threat_findings, launch.threat_patterns to authenticated;
