-- A workspace is one environment of one product: the tenant. Nothing crosses it.
-- A person sees a workspace only through membership; private.workspaces_with(permission) is the one place
-- where membership and permission meet, and every policy calls it once per query, not once per row.

create table app.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null,
  display_name text,
  created_at timestamptz not null default now(),
  constraint display_name_is_short check (char_length(display_name) between 1 and 80)
);

create table app.workspaces (
  id uuid primary key default private.uuid_v7(),
  slug text not null unique,
  name text not null,
  environment text not null,
  allows_unlisted_countries boolean not null default false,
  created_at timestamptz not null default now(),
  constraint slug_is_url_safe check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,47}$'),
  -- Paths of the site itself, which a workspace of that address would hide behind.
  constraint slug_is_no_path_of_the_site check (slug not in ('api', 'auth', 'docs', 'favicon', 'forgot-password', 'go', 'icon', 'invitations', 'shared-reports',
    'new', 'ofrep', 'q', 'reset-password', 'sign-in', 'sign-up')),
  constraint name_is_short check (char_length(name) between 1 and 80),
  constraint environment_is_known check (environment in ('development', 'staging', 'production'))
);

create table app.members (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  user_id uuid not null references app.profiles (id) on delete cascade,
  role text not null references app.roles (name),
  joined_at timestamptz not null default now(),
  primary key (workspace_id, user_id),
  constraint person_is_no_api_key check (role <> 'api_key')
);
create index members_user_id_idx on app.members (user_id);
create index members_role_idx on app.members (role);

-- The workspaces in which the signed-in person holds a permission. Definer: it reads members past RLS.
create function private.workspaces_with(p_permission text) returns setof uuid
  language sql stable security definer set search_path = '' as $$
  select m.workspace_id
  from app.members m
  join app.role_permissions rp on rp.role = m.role
  where m.user_id = (select auth.uid()) and rp.permission = p_permission
$$;

-- The API key acting in this transaction, or null. Only the service's own connection can say so:
-- a person's transaction runs under another role.
create function private.acting_key() returns uuid
  language sql stable set search_path = '' as $$
  select case when session_user = 'gantry_service' and current_setting('role') = 'none'
    then nullif(current_setting('gantry.api_key_id', true), '')::uuid end
$$;

-- A profile for each person who signs up, with the name they gave. Definer: auth's own role has no rights in app. The name is read
-- through to_jsonb because the auth server keeps it as jsonb or, locally, as its text.
create function private.create_profile() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare v_given jsonb := to_jsonb(new) -> 'raw_user_meta_data';
begin
  if jsonb_typeof(v_given) = 'string' and v_given #>> '{}' is json object then
    v_given := (v_given #>> '{}')::jsonb;
  end if;
  insert into app.profiles (id, email, display_name)
  values (new.id, coalesce(new.email, ''),
    nullif(left(trim(coalesce(v_given ->> 'name', v_given ->> 'full_name')), 80), ''))
  on conflict (id) do update set email = excluded.email;
  return new;
end
$$;

create trigger _100_create_profile after insert or update of email on auth.users
  for each row execute function private.create_profile();

-- Changes the signed-in person's own name.
create function app.rename_me(p_display_name text) returns void
  language sql security definer set search_path = '' as $$
  update app.profiles set display_name = nullif(trim(p_display_name), '') where id = (select auth.uid())
$$;

alter table app.profiles enable row level security;
alter table app.workspaces enable row level security;
alter table app.members enable row level security;

create policy profiles_select_self_or_managed on app.profiles for select to authenticated using (
  id = (select auth.uid())
  or id in (select m.user_id from app.members m
            where m.workspace_id = any (array(select private.workspaces_with('members.manage'))))
);
create policy workspaces_select_member on app.workspaces for select to authenticated
  using (id = any (array(select private.workspaces_with('workspace.read'))));
create policy members_select_self_or_manager on app.members for select to authenticated using (
  user_id = (select auth.uid())
  or workspace_id = any (array(select private.workspaces_with('members.manage')))
);

grant select on app.profiles, app.workspaces, app.members to authenticated;
grant execute on function private.workspaces_with(text) to authenticated;
grant execute on function app.rename_me(text) to authenticated;
