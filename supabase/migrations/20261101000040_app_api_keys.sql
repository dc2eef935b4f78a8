-- API keys of product services. Only the SHA-256 of a key is stored; the key itself is shown once.
-- A key is gty_ and 39 base62 characters: 33 random (196 bits) and a checksum, so that a typo is refused without a query.
-- Revocation takes effect on the next request, because every request reads this row.

create table app.api_keys (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  name text not null,
  prefix text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  rotated_from uuid references app.api_keys (id) on delete set null,
  constraint name_is_short check (char_length(name) between 1 and 80),
  constraint hash_is_sha256 check (octet_length(hash) = 32),
  constraint prefix_is_readable check (prefix ~ '^gty_[0-9A-Za-z]{6}$'),
  constraint key_has_a_scope check (cardinality(scopes) > 0)
);
create index api_keys_workspace_id_idx on app.api_keys (workspace_id, created_at desc);
create index api_keys_created_by_idx on app.api_keys (created_by);
create index api_keys_rotated_from_idx on app.api_keys (rotated_from);

-- Which of these hashes are keys in force, by place. problem is null, 'unauthenticated' or 'forbidden'.
create function private.verify_keys(p_hashes bytea[], p_scope text)
  returns table (place int, workspace_id uuid, api_key_id uuid, last_used_at timestamptz, problem text)
  language plpgsql stable set search_path = '' rows 10 as $$
begin
  return query select asked.place::int, k.workspace_id, k.id, k.last_used_at,
    case
      when k.id is null or k.revoked_at is not null or k.expires_at <= launch.now() then 'unauthenticated'
      when not p_scope = any (k.scopes) then 'forbidden'
    end
  from unnest(p_hashes) with ordinality as asked (hash, place)
  left join lateral (select * from app.api_keys k where k.hash = asked.hash limit 1) k on true;
end
$$;

-- Last used, to the minute: one write a minute and key, not one a request.
create function private.touch_keys(p_ids uuid[]) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  update app.api_keys k set last_used_at = launch.now()
  where k.id in (
    select t.id from app.api_keys t
    where t.id = any (p_ids) and (t.last_used_at is null or t.last_used_at < launch.now() - interval '1 minute')
    order by t.id for update skip locked);
end
$$;

-- Makes this transaction act as the key with this hash. Returns its workspace, or raises GTKEY (no such key) or
-- GTROL (the key lacks the scope). Definer: the service reads no tables.
create function app.act_as_key(p_hash bytea, p_scope text) returns table (workspace_id uuid, api_key_id uuid)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_key record;
begin
  select * into v_key from private.verify_keys(array[p_hash], p_scope);
  if v_key.problem = 'unauthenticated' then
    perform private.refuse('GTKEY', 'The API key is not valid.');
  elsif v_key.problem = 'forbidden' then
    perform private.refuse('GTROL', format('The API key lacks the scope %s.', p_scope), jsonb_build_object('scope', p_scope));
  end if;
  perform private.touch_keys(array[v_key.api_key_id]);
  perform set_config('gantry.api_key_id', v_key.api_key_id::text, true);
  return query select v_key.workspace_id, v_key.api_key_id;
end
$$;

-- Refuses unless the actor of this transaction (a signed-in person, or the acting key) holds the permission.
-- Someone who is not of the workspace hears that it does not exist (GTNIL), a member without the right GTROL.
create function private.require_permission(p_workspace_id uuid, p_permission text) returns void
  language plpgsql stable security definer set search_path = '' as $$
declare v_key uuid := private.acting_key(); v_member boolean; v_holds boolean;
begin
  if v_key is not null then
    select k.workspace_id = p_workspace_id,
      p_permission = any (k.scopes) and k.revoked_at is null and coalesce(k.expires_at > launch.now(), true)
    into v_member, v_holds from app.api_keys k where k.id = v_key;
  else
    select true, exists (select from app.role_permissions rp where rp.role = m.role and rp.permission = p_permission)
    into v_member, v_holds
    from app.members m where m.workspace_id = p_workspace_id and m.user_id = (select auth.uid());
  end if;
  if v_member is not true then
    perform private.refuse('GTNIL', 'There is no such workspace.');
  elsif not v_holds then
    perform private.refuse('GTROL', 'You may not do this.', jsonb_build_object('permission', p_permission));
  end if;
end
$$;

-- Appends one entry to a workspace's chain. Locks the chain's head, the last lock of any mutation.
create function private.write_audit(
  p_workspace_id uuid, p_action text, p_resource_type text, p_resource_id text,
  p_severity text, p_reason text, p_details jsonb
) returns bigint
  language plpgsql volatile security definer set search_path = '' as $$
declare
  v_key uuid := private.acting_key();
  v_person uuid := (select auth.uid());
  v_entry app.audit_entries;
  v_head app.audit_heads;
begin
  v_entry.actor_kind := case when v_key is not null then 'api_key' when v_person is not null then 'person' else 'engine' end;
  v_entry.actor_id := coalesce(v_key, v_person);
  v_entry.actor_label := coalesce(
    case when v_key is not null then (select k.name from app.api_keys k where k.id = v_key) end,
    (select p.email from app.profiles p where p.id = v_person), 'Gantry');
  select * into strict v_head from app.audit_heads h where h.workspace_id = p_workspace_id for update;
  v_entry.workspace_id := p_workspace_id;
  v_entry.sequence := v_head.sequence + 1;
  v_entry.at := launch.now();
  v_entry.action := p_action;
  v_entry.resource_type := p_resource_type;
  v_entry.resource_id := p_resource_id;
  v_entry.severity := p_severity;
  v_entry.reason := p_reason;
  v_entry.details := jsonb_strip_nulls(coalesce(p_details, '{}'));
  v_entry.previous_hash := v_head.hash;
  v_entry.hash := private.audit_hash(v_entry);
  insert into app.audit_entries select v_entry.*;
  update app.audit_heads h set sequence = v_entry.sequence, hash = v_entry.hash where h.workspace_id = p_workspace_id;
  perform private.announce(p_workspace_id, p_resource_type, p_resource_id);
  return v_entry.sequence;
end
$$;

alter table app.api_keys enable row level security;
create policy api_keys_select_manager on app.api_keys for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('keys.manage'))));

grant select (id, workspace_id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at, revoked_at, rotated_from)
  on app.api_keys to authenticated;
grant execute on function app.act_as_key(bytea, text) to gantry_service;
