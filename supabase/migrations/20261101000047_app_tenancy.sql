-- Making and changing workspaces, members and API keys: one function each, audited in the same transaction.

-- Makes a workspace owned by the signed-in person, with its flags at their defaults.
-- Raises GTDUP when the slug is taken, GTKEY when nobody is signed in.
create function app.create_workspace(p_name text, p_slug text, p_environment text) returns app.workspaces
  language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace app.workspaces; v_person uuid := (select auth.uid());
begin
  if v_person is null then
    perform private.refuse('GTKEY', 'Sign in first.');
  end if;
  insert into app.workspaces (name, slug, environment) values (trim(p_name), p_slug, p_environment)
  on conflict (slug) do nothing returning * into v_workspace;
  if v_workspace.id is null then
    perform private.refuse('GTDUP', 'This address is taken.', jsonb_build_object('field', 'slug'));
  end if;
  insert into app.members (workspace_id, user_id, role) values (v_workspace.id, v_person, 'owner');
  insert into app.audit_heads (workspace_id) values (v_workspace.id);
  insert into app.flags (workspace_id, key, enabled)
  select v_workspace.id, d.key, case when p_environment = 'development' then d.on_in_development else d.on_by_default end
  from app.flag_definitions d;
  perform private.write_audit(v_workspace.id, 'workspace.created', 'workspace', v_workspace.id::text, 'notice', null,
    jsonb_build_object('name', v_workspace.name, 'slug', p_slug, 'environment', p_environment));
  return v_workspace;
end
$$;

-- Renames a workspace and sets what happens to countries nobody has listed.
create function app.change_workspace(p_workspace_id uuid, p_name text, p_allows_unlisted_countries boolean, p_reason text)
  returns app.workspaces
  language plpgsql volatile security definer set search_path = '' as $$
declare v_workspace app.workspaces;
begin
  perform private.require_permission(p_workspace_id, 'workspace.manage');
  update app.workspaces w set name = trim(p_name), allows_unlisted_countries = p_allows_unlisted_countries
  where w.id = p_workspace_id returning * into v_workspace;
  perform private.write_audit(p_workspace_id, 'workspace.changed', 'workspace', p_workspace_id::text, 'notice', p_reason,
    jsonb_build_object('name', v_workspace.name, 'allows_unlisted_countries', p_allows_unlisted_countries));
  return v_workspace;
end
$$;

-- Locks the workspace's membership and refuses (GTOWN) unless an owner would remain without this person.
create function private.require_other_owner(p_workspace_id uuid, p_user_id uuid) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  if not exists (select from app.members m
      where m.workspace_id = p_workspace_id and m.role = 'owner' and m.user_id <> p_user_id) then
    perform private.refuse('GTOWN', 'A workspace keeps at least one owner.');
  end if;
end
$$;

-- Gives a member another role. Only owners make or unmake owners. Locks the workspace row, so that two owners
-- cannot step down at once.
create function app.change_member_role(p_workspace_id uuid, p_user_id uuid, p_role text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was text;
begin
  perform private.require_permission(p_workspace_id, 'members.manage');
  perform from app.workspaces w where w.id = p_workspace_id for update;
  select m.role into v_was from app.members m where m.workspace_id = p_workspace_id and m.user_id = p_user_id;
  if v_was is null then
    perform private.refuse('GTNIL', 'There is no such member.');
  elsif p_role = 'api_key' or not exists (select from app.roles r where r.name = p_role) then
    perform private.refuse('GTINV', 'There is no such role.', jsonb_build_object('field', 'role'));
  elsif 'owner' in (v_was, p_role) then
    perform private.require_permission(p_workspace_id, 'owners.manage');
  end if;
  if v_was = 'owner' and p_role <> 'owner' then
    perform private.require_other_owner(p_workspace_id, p_user_id);
  end if;
  update app.members m set role = p_role where m.workspace_id = p_workspace_id and m.user_id = p_user_id;
  perform private.write_audit(p_workspace_id, 'member.role_changed', 'member', p_user_id::text, 'high', null,
    jsonb_build_object('role', p_role, 'was', v_was));
end
$$;

-- Removes a member, or lets the signed-in person leave. Locks the workspace row.
create function app.remove_member(p_workspace_id uuid, p_user_id uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was text; v_email text;
begin
  if p_user_id is distinct from (select auth.uid()) then
    perform private.require_permission(p_workspace_id, 'members.manage');
  else
    perform private.require_permission(p_workspace_id, 'workspace.read');
  end if;
  perform from app.workspaces w where w.id = p_workspace_id for update;
  select m.role, p.email into v_was, v_email
  from app.members m join app.profiles p on p.id = m.user_id
  where m.workspace_id = p_workspace_id and m.user_id = p_user_id;
  if v_was is null then
    perform private.refuse('GTNIL', 'There is no such member.');
  elsif v_was = 'owner' then
    perform private.require_permission(p_workspace_id, 'owners.manage');
    perform private.require_other_owner(p_workspace_id, p_user_id);
  end if;
  perform private.write_audit(p_workspace_id, 'member.removed', 'member', p_user_id::text, 'high', null,
    jsonb_build_object('role', v_was, 'email', v_email));
  delete from app.members m where m.workspace_id = p_workspace_id and m.user_id = p_user_id;
end
$$;

grant execute on function app.create_workspace(text, text, text), app.change_workspace(uuid, text, boolean, text),
  app.change_member_role(uuid, uuid, text), app.remove_member(uuid, uuid) to authenticated;
