-- Jobs say whether they give way to load: from which throttle level on, and for how long at most.

drop function launch.read_jobs(uuid);

-- Every job of the engine with its newest run, for the workspace's readers. Raises GTROL, GTNIL.
create function launch.read_jobs(p_workspace_id uuid) returns table (
  name text, description text, every_seconds int, flag text, enabled boolean, is_function boolean, waits_from int, waits_seconds int,
  late_since timestamptz, due_at timestamptz, started_at timestamptz, ended_at timestamptz, state text, error text, lag_ms int, took_ms int,
  result text, report jsonb
)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'jobs.read');
  return query select j.name, j.description, extract(epoch from j.every)::int, j.flag, j.flag is null or private.flag(p_workspace_id, j.flag),
      j.is_function, j.waits_from::int, extract(epoch from j.waits_at_most)::int,
      l.late_since, h.due_at, h.started_at, h.ended_at, h.state, h.error, h.lag_ms, h.took_ms, h.result, h.report
    from launch.jobs j
    left join lateral (select * from private.job_history(p_workspace_id, j.name, 1) limit 1) h on true
    left join private.late_jobs(launch.now(), coalesce((select t.up_since from private.job_ticks t), launch.now())) l on l.job = j.name
    order by j.is_function desc, j.every, j.name;
end
$$;

grant execute on function launch.read_jobs(uuid) to authenticated;
