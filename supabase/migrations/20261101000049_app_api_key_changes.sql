-- Creating, rotating and revoking API keys. The key is drawn by the server; only its hash arrives here.

-- Creates a key. GTINV when a scope is not one that an API key may carry.
create function app.create_api_key(
  p_workspace_id uuid, p_name text, p_prefix text, p_hash bytea, p_scopes text[], p_expires_at timestamptz default null
) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare v_id uuid; v_odd text;
begin
  perform private.require_permission(p_workspace_id, 'keys.manage');
  select s into v_odd from unnest(p_scopes) s
  where not exists (select from app.role_permissions rp where rp.role = 'api_key' and rp.permission = s) limit 1;
  if v_odd is not null or cardinality(p_scopes) = 0 then
    perform private.refuse('GTINV', 'An API key cannot have this scope.', jsonb_build_object('field', 'scopes', 'scope', v_odd));
  elsif p_expires_at <= launch.now() then
    perform private.refuse('GTINV', 'A key must expire in the future.', jsonb_build_object('field', 'expires_at'));
  end if;
  insert into app.api_keys (workspace_id, name, prefix, hash, scopes, expires_at, created_by)
  values (p_workspace_id, trim(p_name), p_prefix, p_hash, array(select distinct unnest(p_scopes) order by 1), p_expires_at, (select auth.uid()))
  returning id into v_id;
  perform private.write_audit(p_workspace_id, 'api_key.created', 'api_key', v_id::text, 'high', null,
    jsonb_build_object('name', p_name, 'prefix', p_prefix, 'scopes', p_scopes, 'expires_at', p_expires_at));
  return v_id;
end
$$;

-- Replaces a key by a new one of the same name, scopes and expiry; the old one works for p_overlap_seconds more.
create function app.rotate_api_key(p_workspace_id uuid, p_id uuid, p_prefix text, p_hash bytea, p_overlap_seconds int)
  returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare v_old app.api_keys; v_id uuid;
begin
  perform private.require_permission(p_workspace_id, 'keys.manage');
  select * into v_old from app.api_keys k where k.workspace_id = p_workspace_id and k.id = p_id for update;
  if v_old.id is null or v_old.revoked_at is not null or v_old.expires_at <= launch.now() then
    perform private.refuse('GTNIL', 'There is no such key in force.');
  elsif p_overlap_seconds not between 0 and 2592000 then
    perform private.refuse('GTINV', 'The overlap is between nothing and 30 days.', jsonb_build_object('field', 'overlap'));
  end if;
  insert into app.api_keys (workspace_id, name, prefix, hash, scopes, expires_at, created_by, rotated_from)
  values (p_workspace_id, v_old.name, p_prefix, p_hash, v_old.scopes, v_old.expires_at, (select auth.uid()), p_id)
  returning id into v_id;
  update app.api_keys k set expires_at = least(k.expires_at, launch.now() + make_interval(secs => p_overlap_seconds)) where k.id = p_id;
  perform private.write_audit(p_workspace_id, 'api_key.rotated', 'api_key', p_id::text, 'high', null,
    jsonb_build_object('name', v_old.name, 'replaced_by', v_id, 'overlap_seconds', p_overlap_seconds));
  return v_id;
end
$$;

-- Revokes a key: the next request with it is refused. Revoking twice changes nothing.
create function app.revoke_api_key(p_workspace_id uuid, p_id uuid, p_reason text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_name text;
begin
  perform private.require_permission(p_workspace_id, 'keys.manage');
  if not exists (select from app.api_keys k where k.workspace_id = p_workspace_id and k.id = p_id) then
    perform private.refuse('GTNIL', 'There is no such key.');
  end if;
  update app.api_keys k set revoked_at = launch.now()
  where k.workspace_id = p_workspace_id and k.id = p_id and k.revoked_at is null returning k.name into v_name;
  if found then
    perform private.write_audit(p_workspace_id, 'api_key.revoked', 'api_key', p_id::text, 'high', p_reason,
      jsonb_build_object('name', v_name));
  end if;
end
$$;

grant execute on function app.create_api_key(uuid, text, text, bytea, text[], timestamptz),
  app.rotate_api_key(uuid, uuid, text, bytea, int), app.revoke_api_key(uuid, uuid, text) to authenticated;
