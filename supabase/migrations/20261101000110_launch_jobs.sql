-- Plain SQL jobs, and the call that starts a function. On hosted Supabase pg_cron runs them; the local stack has the same
-- cron.schedule.

do $$
begin
  if exists (select from pg_catalog.pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron;
  end if;
  if exists (select from pg_catalog.pg_available_extensions where name = 'pg_net') then
    create extension if not exists pg_net;
  end if;
end
$$;

-- Closes the local days that have ended, so that history and charts need no traffic to move on. Locks counters by id.
create function launch.close_days() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_ids bigint[];
begin
  select array_agg(l.id) into v_ids from (
    select c.id from launch.counters c where c.day_ends_at <= launch.now() order by c.id for update) l;
  perform private.roll_counters(v_ids, launch.now());
  return coalesce(cardinality(v_ids), 0);
end
$$;

-- Starts an Edge Function by name. Its address and its secret, which can start that one job only, are in Vault:
-- functions_url and job_secret_<name>. Without them the call is skipped.
create function private.start_function(p_name text, p_body jsonb default '{}') returns bigint
  language sql volatile security definer set search_path = '' as $$
  select net.http_post(
    url := u.decrypted_secret || '/' || p_name,
    body := p_body || jsonb_build_object('started_at', launch.now()),
    headers := jsonb_build_object('content-type', 'application/json', 'x-gantry-job-secret', s.decrypted_secret),
    timeout_milliseconds := 10000)
  from vault.decrypted_secrets u, vault.decrypted_secrets s
  where u.name = 'functions_url' and s.name = 'job_secret_' || p_name
$$;

select cron.schedule('launch:expire-reservations', '10 seconds', 'select launch.expire_reservations()');
select cron.schedule('launch:close-days', '* * * * *', 'select launch.close_days()');
select cron.schedule('launch:maintain-partitions', '17 * * * *', 'select launch.maintain_partitions()');
-- What the readiness probe needs: newest migration, days of partitions ahead, and the age of each job's last good run in seconds.
create function app.read_readiness()
  returns table (migration text, partition_days int, jobs jsonb)
  language sql stable security definer set search_path = '' as $$
  select
    (select max(m.version) from supabase_migrations.schema_migrations m),
    (select count(*)::int from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'launch.receipts_granted'::regclass and to_date(right(c.relname, 8), 'YYYYMMDD') >= (launch.now() at time zone 'UTC')::date),
    (select coalesce(jsonb_object_agg(j.jobname, (
        select extract(epoch from launch.now() - max(d.end_time))::int from cron.job_run_details d
        where d.jobid = j.jobid and d.status = 'succeeded')), '{}')
      from cron.job j where j.active)
$$;

grant execute on function app.read_readiness() to gantry_service;
