-- The schedule: what is due is started each minute, and a job that misses its time raises an alert.

insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('load-gate', 'Holds measured load against its limits and sets the throttle level', '1 minute', 'launch.autoThrottle', '5 minutes', true),
  ('threat-shield', 'Looks for fraud and attacks in what was reported', '5 minutes', 'launch.fraudShield', '15 minutes', true),
  ('region-kpis', 'Rolls reported events up to KPIs per country, hour and day', '1 hour', 'launch.regionAnalytics', '90 minutes', true),
  ('region-risk', 'Scores each country and pauses one whose risk is critical', '1 hour', 'launch.regionAnalytics', '90 minutes', true),
  ('progression', 'Judges the gates between phases and moves the market sequence on', '1 hour', 'launch.marketSequencer', '90 minutes', true),
  ('outbox', 'Delivers what must reach the outside', '10 seconds', null, '5 minutes', true),
  ('expire-reservations', 'Gives back the units of reservations whose lease has ended', '10 seconds', null, '5 minutes', false),
  ('close-days', 'Closes local days that have ended', '1 minute', null, '5 minutes', false),
  ('maintain-partitions', 'Makes partitions ahead and drops those past their age', '1 hour', null, '3 hours', false);

-- What is not critical gives way to load: progression longer than the KPIs, which the automatic pause of a country stands on.
update launch.jobs set waits_from = 2, waits_at_most = case name when 'progression' then interval '45 minutes' else interval '10 minutes' end
where name in ('progression', 'region-kpis');

-- The jobs whose newest slot nobody has claimed, or whose claim ran out without an end. region-risk waits for region-kpis of its slot;
-- what is not critical waits while load is high.
create function private.due_jobs(p_now timestamptz) returns setof text
  language sql stable set search_path = '' as $$
  select j.name from launch.jobs j
  where j.is_function and j.name <> 'outbox'
    and not exists (select from launch.job_runs r where r.job = j.name and r.due_at = private.job_slot(j.every, p_now)
      and (r.ended_at is not null or r.started_at > p_now - interval '5 minutes'))
    and (j.name <> 'region-risk' or exists (select from launch.job_runs k where k.job = 'region-kpis'
      and k.due_at = private.job_slot(j.every, p_now) and k.ended_at is not null))
    and not (j.waits_from is not null and p_now < private.job_slot(j.every, p_now) + j.waits_at_most
      and exists (select from launch.throttles t where private.throttle_level(t.workspace_id, p_now) >= j.waits_from))
  order by j.name
$$;

-- Starts the functions of all jobs that are due, and looks for those that are late. Returns how many were started.
create function launch.start_due_jobs() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_name text; v_started int := 0;
begin
  for v_name in select * from private.due_jobs(launch.now()) loop
    perform private.start_function(v_name);
    v_started := v_started + 1;
  end loop;
  perform private.watch_jobs();
  return v_started;
end
$$;

-- The time for which each job last ended well: a function's slot, or when pg_cron saw a plain SQL job end.
create function private.last_good_run(p_job launch.jobs, p_now timestamptz) returns timestamptz
  language sql stable set search_path = '' as $$
  select case when p_job.is_function
    then (select max(r.due_at) from launch.job_runs r where r.job = p_job.name and r.outcome = 'succeeded' and r.due_at > p_now - interval '7 days')
    else (select max(d.end_time) from cron.job c join cron.job_run_details d on d.jobid = c.jobid
      where c.jobname = 'launch:' || p_job.name and d.status = 'succeeded') end
$$;

-- Since when a job should have ended well again: its last good run and one step, but not before the scheduler came up. The outbox
-- runs only when something is due, so its lateness is its messages'.
create function private.late_jobs(p_now timestamptz, p_up_since timestamptz) returns table (job text, late_since timestamptz)
  language sql stable set search_path = '' as $$
  select j.name, s.since from launch.jobs j
  cross join lateral (select greatest(p_up_since, j.every + private.last_good_run(j, p_now)) as since) s
  where j.name <> 'outbox' and s.since + j.late_after < p_now
$$;

-- Raises an alert in every workspace for each job that is late, and one for a gap of the scheduler itself; settles those that are over.
create function private.watch_jobs() returns void
  language plpgsql volatile set search_path = '' as $$
declare v_now timestamptz := launch.now(); v_tick private.job_ticks; v_workspace uuid; v_job record;
begin
  select * into v_tick from private.job_ticks for update;
  insert into private.job_ticks as t (last_at, up_since) values (v_now, v_now)
  on conflict (is_only) do update set last_at = v_now, up_since = case when t.last_at < v_now - interval '3 minutes' then v_now else t.up_since end;
  for v_workspace in select w.id from app.workspaces w order by w.id loop
    if v_tick.last_at < v_now - interval '3 minutes' then
      perform private.raise_alert(v_workspace, 'job', 'job:scheduler', 'warning',
        format('No job ran for %s minutes', (extract(epoch from v_now - v_tick.last_at) / 60)::int), null, 'scheduler',
        jsonb_build_object('from', v_tick.last_at, 'until', v_now));
    else
      perform private.settle_alert(v_workspace, 'job:scheduler', 'Jobs run again.');
    end if;
    for v_job in
      select j.name, l.late_since from launch.jobs j
      left join private.late_jobs(v_now, coalesce((select t.up_since from private.job_ticks t), v_now)) l on l.job = j.name
      where j.name <> 'outbox' order by j.name
    loop
      if v_job.late_since is null then
        perform private.settle_alert(v_workspace, 'job:' || v_job.name, 'It ended well again.');
      else
        perform private.raise_alert(v_workspace, 'job', 'job:' || v_job.name, 'warning', format('The job %s is late', v_job.name), null,
          v_job.name, jsonb_build_object('late_since', v_job.late_since));
      end if;
    end loop;
  end loop;
end
$$;

select launch.maintain_partitions();
select cron.schedule('launch:start-due-jobs', '* * * * *', 'select launch.start_due_jobs()');
