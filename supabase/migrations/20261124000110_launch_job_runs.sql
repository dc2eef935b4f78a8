-- Jobs and their runs. pg_cron calls launch.start_due_jobs each minute; it starts, through pg_net, the Edge Function of every job
-- whose time has come. A function claims its run, evaluates workspace after workspace with one SQL function each, and finishes.
--
-- A run belongs to a slot: the time, on the job's grid, at which it was due. The slot can be claimed once, so of two starters one
-- runs. After an outage only the newest slot is run; covers_from says since when nothing ran, so one run catches up for all. A
-- run whose function died is claimed again when its lease has ended. A person may ask for a run of their workspace by hand.
-- A workspace whose flag is off is skipped, and its result says so. A job that is not critical waits, for a while at most, as long as
-- the throttle level of any workspace is at waits_from or above: all of them share the database that the load is on.

create table launch.jobs (
  name text primary key,
  description text not null,
  every interval not null,
  flag text references app.flag_definitions (key),
  late_after interval not null,
  is_function boolean not null default true,
  waits_from smallint,
  waits_at_most interval,
  constraint name_is_kebab_case check (name ~ '^[a-z][a-z-]*[a-z]$'),
  constraint grid_is_positive check (every > interval '0' and late_after > interval '0'),
  constraint waiting_has_an_end check ((waits_from is null) = (waits_at_most is null) and waits_at_most < late_after)
);
create index jobs_flag_idx on launch.jobs (flag);

-- Scheduled runs have no workspace; by hand, a run is for one. outcome is null while it runs.
create table launch.job_runs (
  id uuid not null default private.uuid_v7(),
  job text not null references launch.jobs (name),
  due_at timestamptz not null,
  covers_from timestamptz,
  workspace_id uuid references app.workspaces (id) on delete cascade,
  requested_by uuid references app.profiles (id) on delete set null,
  attempts int not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  outcome text,
  error text,
  primary key (job, due_at),
  constraint outcome_is_known check (outcome in ('succeeded', 'failed')),
  constraint ended_run_has_outcome check ((ended_at is null) = (outcome is null)),
  constraint failed_run_says_why check ((outcome = 'failed') = (error is not null)),
  constraint requested_run_has_workspace check (requested_by is null or workspace_id is not null)
) partition by range (due_at);
create index job_runs_id_idx on launch.job_runs (id);
create index job_runs_workspace_id_idx on launch.job_runs (workspace_id);
create index job_runs_requested_by_idx on launch.job_runs (requested_by);
create index job_runs_succeeded_idx on launch.job_runs (job, due_at desc) where outcome = 'succeeded';

-- What a run came to in one workspace: done, skipped (its flag is off) or failed. report is the evaluator's own words.
create table launch.job_results (
  job text not null references launch.jobs (name),
  due_at timestamptz not null,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  outcome text not null,
  took_ms int not null,
  report jsonb not null default '{}',
  primary key (workspace_id, job, due_at),
  constraint outcome_is_known check (outcome in ('done', 'skipped', 'failed'))
) partition by range (due_at);
create index job_results_job_idx on launch.job_results (job);

insert into private.partition_plans (parent, width, keep, unique_columns) values
  ('launch.job_runs', '1 day', '30 days', null),
  ('launch.job_results', '1 day', '30 days', null);

-- Since when the scheduler has been up without a gap: one row.
create table private.job_ticks (
  is_only boolean primary key default true,
  last_at timestamptz not null,
  up_since timestamptz not null,
  constraint one_row check (is_only)
);
alter table private.job_ticks enable row level security;

-- The grid's newest slot at or before a time.
create function private.job_slot(p_every interval, p_now timestamptz) returns timestamptz
  language sql immutable set search_path = '' as $$ select date_bin(p_every, p_now, timestamptz '2020-01-01 00:00Z') $$;

-- Claims the run of a job that is due, or the one that was asked for by hand. No row: somebody else has it, or has done it. A claim
-- holds for 5 minutes. Definer: the service reads no tables.
create function launch.claim_job_run(p_job text, p_run_id uuid default null)
  returns table (run_id uuid, due_at timestamptz, covers_from timestamptz, workspace_id uuid)
  language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare v_job launch.jobs; v_due timestamptz;
begin
  if p_run_id is not null then
    return query update launch.job_runs r set started_at = launch.now(), attempts = r.attempts + 1
      where r.id = p_run_id and r.job = p_job and r.ended_at is null and coalesce(r.started_at <= launch.now() - interval '5 minutes', true)
      returning r.id, r.due_at, r.covers_from, r.workspace_id;
    return;
  end if;
  select * into v_job from launch.jobs j where j.name = p_job;
  v_due := private.job_slot(v_job.every, launch.now());
  return query insert into launch.job_runs as r (job, due_at, covers_from, started_at, attempts)
    select p_job, v_due, (select max(d.due_at) from launch.job_runs d
      where d.job = p_job and d.outcome = 'succeeded' and d.workspace_id is null and d.due_at > v_due - interval '7 days'), launch.now(), 1
    where v_due is not null
    on conflict on constraint job_runs_pkey do update set started_at = launch.now(), attempts = r.attempts + 1
      where r.ended_at is null and r.started_at <= launch.now() - interval '5 minutes'
    returning r.id, r.due_at, r.covers_from, r.workspace_id;
