-- The rules of the threat shield: what it looks for, at which numbers, and what it does when it finds it. Every workspace has each
-- rule once, with these defaults.
--
-- device_farm       accounts (registration.completed) on one device
-- creator_ring      creators (creator.registered), per country
-- payment_burst     payments (purchase.completed), over the whole workspace; the finding says how they spread over countries
-- chargeback_burst  chargebacks (purchase.charged_back) as a share of payments, per country; threshold is the fewest that count
--
-- A rule finds an entity (a device, a country, or all for the workspace) when at some moment the window that ends there holds at least
-- the threshold. mode: off looks at nothing, shadow records and answers nothing, live answers. answer: watch opens an alert and no
-- more; block also blocks the devices, accounts or IP ranges of what was found; protect also refuses the country's payments.
-- Lock order: the rule or snooze, then the audit head.

create table launch.threat_rules (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  rule text not null,
  mode text not null default 'live',
  threshold int not null,
  window_minutes int not null,
  share double precision,
  counts_per text not null,
  answer text not null default 'watch',
  blocks text[] not null default '{}',
  answer_minutes int not null,
  version int not null default 1,
  updated_at timestamptz not null default launch.now(),
  updated_by uuid references app.profiles (id) on delete set null,
  primary key (workspace_id, rule),
  constraint rule_is_known check (rule in ('device_farm', 'creator_ring', 'payment_burst', 'chargeback_burst')),
  constraint mode_is_known check (mode in ('off', 'shadow', 'live')),
  constraint answer_is_known check (answer in ('watch', 'block', 'protect')),
  constraint entity_is_known check (counts_per in ('device', 'country', 'workspace')),
  constraint devices_are_for_farms check ((rule = 'device_farm') = (counts_per = 'device')),
  constraint share_is_for_chargebacks check ((rule = 'chargeback_burst') = (share is not null)),
  constraint share_is_a_part check (share > 0 and share <= 1),
  constraint threshold_is_more_than_one check (threshold between 2 and 1000000),
  constraint window_is_a_week_at_most check (window_minutes between 1 and 10080),
  constraint answer_has_an_end check (answer_minutes between 5 and 527040 and (answer <> 'protect' or answer_minutes <= 43200)),
  constraint blocks_are_known check (blocks <@ '{device,account,ip_range}'::text[] and (answer = 'block') = (cardinality(blocks) > 0)),
  constraint protection_is_for_payments check (answer <> 'protect' or rule in ('payment_burst', 'chargeback_burst'))
);
create index threat_rules_updated_by_idx on launch.threat_rules (updated_by);

-- The rules as a new workspace gets them.
create function private.default_threat_rules() returns setof launch.threat_rules
  language sql stable set search_path = '' as $$
  select (null::uuid, d.rule, 'live', d.threshold, d.window_minutes, d.share, d.counts_per, d.answer, '{}'::text[], d.answer_minutes, 1,
    launch.now(), null::uuid)::launch.threat_rules
  from (values
    ('device_farm', 3, 1440, null::float8, 'device', 'watch', 10080),
    ('creator_ring', 50, 5, null, 'country', 'watch', 10080),
    ('payment_burst', 1000, 5, null, 'workspace', 'protect', 30),
    ('chargeback_burst', 10, 60, 0.01, 'country', 'protect', 60)
  ) as d (rule, threshold, window_minutes, share, counts_per, answer, answer_minutes)
$$;

create function private.make_threat_rules() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into launch.threat_rules
  select new.id, d.rule, d.mode, d.threshold, d.window_minutes, d.share, d.counts_per, d.answer, d.blocks, d.answer_minutes
  from private.default_threat_rules() d;
  return new;
end
$$;
create trigger _300_make_threat_rules after insert on app.workspaces for each row execute function private.make_threat_rules();
insert into launch.threat_rules
select w.id, d.rule, d.mode, d.threshold, d.window_minutes, d.share, d.counts_per, d.answer, d.blocks, d.answer_minutes
from app.workspaces w cross join private.default_threat_rules() d;

-- Entities that a rule leaves alone until a time: what it finds there is recorded, and neither alerted nor answered.
create table launch.threat_snoozes (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  rule text not null,
  entity text not null,
  reason text not null,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  until timestamptz not null,
  ended_at timestamptz,
  foreign key (workspace_id, rule) references launch.threat_rules (workspace_id, rule) on delete cascade,
  constraint entity_is_short check (char_length(entity) between 1 and 200),
  constraint reason_is_short check (char_length(reason) between 1 and 500)
);
create unique index threat_snoozes_one_unended on launch.threat_snoozes (workspace_id, rule, entity) where ended_at is null;
create index threat_snoozes_rule_idx on launch.threat_snoozes (workspace_id, rule);
create index threat_snoozes_created_by_idx on launch.threat_snoozes (created_by);

