-- The roles, schemas and privileges a hosted Supabase project begins with. Can be run again at any time.

do $roles$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role', 'authenticator', 'supabase_auth_admin'] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I', v_role);
    end if;
  end loop;
end
$roles$;

alter role anon nologin inherit;
alter role authenticated nologin inherit;
alter role service_role nologin inherit bypassrls;
alter role authenticator login noinherit;
alter role supabase_auth_admin login inherit;
grant anon, authenticated, service_role to authenticator;
-- The local auth server answers the Data API on this same connection: it needs to become these roles.
grant anon, authenticated, service_role to supabase_auth_admin;

alter role postgres set search_path = "$user", public, extensions;
alter role authenticator set statement_timeout = '8s';

create schema if not exists extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists citext with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gist with schema extensions;

grant usage on schema extensions, public to anon, authenticated, service_role;
revoke create on schema public from public;
-- As on a hosted project: what postgres makes in public is open to the API's roles unless it is revoked.
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;

create schema if not exists supabase_migrations;
