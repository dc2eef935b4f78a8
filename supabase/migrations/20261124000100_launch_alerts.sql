-- Alerts: something a person should look at. A fingerprint names the condition, so that it opens one alert however often it
-- fires; a step grows as the condition worsens, and only opening, a higher step, a person's answer and the end are told to the
-- outside. Who sees which alert follows from its kind.
--
-- Life cycle: open → acknowledged → resolved. The engine resolves what it raised once the condition has gone; a person may resolve
-- at any time, with an outcome. A condition that returns after that opens a new alert. Muting keeps an alert quiet until a time.
-- Lock order: whatever the caller holds, then the alert, then the audit head.

create table launch.alert_kinds (
  kind text primary key,
  permission text not null references app.permissions (name),
  description text not null
);
create index alert_kinds_permission_idx on launch.alert_kinds (permission);

insert into launch.alert_kinds (kind, permission, description) values
  ('capacity', 'countries.read', 'A country comes near its cap or has reached it'),
  ('load', 'load.read', 'Load is near or above its limits, or is no longer measured'),
  ('threat', 'threats.read', 'Fraud or an attack was found'),
  ('risk', 'risk.read', 'A country''s risk has risen, or it was paused for it'),
  ('region', 'regions.read', 'Support volume or revenue of a country moved sharply'),
  ('campaign', 'regions.read', 'A campaign falls behind its forecast'),
  ('job', 'jobs.read', 'A job missed its time or failed'),
  ('delivery', 'notifications.manage', 'Messages to the outside could not be delivered');

create table launch.alerts (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  kind text not null references launch.alert_kinds (kind),
  fingerprint text not null,
  severity text not null,
  title text not null,
  country text references launch.iso_countries (code),
  subject_id text,
  evidence jsonb not null default '{}',
  step smallint not null default 0,
  status text not null default 'open',
  occurrences int not null default 1,
  opened_at timestamptz not null default launch.now(),
  last_at timestamptz not null default launch.now(),
  acknowledged_at timestamptz,
  acknowledged_by uuid references app.profiles (id) on delete set null,
  assigned_to uuid references app.profiles (id) on delete set null,
  resolved_at timestamptz,
  resolved_by uuid references app.profiles (id) on delete set null,
  outcome text,
  note text,
  muted_until timestamptz,
  muted_reason text,
  version int not null default 1,
  constraint severity_is_known check (severity in ('warning', 'critical')),
  constraint status_is_known check (status in ('open', 'acknowledged', 'resolved')),
  constraint outcome_is_known check (outcome in ('true_positive', 'false_positive', 'recovered')),
  constraint resolved_alert_has_outcome check ((status = 'resolved') = (outcome is not null) and (status = 'resolved') = (resolved_at is not null)),
  constraint muted_alert_has_reason check ((muted_until is null) = (muted_reason is null)),
  constraint title_is_short check (char_length(title) between 1 and 300),
  constraint it_occurred check (occurrences > 0)
);
create unique index alerts_one_unresolved_per_fingerprint on launch.alerts (workspace_id, fingerprint) where status <> 'resolved';
create index alerts_workspace_id_idx on launch.alerts (workspace_id, id desc);
create index alerts_unresolved_idx on launch.alerts (workspace_id, id desc) where status <> 'resolved';
create index alerts_kind_idx on launch.alerts (kind);
create index alerts_country_idx on launch.alerts (country);
create index alerts_acknowledged_by_idx on launch.alerts (acknowledged_by);
create index alerts_assigned_to_idx on launch.alerts (assigned_to);
create index alerts_resolved_by_idx on launch.alerts (resolved_by);

-- What happened to an alert, in order. change: opened, worsened, acknowledged, assigned, muted, unmuted, resolved, reopened.
create table launch.alert_changes (
  id uuid primary key default private.uuid_v7(),
  alert_id uuid not null references launch.alerts (id) on delete cascade,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  change text not null,
  at timestamptz not null default launch.now(),
  actor text not null,
  note text,
  constraint change_is_known check (change in ('opened', 'worsened', 'acknowledged', 'assigned', 'muted', 'unmuted', 'resolved', 'reopened'))
);
create index alert_changes_alert_id_idx on launch.alert_changes (alert_id, id);
create index alert_changes_workspace_id_idx on launch.alert_changes (workspace_id);

