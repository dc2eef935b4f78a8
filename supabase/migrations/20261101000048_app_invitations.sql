-- Invitations by e-mail. The link's token is derived from the id with the server's secret and only its hash is stored.

create table app.invitations (
  id uuid primary key,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  email text not null,
  role text not null references app.roles (name),
  token_hash bytea not null unique,
  invited_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  constraint email_is_lower_case check (email = lower(email) and email like '%_@_%'),
  constraint person_is_no_api_key check (role <> 'api_key'),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32),
  constraint outcome_is_one check (accepted_at is null or revoked_at is null)
);
create index invitations_workspace_id_idx on app.invitations (workspace_id, created_at desc);
create index invitations_role_idx on app.invitations (role);
create index invitations_invited_by_idx on app.invitations (invited_by);
create unique index invitations_one_open_per_email on app.invitations (workspace_id, email)
  where accepted_at is null and revoked_at is null;

-- Invites a person for 7 days and queues the e-mail. An open invitation to the same address is replaced. Locks the workspace row,
-- so that of two invitations sent at once the second replaces the first.
create function app.invite_member(p_workspace_id uuid, p_id uuid, p_email text, p_role text, p_token_hash bytea)
  returns app.invitations
  language plpgsql volatile security definer set search_path = '' as $$
declare v_invitation app.invitations; v_email text := lower(trim(p_email));
begin
  perform private.require_permission(p_workspace_id, 'members.manage');
  if p_role = 'owner' then
    perform private.require_permission(p_workspace_id, 'owners.manage');
  elsif p_role = 'api_key' or not exists (select from app.roles r where r.name = p_role) then
    perform private.refuse('GTINV', 'There is no such role.', jsonb_build_object('field', 'role'));
  end if;
  perform from app.workspaces w where w.id = p_workspace_id for update;
  if exists (select from app.members m join app.profiles p on p.id = m.user_id
      where m.workspace_id = p_workspace_id and lower(p.email) = v_email) then
    perform private.refuse('GTDUP', 'This person is a member already.', jsonb_build_object('field', 'email'));
  end if;
  update app.invitations i set revoked_at = launch.now()
  where i.workspace_id = p_workspace_id and i.email = v_email and i.accepted_at is null and i.revoked_at is null;
  insert into app.invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
  values (p_id, p_workspace_id, v_email, p_role, p_token_hash, (select auth.uid()), launch.now() + interval '7 days')
  returning * into v_invitation;
  insert into app.outbox (workspace_id, topic, payload)
  select p_workspace_id, 'email.invitation', jsonb_build_object(
    'invitation_id', p_id, 'email', v_email, 'role', p_role, 'workspace', w.name,
    'invited_by', (select coalesce(p.display_name, p.email) from app.profiles p where p.id = (select auth.uid())))
  from app.workspaces w where w.id = p_workspace_id;
  perform private.write_audit(p_workspace_id, 'member.invited', 'invitation', p_id::text, 'notice', null,
    jsonb_build_object('email', v_email, 'role', p_role));
  return v_invitation;
end
$$;

-- Takes back an open invitation; its link stops working at once.
create function app.revoke_invitation(p_workspace_id uuid, p_id uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_email text;
begin
  perform private.require_permission(p_workspace_id, 'members.manage');
  update app.invitations i set revoked_at = launch.now()
  where i.workspace_id = p_workspace_id and i.id = p_id and i.accepted_at is null and i.revoked_at is null
  returning i.email into v_email;
  if v_email is null then
    perform private.refuse('GTNIL', 'There is no open invitation like this.');
  end if;
  perform private.write_audit(p_workspace_id, 'invitation.revoked', 'invitation', p_id::text, 'notice', null,
    jsonb_build_object('email', v_email));
end
$$;

-- What a link's holder may know before signing in. state is open, accepted, revoked or expired; no row for a wrong link.
create function app.peek_invitation(p_token_hash bytea)
  returns table (workspace text, email text, role text, state text)
  language sql stable security definer set search_path = '' as $$
  select w.name, i.email, i.role,
    case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
      when i.expires_at <= launch.now() then 'expired' else 'open' end
  from app.invitations i join app.workspaces w on w.id = i.workspace_id
  where i.token_hash = p_token_hash
$$;

-- Makes the signed-in person a member. The conditional update is the verdict, so a link works once.
-- GTNIL: not open any more. GTROL: the invitation is for another address.
create function app.accept_invitation(p_token_hash bytea) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare v_invitation app.invitations; v_person app.profiles;
begin
  select * into v_person from app.profiles p where p.id = (select auth.uid());
  if v_person.id is null then
    perform private.refuse('GTKEY', 'Sign in first.');
  end if;
  update app.invitations i set accepted_at = launch.now()
  where i.token_hash = p_token_hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > launch.now()
  returning * into v_invitation;
  if v_invitation.id is null then
    perform private.refuse('GTNIL', 'This invitation is not open any more.');
  elsif v_invitation.email <> lower(v_person.email) then
    perform private.refuse('GTROL', 'This invitation is for another e-mail address.');
  end if;
  insert into app.members (workspace_id, user_id, role) values (v_invitation.workspace_id, v_person.id, v_invitation.role)
  on conflict do nothing;
  perform private.write_audit(v_invitation.workspace_id, 'member.joined', 'member', v_person.id::text, 'high', null,
    jsonb_build_object('email', v_person.email, 'role', v_invitation.role));
  return (select w.slug from app.workspaces w where w.id = v_invitation.workspace_id);
end
$$;

alter table app.invitations enable row level security;
create policy invitations_select_manager on app.invitations for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('members.manage'))));
grant select (id, workspace_id, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at)
  on app.invitations to authenticated;
grant execute on function app.invite_member(uuid, uuid, text, text, bytea), app.revoke_invitation(uuid, uuid),
  app.accept_invitation(bytea) to authenticated;
grant execute on function app.peek_invitation(bytea) to gantry_service;