end
$$;

-- The workspaces a run is for, and whether the job's flag is on in each.
create function launch.list_job_workspaces(p_job text, p_workspace_id uuid default null) returns table (workspace_id uuid, enabled boolean)
  language sql stable security definer set search_path = '' as $$
  select w.id, j.flag is null or private.flag(w.id, j.flag)
  from launch.jobs j cross join app.workspaces w
  where j.name = p_job and (p_workspace_id is null or w.id = p_workspace_id) order by w.id
$$;

-- Ends a claimed run with what it came to in each workspace. With p_error, or when a workspace failed, the run has failed.
-- A run that was ended already stays as it is.
create function launch.finish_job_run(
  p_run_id uuid, p_workspaces uuid[], p_outcomes text[], p_took_ms int[], p_reports text[], p_error text default null
) returns boolean
  language plpgsql volatile security definer set search_path = '' as $$
declare v_run launch.job_runs; v_error text := left(coalesce(p_error,
  case when 'failed' = any (p_outcomes) then format('%s of %s workspaces failed', cardinality(array_positions(p_outcomes, 'failed')), cardinality(p_outcomes)) end), 500);
begin
  update launch.job_runs r set ended_at = launch.now(), outcome = case when v_error is null then 'succeeded' else 'failed' end, error = v_error
  where r.id = p_run_id and r.ended_at is null returning * into v_run;
  if v_run.id is null then
    return false;
  end if;
  insert into launch.job_results (job, due_at, workspace_id, outcome, took_ms, report)
  select v_run.job, v_run.due_at, x.workspace_id, x.outcome, x.took_ms, x.report::jsonb
  from unnest(p_workspaces, p_outcomes, p_took_ms, p_reports) as x (workspace_id, outcome, took_ms, report)
  join app.workspaces w on w.id = x.workspace_id
  on conflict on constraint job_results_pkey do update
    set outcome = excluded.outcome, took_ms = excluded.took_ms, report = excluded.report;
  return true;
end
$$;

-- Asks for a run of one job in one workspace, now. The function is started with the id of the run. Raises GTNIL for a job that
-- does not exist, GTTRN when one asked for by hand is still under way. A run's time is its name: the first microsecond after now that no
-- other workspace's run has. Lock order: the workspace, so that of two who ask at once the second is told; then the audit head.
create function launch.request_job_run(p_workspace_id uuid, p_job text) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare v_id uuid; v_due_at timestamptz := launch.now();
begin
  perform private.require_permission(p_workspace_id, 'jobs.run');
  perform from app.workspaces w where w.id = p_workspace_id for no key update;
  if not exists (select from launch.jobs j where j.name = p_job and j.is_function) then
    perform private.refuse('GTNIL', 'There is no such job.');
  elsif exists (select from launch.job_runs r where r.job = p_job and r.workspace_id = p_workspace_id and r.ended_at is null
      and r.due_at > launch.now() - interval '5 minutes') then
    perform private.refuse('GTTRN', 'A run of this job is under way.', jsonb_build_object('job', p_job));
  end if;
  while v_id is null loop
    v_due_at := v_due_at + interval '1 microsecond';
    insert into launch.job_runs (job, due_at, workspace_id, requested_by)
    values (p_job, v_due_at, p_workspace_id, (select auth.uid())) on conflict (job, due_at) do nothing returning id into v_id;
  end loop;
  perform private.start_function(p_job, jsonb_build_object('run_id', v_id));
  perform private.write_audit(p_workspace_id, 'job.requested', 'job', p_job, 'notice', null, jsonb_build_object('run_id', v_id));
  return v_id;
end
$$;

alter table launch.jobs enable row level security;
alter table launch.job_runs enable row level security;
alter table launch.job_results enable row level security;
create policy jobs_select_signed_in on launch.jobs for select to authenticated using (true);
create policy job_runs_select_member on launch.job_runs for select to authenticated using (
  workspace_id = any (array(select private.workspaces_with('jobs.read')))
  or (workspace_id is null and cardinality(array(select private.workspaces_with('jobs.read'))) > 0));
create policy job_results_select_member on launch.job_results for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('jobs.read'))));
grant select on launch.jobs, launch.job_runs, launch.job_results to authenticated;
grant execute on function launch.claim_job_run(text, uuid), launch.list_job_workspaces(text, uuid),
  launch.finish_job_run(uuid, uuid[], text[], int[], text[], text) to gantry_service;
grant execute on function launch.request_job_run(uuid, text) to authenticated, gantry_service;
