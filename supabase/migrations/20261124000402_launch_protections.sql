-- Payment protection: until its end, cap checks refuse the payments of a country (reason blocked, retry_after = until). Like a pause
-- it takes the lock of the counter first, so once it has committed no later check is granted. Every protection has an end and ends
-- by itself; a person may end it earlier.
-- Cap checks read it by one probe through protections_one_unended_per_country.
-- Lock order: the country's payment counter, then the protection, then the audit head.

create table launch.protections (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null references launch.iso_countries (code),
  reason text not null,
  source text not null,
  alert_id uuid references launch.alerts (id) on delete set null,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  until timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references app.profiles (id) on delete set null,
  constraint source_is_known check (source in ('person', 'rule')),
  constraint reason_is_short check (char_length(reason) between 1 and 500)
);
create unique index protections_one_unended_per_country on launch.protections (workspace_id, country) where ended_at is null;
create index protections_workspace_id_idx on launch.protections (workspace_id, id desc);
create index protections_country_idx on launch.protections (country);
create index protections_alert_id_idx on launch.protections (alert_id);
create index protections_created_by_idx on launch.protections (created_by);
create index protections_ended_by_idx on launch.protections (ended_by);

-- Protects a country's payments until a time. Of one in force the reason is replaced and, unless a person says otherwise, the later
-- end kept; one that has run out is put away and a new one begins.
create function private.put_protection(
  p_workspace_id uuid, p_country text, p_until timestamptz, p_reason text, p_source text, p_alert_id uuid default null
) returns launch.protections
  language plpgsql volatile set search_path = '' as $$
declare v_protection launch.protections;
begin
  perform c.id from launch.counters c
  where c.workspace_id = p_workspace_id and c.country = p_country and c.operation = 'payment' for update;
  update launch.protections p set ended_at = p.until
  where p.workspace_id = p_workspace_id and p.country = p_country and p.ended_at is null and p.until <= launch.now();
  insert into launch.protections as p (workspace_id, country, reason, source, alert_id, created_by, until)
  values (p_workspace_id, p_country, left(p_reason, 500), p_source, p_alert_id, (select auth.uid()), p_until)
  on conflict (workspace_id, country) where ended_at is null do update set reason = excluded.reason, source = excluded.source,
    alert_id = coalesce(excluded.alert_id, p.alert_id), created_by = excluded.created_by,
    until = case when p_source = 'person' then excluded.until else greatest(p.until, excluded.until) end
  returning * into v_protection;
  return v_protection;
end
$$;

-- Refuses the payments of a country until a time at most 30 days away, with a reason. Of a protection in force, reason and end are
-- replaced. Raises GTRSN, GTINV.
create function launch.protect_payments(
  p_workspace_id uuid, p_country text, p_until timestamptz, p_reason text, p_alert_id uuid default null
) returns launch.protections
  language plpgsql volatile security definer set search_path = '' as $$
declare v_protection launch.protections;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  if not exists (select from launch.iso_countries i where i.code = p_country) then
    perform private.refuse('GTINV', 'There is no such country.', jsonb_build_object('field', 'country'));
  elsif p_until is null or p_until <= launch.now() or p_until > launch.now() + interval '30 days' then
    perform private.refuse('GTINV', 'Payment protection ends within 30 days.', jsonb_build_object('field', 'until'));
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'Payment protection needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_alert_id is not null and not exists (select from launch.alerts a where a.id = p_alert_id and a.workspace_id = p_workspace_id) then
    perform private.refuse('GTNIL', 'There is no such alert.');
  end if;
  v_protection := private.put_protection(p_workspace_id, p_country, p_until, trim(p_reason), 'person', p_alert_id);
  perform private.write_audit(p_workspace_id, 'protection.started', 'protection', p_country, 'high', p_reason,
    jsonb_build_object('country', p_country, 'until', p_until, 'source', 'person', 'alert_id', p_alert_id));
  return v_protection;
end
$$;

-- Ends a country's payment protection before its end. Raises GTTRN when there is none in force.
create function launch.end_protection(p_workspace_id uuid, p_country text, p_reason text default null) returns launch.protections
  language plpgsql volatile security definer set search_path = '' as $$
declare v_protection launch.protections;
begin
  perform private.require_permission(p_workspace_id, 'threats.manage');
  perform c.id from launch.counters c
  where c.workspace_id = p_workspace_id and c.country = p_country and c.operation = 'payment' for update;
  update launch.protections p set ended_at = launch.now(), ended_by = (select auth.uid())
  where p.workspace_id = p_workspace_id and p.country = p_country and p.ended_at is null and p.until > launch.now()
  returning * into v_protection;
  if v_protection.id is null then
    perform private.refuse('GTTRN', 'The payments of this country are not protected.', jsonb_build_object('country', p_country));
  end if;
  perform private.write_audit(p_workspace_id, 'protection.ended', 'protection', p_country, 'high', nullif(trim(p_reason), ''),
    jsonb_build_object('country', p_country, 'until', v_protection.until));
  return v_protection;
end
$$;

alter table launch.protections enable row level security;
create policy protections_select_reader on launch.protections for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('threats.read'))));
grant select on launch.protections to authenticated;
grant execute on function launch.protect_payments(uuid, text, timestamptz, text, uuid), launch.end_protection(uuid, text, text) to authenticated;
