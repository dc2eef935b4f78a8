-- Jobs as their page shows them. Functions leave their runs in launch.job_runs; plain SQL jobs are run by pg_cron itself, one at a
-- time, and leave theirs in cron.job_run_details. Here the two read alike.

-- Runs of every job or of one, newest first: what pg_cron kept, and what functions claimed or were asked for in this workspace.
-- state: requested, running, succeeded, failed. lag_ms: from when it was due to when it began; pg_cron doesn't tell. Definer: cron's tables are the owner's.
create function private.job_history(p_workspace_id uuid, p_job text, p_limit int) returns table (
  job text, due_at timestamptz, started_at timestamptz, ended_at timestamptz, state text, error text, lag_ms int, took_ms int,
  requested_by text, result text, report jsonb
)
  language sql stable set search_path = '' as $$
  (select r.job, r.due_at, r.started_at, r.ended_at,
    coalesce(r.outcome, case when r.started_at is null then 'requested' else 'running' end), r.error,
    (extract(epoch from r.started_at - r.due_at) * 1000)::int, (extract(epoch from r.ended_at - r.started_at) * 1000)::int,
    (select coalesce(p.display_name, p.email) from app.profiles p where p.id = r.requested_by), x.outcome, x.report
  from launch.job_runs r
  left join launch.job_results x on x.workspace_id = p_workspace_id and x.job = r.job and x.due_at = r.due_at
  where r.job = p_job and (r.workspace_id is null or r.workspace_id = p_workspace_id) and r.due_at > launch.now() - interval '30 days'
  order by r.due_at desc limit p_limit)
  union all
  (select p_job, d.start_time, d.start_time, d.end_time, case d.status when 'succeeded' then 'succeeded' when 'failed' then 'failed' else 'running' end,
    case when d.status = 'failed' then left(d.return_message, 500) end, null::int, (extract(epoch from d.end_time - d.start_time) * 1000)::int,
    null, null, null
  from cron.job c join cron.job_run_details d on d.jobid = c.jobid
  where c.jobname = 'launch:' || p_job and exists (select from launch.jobs j where j.name = p_job and not j.is_function)
  order by d.start_time desc limit p_limit)
$$;

-- The runs of one job. Raises GTROL, GTNIL.
create function launch.read_job_runs(p_workspace_id uuid, p_job text, p_limit int default 50) returns table (
  job text, due_at timestamptz, started_at timestamptz, ended_at timestamptz, state text, error text, lag_ms int, took_ms int,
  requested_by text, result text, report jsonb
)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'jobs.read');
  return query select * from private.job_history(p_workspace_id, p_job, least(p_limit, 200)) h order by h.due_at desc;
end
$$;

-- All jobs with their newest run, whether their flag is on here, and since when they are late. Raises GTROL, GTNIL.
create function launch.read_jobs(p_workspace_id uuid) returns table (
  name text, description text, every_seconds int, flag text, enabled boolean, is_function boolean, late_since timestamptz,
  due_at timestamptz, started_at timestamptz, ended_at timestamptz, state text, error text, lag_ms int, took_ms int, result text, report jsonb
)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'jobs.read');
  return query select j.name, j.description, extract(epoch from j.every)::int, j.flag, j.flag is null or private.flag(p_workspace_id, j.flag),
      j.is_function, l.late_since, h.due_at, h.started_at, h.ended_at, h.state, h.error, h.lag_ms, h.took_ms, h.result, h.report
    from launch.jobs j
    left join lateral (select * from private.job_history(p_workspace_id, j.name, 1) limit 1) h on true
    left join private.late_jobs(launch.now(), coalesce((select t.up_since from private.job_ticks t), launch.now())) l on l.job = j.name
    order by j.is_function desc, j.every, j.name;
end
$$;

grant execute on function launch.read_job_runs(uuid, text, int), launch.read_jobs(uuid) to authenticated;
