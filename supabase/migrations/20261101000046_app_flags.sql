-- Flags: the engine's switches, per workspace. A job or check whose flag is off says so.

create table app.flag_definitions (
  key text primary key,
  description text not null,
  on_by_default boolean not null default true,
  on_in_development boolean not null default true,
  constraint key_is_dotted check (key ~ '^[a-z]+\.[A-Za-z]+$')
);

insert into app.flag_definitions (key, description, on_in_development) values
  ('launch.enabled', 'Master switch. Off: every check is allowed and nothing is counted', false),
  ('launch.countryCaps', 'Enforce caps. Off: checks are allowed, counted, and the answer that would have been given is recorded', true),
  ('launch.autoThrottle', 'Let measured load raise and lower the throttle level', true),
  ('launch.fraudShield', 'Look for fraud and attacks', true),
  ('launch.regionAnalytics', 'Roll up KPIs and risk per country', true),
  ('launch.prCoordinator', 'Track campaigns', true),
  ('launch.autoRegionPause', 'Pause a country whose risk is critical', true),
  ('launch.marketSequencer', 'Evaluate the market sequence', true);

create table app.flags (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  key text not null references app.flag_definitions (key),
  enabled boolean not null,
  version int not null default 1,
  updated_at timestamptz not null default launch.now(),
  updated_by uuid references app.profiles (id) on delete set null,
  primary key (workspace_id, key)
);
create index flags_key_idx on app.flags (key);
create index flags_updated_by_idx on app.flags (updated_by);

create function private.flag(p_workspace_id uuid, p_key text) returns boolean
  language sql stable set search_path = '' as $$
  select coalesce((select f.enabled from app.flags f where f.workspace_id = p_workspace_id and f.key = p_key), true)
$$;

-- Switches a flag. p_expected_version guards against two people switching at once (GTVER).
create function app.set_flag(p_workspace_id uuid, p_key text, p_enabled boolean, p_reason text, p_expected_version int default null)
  returns app.flags
  language plpgsql volatile security definer set search_path = '' as $$
declare v_flag app.flags;
begin
  perform private.require_permission(p_workspace_id, 'flags.manage');
  select * into v_flag from app.flags f where f.workspace_id = p_workspace_id and f.key = p_key for update;
  if not found then
    perform private.refuse('GTNIL', 'There is no such flag.');
  elsif p_expected_version is not null and p_expected_version <> v_flag.version then
    perform private.refuse('GTVER', 'Someone else switched this flag meanwhile.', jsonb_build_object('version', v_flag.version));
  elsif v_flag.enabled = p_enabled then
    return v_flag;
  end if;
  update app.flags f set enabled = p_enabled, version = f.version + 1, updated_at = launch.now(), updated_by = (select auth.uid())
  where f.workspace_id = p_workspace_id and f.key = p_key returning * into v_flag;
  perform private.write_audit(p_workspace_id, 'flag.switched', 'flag', p_key, 'high', p_reason,
    jsonb_build_object('enabled', p_enabled, 'was', not p_enabled));
  return v_flag;
end
$$;

-- Flags of a workspace with their meaning, for the service acting as a key and for OFREP.
create function app.read_flags(p_workspace_id uuid)
  returns table (key text, enabled boolean, version int, updated_at timestamptz, description text)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'flags.read');
  return query select f.key, f.enabled, f.version, f.updated_at, d.description
    from app.flags f join app.flag_definitions d using (key)
    where f.workspace_id = p_workspace_id order by f.key;
end
$$;

alter table app.flag_definitions enable row level security;
alter table app.flags enable row level security;
create policy flag_definitions_select_signed_in on app.flag_definitions for select to authenticated using (true);
create policy flags_select_member on app.flags for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('flags.read'))));
grant select on app.flag_definitions, app.flags to authenticated;
grant execute on function app.set_flag(uuid, text, boolean, text, int) to authenticated, gantry_service;
grant execute on function app.read_flags(uuid) to authenticated, gantry_service;
