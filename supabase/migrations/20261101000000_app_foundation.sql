-- The ground everything stands on: four schemas, one service role, and privileges that start closed.
--
-- app      tenancy: workspaces, members, API keys, audit, flags, outbox
-- launch   the launch engine: countries, caps, cap checks
-- private  what only definer functions and policies may call; never exposed over the Data API
-- Nothing is executable or readable unless a migration grants it by name.
-- Error codes raised by our functions are SQLSTATEs of class GT, registered in docs/error-codes.md.

create schema if not exists app;
create schema if not exists launch;
create schema if not exists private;

revoke all on schema app, launch, private from public;
grant usage on schema app, launch to authenticated;
grant usage on schema private to authenticated;

-- Without "in schema": a default privilege of one schema cannot take back the global grant to PUBLIC.
alter default privileges revoke execute on functions from public;

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'gantry_service') then
    create role gantry_service login noinherit nocreatedb nocreaterole nobypassrls;
  end if;
end
$$;

grant usage on schema app, launch to gantry_service;
-- The service may become the signed-in person for one transaction, never inherit their rights by default.
grant authenticated to gantry_service with inherit false, set true;

-- Now, for every rule that depends on time. Tests replace this body in their template database.
create function launch.now() returns timestamptz
  language plpgsql stable set search_path = '' as $$ begin return pg_catalog.now(); end $$;

grant execute on function launch.now() to authenticated, gantry_service;

-- A time-ordered id (RFC 9562, version 7): 48 bits of milliseconds, the rest random.
create function private.uuid_v7() returns uuid
  language sql volatile set search_path = '' as $$
  select encode(
    set_byte(bytes, 6, (get_byte(bytes, 6) & 15) | 112), 'hex')::uuid
  from (
    select overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      from 1 for 6) as bytes
  ) as drawn
$$;

-- Raises a registered error. p_detail travels to the caller as JSON and must hold nothing internal.
create function private.refuse(p_code text, p_message text, p_detail jsonb default null) returns void
  language plpgsql stable set search_path = '' as $$
begin
  raise exception using errcode = p_code, message = p_message, detail = coalesce(p_detail::text, '');
end
$$;

-- Tells listeners that something of a workspace changed. Sent at commit; never from the cap check's transaction,
-- because a notifying commit takes a lock on the whole server.
create function private.announce(p_workspace_id uuid, p_topic text, p_subject text) returns void
  language sql volatile set search_path = '' as $$
  select pg_notify('gantry', json_build_object(
    'workspace_id', p_workspace_id, 'topic', p_topic, 'subject', p_subject)::text)
$$;
