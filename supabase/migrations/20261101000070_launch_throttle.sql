-- The throttle level of a workspace: 0 normal, 1 near limit, 2 throttled, 3 severe. Cap checks read it in their own
-- statement, so a change is felt by the next check. A person can force a level for a while; the override ends by itself.

create table launch.throttles (
  workspace_id uuid primary key references app.workspaces (id) on delete cascade,
  level smallint not null default 0,
  level_since timestamptz not null default launch.now(),
  forced_level smallint,
  forced_until timestamptz,
  forced_by uuid references app.profiles (id) on delete set null,
  forced_reason text,
  constraint level_is_known check (level between 0 and 3),
  constraint forced_level_is_known check (forced_level between 0 and 3),
  constraint override_is_whole check (
    (forced_level is null) = (forced_until is null) and (forced_level is null) = (forced_reason is null))
);
create index throttles_forced_by_idx on launch.throttles (forced_by);

-- From which level an operation yields. No row: creators and users from 2, payments from 3.
create table launch.throttle_policies (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  operation text not null,
  yields_from smallint not null,
  primary key (workspace_id, operation),
  constraint operation_is_known check (operation in ('user', 'payment', 'creator')),
  constraint level_is_known check (yields_from between 1 and 4)
);

-- The level in force. A row exists only once something raised or forced it.
create function private.throttle_level(p_workspace_id uuid, p_now timestamptz) returns int
  language sql stable set search_path = '' as $$
  select coalesce((select case when t.forced_until > p_now then t.forced_level else t.level end
    from launch.throttles t where t.workspace_id = p_workspace_id), 0)
$$;

create function private.yields_from(p_workspace_id uuid, p_operation text) returns int
  language sql stable set search_path = '' as $$
  select coalesce((select t.yields_from from launch.throttle_policies t
    where t.workspace_id = p_workspace_id and t.operation = p_operation),
    case p_operation when 'payment' then 3 else 2 end)
$$;

-- Forces a level until a time at most 7 days away (null level: ends the override). Always with a reason (GTRSN).
create function launch.override_throttle(p_workspace_id uuid, p_level int, p_until timestamptz, p_reason text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'throttle.override');
  if nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'An override needs a reason.', jsonb_build_object('field', 'reason'));
  elsif p_level is not null and (p_level not between 0 and 3 or p_until is null or p_until <= launch.now() or p_until > launch.now() + interval '7 days') then
    perform private.refuse('GTINV', 'An override has a level from 0 to 3 and ends within 7 days.', jsonb_build_object('field', 'until'));
  end if;
  insert into launch.throttles as t (workspace_id, forced_level, forced_until, forced_by, forced_reason)
  values (p_workspace_id, p_level, case when p_level is not null then p_until end, (select auth.uid()),
    case when p_level is not null then trim(p_reason) end)
  on conflict (workspace_id) do update set forced_level = excluded.forced_level, forced_until = excluded.forced_until,
    forced_by = excluded.forced_by, forced_reason = excluded.forced_reason;
  perform private.write_audit(p_workspace_id, 'throttle.overridden', 'throttle', 'global', 'high', p_reason,
    jsonb_build_object('level', p_level, 'until', p_until));
end
$$;

-- The level in force and what each operation yields to.
create function launch.read_throttle(p_workspace_id uuid)
  returns table (level int, level_since timestamptz, forced_until timestamptz, user_yields_from int, payment_yields_from int, creator_yields_from int)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'throttle.read');
  return query select private.throttle_level(p_workspace_id, launch.now()), t.level_since,
    case when t.forced_until > launch.now() then t.forced_until end,
    private.yields_from(p_workspace_id, 'user'), private.yields_from(p_workspace_id, 'payment'), private.yields_from(p_workspace_id, 'creator')
  from (select p_workspace_id as id) w left join launch.throttles t on t.workspace_id = w.id;
end
$$;

alter table launch.throttles enable row level security;
alter table launch.throttle_policies enable row level security;
create policy throttles_select_member on launch.throttles for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('throttle.read'))));
create policy throttle_policies_select_member on launch.throttle_policies for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('throttle.read'))));
grant select on launch.throttles, launch.throttle_policies to authenticated;
grant execute on function launch.override_throttle(uuid, int, timestamptz, text) to authenticated;
grant execute on function launch.read_throttle(uuid) to authenticated, gantry_service;