-- Keeps a change of an alert: its history, the audit trail, live pages and, where p_told, the outside.
create function private.keep_alert_change(p_alert launch.alerts, p_change text, p_note text, p_told boolean) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_actor text;
begin
  if p_told then
    perform private.tell_alert(p_alert, p_change);
  end if;
  perform private.write_audit(p_alert.workspace_id, 'alert.' || p_change, 'alert', p_alert.id::text,
    case when p_change in ('opened', 'worsened') and p_alert.severity = 'critical' then 'critical' else 'notice' end, p_note,
    jsonb_build_object('kind', p_alert.kind, 'fingerprint', p_alert.fingerprint, 'severity', p_alert.severity, 'title', p_alert.title,
      'country', p_alert.country, 'outcome', p_alert.outcome));
  select a.actor_label into v_actor from app.audit_heads h
  join app.audit_entries a on a.workspace_id = h.workspace_id and a.sequence = h.sequence where h.workspace_id = p_alert.workspace_id;
  insert into launch.alert_changes (alert_id, workspace_id, change, actor, note)
  values (p_alert.id, p_alert.workspace_id, p_change, v_actor, p_note);
end
$$;

-- Raises the alert with this fingerprint: opens it, or counts one more occurrence of the one that stands. A higher step or
-- severity than before is told again; a lower one never takes anything back. Returns the alert's id.
create function private.raise_alert(
  p_workspace_id uuid, p_kind text, p_fingerprint text, p_severity text, p_title text, p_country text default null,
  p_subject_id text default null, p_evidence jsonb default '{}', p_step int default 0
) returns uuid
  language plpgsql volatile set search_path = '' as $$
declare v_was launch.alerts; v_alert launch.alerts; v_worse boolean;
begin
  insert into launch.alerts (workspace_id, kind, fingerprint, severity, title, country, subject_id, evidence, step)
  values (p_workspace_id, p_kind, p_fingerprint, p_severity, left(p_title, 300), p_country, p_subject_id, p_evidence, p_step)
  on conflict (workspace_id, fingerprint) where status <> 'resolved' do nothing returning * into v_alert;
  if v_alert.id is not null then
    perform private.keep_alert_change(v_alert, 'opened', null, true);
    return v_alert.id;
  end if;
  select * into v_was from launch.alerts a
  where a.workspace_id = p_workspace_id and a.fingerprint = p_fingerprint and a.status <> 'resolved' for update;
  if v_was.id is null then -- resolved between the two statements
    return private.raise_alert(p_workspace_id, p_kind, p_fingerprint, p_severity, p_title, p_country, p_subject_id, p_evidence, p_step);
  end if;
  v_worse := p_step > v_was.step or (p_severity = 'critical' and v_was.severity = 'warning');
  update launch.alerts a set occurrences = a.occurrences + 1, last_at = launch.now(), evidence = p_evidence, step = greatest(a.step, p_step),
    severity = case when v_worse then p_severity else a.severity end, title = case when v_worse then left(p_title, 300) else a.title end,
    version = a.version + case when v_worse then 1 else 0 end
  where a.id = v_was.id returning * into v_alert;
  if v_worse then
    perform private.keep_alert_change(v_alert, 'worsened', null, true);
  end if;
  return v_was.id;
end
$$;

-- Resolves the alert with this fingerprint because its condition has gone. Returns whether there was one.
create function private.settle_alert(p_workspace_id uuid, p_fingerprint text, p_note text default null) returns boolean
  language plpgsql volatile set search_path = '' as $$
declare v_alert launch.alerts;
begin
  update launch.alerts a set status = 'resolved', outcome = 'recovered', resolved_at = launch.now(), note = p_note, version = a.version + 1,
    muted_until = null, muted_reason = null
  where a.workspace_id = p_workspace_id and a.fingerprint = p_fingerprint and a.status <> 'resolved' returning * into v_alert;
  if v_alert.id is null then
    return false;
  end if;
  perform private.keep_alert_change(v_alert, 'resolved', p_note, true);
  return true;
end
$$;

-- Reads by kind: the kinds that the signed-in person may see, as pairs with the workspace. Once a query, not once a row.
create function private.visible_alert_kinds() returns table (workspace_id uuid, kind text)
  language sql stable security definer set search_path = '' as $$
  select m.workspace_id, k.kind from app.members m
  join app.role_permissions r on r.role = m.role and r.permission = 'alerts.read'
  join app.role_permissions s on s.role = m.role
  join launch.alert_kinds k on k.permission = s.permission
  where m.user_id = (select auth.uid())
$$;

alter table launch.alert_kinds enable row level security;
alter table launch.alerts enable row level security;
alter table launch.alert_changes enable row level security;
create policy alert_kinds_select_signed_in on launch.alert_kinds for select to authenticated using (true);
create policy alerts_select_by_kind on launch.alerts for select to authenticated
  using ((workspace_id, kind) in (select v.workspace_id, v.kind from private.visible_alert_kinds() v));
create policy alert_changes_select_with_alert on launch.alert_changes for select to authenticated
  using (exists (select from launch.alerts a where a.id = alert_id));
grant select on launch.alert_kinds, launch.alerts, launch.alert_changes to authenticated;
grant execute on function private.visible_alert_kinds() to authenticated;