-- Changes a rule as a whole. Raises GTNIL, GTVER when somebody else changed it meanwhile, 23514 for numbers that cannot be.
create function launch.change_threat_rule(
  p_workspace_id uuid, p_rule text, p_mode text, p_threshold int, p_window_minutes int, p_share double precision, p_counts_per text,
  p_answer text, p_blocks text[], p_answer_minutes int, p_expected_version int, p_reason text default null
) returns launch.threat_rules
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.threat_rules; v_rule launch.threat_rules;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  select * into v_was from launch.threat_rules r where r.workspace_id = p_workspace_id and r.rule = p_rule for update;
  if v_was.rule is null then
    perform private.refuse('GTNIL', 'There is no such rule.');
  elsif p_expected_version is not null and p_expected_version <> v_was.version then
    perform private.refuse('GTVER', 'Someone else changed this rule meanwhile.', jsonb_build_object('version', v_was.version));
  end if;
  update launch.threat_rules r set mode = p_mode, threshold = p_threshold, window_minutes = p_window_minutes, share = p_share,
    counts_per = p_counts_per, answer = p_answer, blocks = p_blocks, answer_minutes = p_answer_minutes, version = r.version + 1,
    updated_at = launch.now(), updated_by = (select auth.uid())
  where r.workspace_id = p_workspace_id and r.rule = p_rule returning * into v_rule;
  perform private.write_audit(p_workspace_id, 'threat_rule.changed', 'threat_rule', p_rule, 'high', nullif(trim(p_reason), ''),
    jsonb_build_object('was', private.rule_numbers(v_was), 'now', private.rule_numbers(v_rule)));
  return v_rule;
end
$$;

create function private.rule_numbers(p_rule launch.threat_rules) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_strip_nulls(to_jsonb(p_rule) - '{workspace_id,rule,version,updated_at,updated_by}'::text[])
$$;

-- Leaves an entity alone until a time at most 90 days away, with a reason. Of a snooze in force, end and reason are replaced. Raises
-- GTNIL, GTRSN, GTINV.
create function launch.snooze_threat(p_workspace_id uuid, p_rule text, p_entity text, p_until timestamptz, p_reason text)
  returns launch.threat_snoozes
  language plpgsql volatile security definer set search_path = '' as $$
declare v_snooze launch.threat_snoozes;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  if not exists (select from launch.threat_rules r where r.workspace_id = p_workspace_id and r.rule = p_rule) then
    perform private.refuse('GTNIL', 'There is no such rule.');
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'A snooze needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_until is null or p_until <= launch.now() or p_until > launch.now() + interval '90 days' then
    perform private.refuse('GTINV', 'A snooze ends within 90 days.', jsonb_build_object('field', 'until'));
  end if;
  update launch.threat_snoozes s set ended_at = s.until
  where s.workspace_id = p_workspace_id and s.rule = p_rule and s.entity = trim(p_entity) and s.ended_at is null and s.until <= launch.now();
  insert into launch.threat_snoozes as s (workspace_id, rule, entity, reason, created_by, until)
  values (p_workspace_id, p_rule, trim(p_entity), trim(p_reason), (select auth.uid()), p_until)
  on conflict (workspace_id, rule, entity) where ended_at is null
    do update set until = excluded.until, reason = excluded.reason, created_by = excluded.created_by
  returning * into v_snooze;
  perform private.write_audit(p_workspace_id, 'threat.snoozed', 'threat_rule', p_rule, 'notice', p_reason,
    jsonb_build_object('entity', v_snooze.entity, 'until', p_until));
  return v_snooze;
end
$$;

-- Ends a snooze before its end. Raises GTNIL when there is none in force.
create function launch.end_snooze(p_workspace_id uuid, p_snooze_id uuid) returns launch.threat_snoozes
  language plpgsql volatile security definer set search_path = '' as $$
declare v_snooze launch.threat_snoozes;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  update launch.threat_snoozes s set ended_at = launch.now()
  where s.id = p_snooze_id and s.workspace_id = p_workspace_id and s.ended_at is null and s.until > launch.now() returning * into v_snooze;
  if v_snooze.id is null then
    perform private.refuse('GTNIL', 'There is no such snooze in force.');
  end if;
  perform private.write_audit(p_workspace_id, 'threat.woken', 'threat_rule', v_snooze.rule, 'notice', null,
    jsonb_build_object('entity', v_snooze.entity));
  return v_snooze;
end
$$;

alter table launch.threat_rules enable row level security;
alter table launch.threat_snoozes enable row level security;
create policy threat_rules_select_reader on launch.threat_rules for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
create policy threat_snoozes_select_reader on launch.threat_snoozes for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
grant select on launch.threat_rules, launch.threat_snoozes to authenticated;
grant execute on function launch.change_threat_rule(uuid, text, text, int, int, double precision, text, text, text[], int, int, text),
  launch.snooze_threat(uuid, text, text, timestamptz, text), launch.end_snooze(uuid, uuid) to authenticated;
