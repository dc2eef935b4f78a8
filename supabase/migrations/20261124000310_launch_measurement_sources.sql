-- Where measurements are pulled from: a Prometheus server and a PromQL instant query whose answer is one number. The load gate asks each
-- minute. A header it must send, such as Authorization, is kept in Vault and read by a claimed run of the job alone.

create table launch.measurement_sources (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  name text not null,
  url text not null,
  query text not null,
  header_name text,
  secret_id uuid,
  enabled boolean not null default true,
  last_at timestamptz,
  last_error text,
  updated_at timestamptz not null default launch.now(),
  updated_by uuid references app.profiles (id) on delete set null,
  primary key (workspace_id, name),
  foreign key (workspace_id, name) references launch.limits (workspace_id, name) on delete cascade,
  constraint url_is_http check (url ~ '^https?://[^/@\s?#][^@\s?#]*$' and char_length(url) <= 500),
  constraint query_is_short check (char_length(query) between 1 and 2000),
  constraint header_name_is_a_token check (header_name ~ '^[A-Za-z][A-Za-z0-9-]{0,63}$'),
  constraint header_is_whole check ((header_name is null) = (secret_id is null))
);
create index measurement_sources_updated_by_idx on launch.measurement_sources (updated_by);

-- Sets where a measurement is pulled from, and takes its limit's value from there from now on. A null header value keeps the one that is
-- set, as long as the header's name and the server's address stay the same: a secret goes to no other server than the one it was typed for.
-- GTNIL without a limit of that name. Locks the workspace's load.
create function launch.set_measurement_source(
  p_workspace_id uuid, p_name text, p_url text, p_query text, p_header_name text default null, p_header_value text default null,
  p_enabled boolean default true
) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.measurement_sources; v_secret uuid;
begin
  perform private.require_permission(p_workspace_id, 'load.manage');
  perform private.lock_load(p_workspace_id);
  update launch.limits l set source = 'prometheus', version = l.version + 1, updated_at = launch.now(), updated_by = (select auth.uid())
  where l.workspace_id = p_workspace_id and l.name = p_name;
  if not found then
    perform private.refuse('GTNIL', 'Nothing of this name is measured.');
  end if;
  select * into v_was from launch.measurement_sources s where s.workspace_id = p_workspace_id and s.name = p_name;
  if p_header_name is not null and p_header_value is null then
    if v_was.header_name is distinct from p_header_name or v_was.url <> trim(p_url) then
      perform private.refuse('GTINV', 'Type the header''s value again.', jsonb_build_object('field', 'header_value'));
    end if;
    v_secret := v_was.secret_id;
  else
    delete from vault.secrets s where s.id = v_was.secret_id;
    if p_header_name is not null then
      v_secret := vault.create_secret(p_header_value);
    end if;
  end if;
  insert into launch.measurement_sources as s (workspace_id, name, url, query, header_name, secret_id, enabled, updated_by)
  values (p_workspace_id, p_name, trim(p_url), trim(p_query), p_header_name, v_secret, p_enabled, (select auth.uid()))
  on conflict (workspace_id, name) do update set url = excluded.url, query = excluded.query, header_name = excluded.header_name,
    secret_id = excluded.secret_id, enabled = excluded.enabled, last_error = null, updated_at = launch.now(), updated_by = excluded.updated_by;
  perform private.write_audit(p_workspace_id, 'measurement_source.set', 'measurement_source', p_name, 'high', null,
    jsonb_build_object('url', trim(p_url), 'query', trim(p_query), 'header', p_header_name, 'enabled', p_enabled));
end
$$;

-- Stops pulling a measurement; its limit waits for reported values again. Locks the workspace's load.
create function launch.remove_measurement_source(p_workspace_id uuid, p_name text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_was launch.measurement_sources;
begin
  perform private.require_permission(p_workspace_id, 'load.manage');
  perform private.lock_load(p_workspace_id);
  delete from launch.measurement_sources s where s.workspace_id = p_workspace_id and s.name = p_name returning * into v_was;
  if v_was.name is null then
    perform private.refuse('GTNIL', 'This is not pulled from anywhere.');
  end if;
  delete from vault.secrets s where s.id = v_was.secret_id;
  update launch.limits l set source = 'reported', version = l.version + 1 where l.workspace_id = p_workspace_id and l.name = p_name;
  perform private.write_audit(p_workspace_id, 'measurement_source.removed', 'measurement_source', p_name, 'high', null,
    jsonb_build_object('url', v_was.url));
end
$$;

-- What a claimed run of the load gate must pull. Definer: it opens the secrets; without a run under way there is nothing to see.
create function launch.list_measurement_sources(p_workspace_id uuid, p_run_id uuid)
  returns table (name text, url text, query text, header_name text, header_value text)
  language sql stable security definer set search_path = '' as $$
  select s.name, s.url, s.query, s.header_name,
    (select d.decrypted_secret from vault.decrypted_secrets d where d.id = s.secret_id)
  from launch.measurement_sources s
  where s.workspace_id = p_workspace_id and s.enabled and exists (select from launch.job_runs r
    where r.id = p_run_id and r.job = 'load-gate' and r.started_at is not null and r.ended_at is null)
  order by s.name
$$;

-- Keeps what was pulled: a measurement, or why there is none.
create function private.keep_pulls(p_workspace_id uuid, p_names text[], p_values double precision[], p_problems text[], p_now timestamptz)
  returns void
  language sql volatile set search_path = '' as $$
  with pulled as (
    select s.name, u.value, left(u.problem, 300) as problem
    from unnest(p_names, p_values, p_problems) as u (name, value, problem)
    join launch.measurement_sources s on s.workspace_id = p_workspace_id and s.name = u.name
  ), kept as (
    insert into launch.measurements (workspace_id, name, measured_at, received_at, value)
    select p_workspace_id, p.name, p_now, p_now, p.value from pulled p
    where p.problem is null and p.value > '-Infinity' and p.value < 'Infinity' on conflict do nothing
  )
  update launch.measurement_sources s set last_error = p.problem, last_at = case when p.problem is null then p_now else s.last_at end
  from pulled p where s.workspace_id = p_workspace_id and s.name = p.name
$$;

alter table launch.measurement_sources enable row level security;
create policy measurement_sources_select_reader on launch.measurement_sources for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('load.read'))));
grant select (workspace_id, name, url, query, header_name, enabled, last_at, last_error, updated_at, updated_by)
  on launch.measurement_sources to authenticated;
grant execute on function launch.set_measurement_source(uuid, text, text, text, text, text, boolean),
  launch.remove_measurement_source(uuid, text) to authenticated;
grant execute on function launch.list_measurement_sources(uuid, uuid) to gantry_service;
