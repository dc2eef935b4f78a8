-- Switchback tests of caps: which of two caps is better for a country is tried on alternating local days, because people who are let in
-- share one cap and can't be split.
--
-- experiments      two caps of one operation, a start, a number of days, and the seed that the calendar follows from
-- experiment_days  that calendar, written when the experiment is made. Each pair of days has each cap once, in an order that the seed decides
--
-- A cap is changed just after local midnight, as a change of caps by the engine: a policy version, an audit entry. It never goes below what
-- the day has used. A day whose change came later than half an hour into it, or not at all, is left out of the result with its pair. A
-- person comes first: another change of that cap, a pause, a move of phase or a change of zone ends the experiment and is left as it is.
-- One experiment at a time in a country. After its last day the cap is what it was before.

create table launch.experiments (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null,
  country text not null,
  operation text not null,
  cap_a int not null,
  cap_b int not null,
  starts_on date not null,
  days int not null,
  seed text not null,
  metric text not null,
  status text not null default 'scheduled',
  phase text,
  time_zone text,
  cap_before int,
  cap_now int,
  policy_version int,
  outcome text,
  reason text,
  created_by uuid references app.profiles (id) on delete set null,
  created_at timestamptz not null default launch.now(),
  ended_at timestamptz,
  foreign key (workspace_id, country) references launch.countries (workspace_id, code) on delete cascade,
  constraint operation_is_known check (operation in ('user', 'payment', 'creator')),
  constraint caps_differ check (cap_a <> cap_b and cap_a between 0 and 100000000 and cap_b between 0 and 100000000),
  constraint days_come_in_pairs check (days between 2 and 120 and days % 2 = 0),
  constraint seed_has_length check (length(seed) between 8 and 64),
  constraint metric_is_known check (metric in ('registrations', 'revenue_per_registration', 'verification_rate', 'safety_per_1000', 'refusals')),
  constraint status_is_known check (status in ('scheduled', 'running', 'ended')),
  constraint outcome_is_known check (outcome in ('completed', 'yielded', 'stopped')),
  constraint ended_experiment_says_how check ((status = 'ended') = (outcome is not null and ended_at is not null and reason is not null)),
  constraint running_experiment_knows_its_ground check (status <> 'running' or (phase is not null and time_zone is not null
    and cap_before is not null and cap_now is not null and policy_version is not null))
);
create unique index experiments_one_at_a_time_idx on launch.experiments (workspace_id, country) where status <> 'ended';
create index experiments_country_idx on launch.experiments (workspace_id, country, id desc);
create index experiments_created_by_idx on launch.experiments (created_by);

create table launch.experiment_days (
  experiment_id uuid not null references launch.experiments (id) on delete cascade,
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  day_on date not null,
  pair int not null,
  arm text not null,
  applied_at timestamptz,
  left_out text,
  primary key (experiment_id, day_on),
  constraint arm_is_known check (arm in ('A', 'B')),
  constraint left_out_is_known check (left_out in ('late', 'used_more', 'ended'))
);
create index experiment_days_workspace_id_idx on launch.experiment_days (workspace_id);

-- Whether the first day of a pair (from 0) has cap A: the lowest bit of the first byte of SHA-256 of "seed:pair". Anyone can compute it again.
create function private.pair_begins_with_a(p_seed text, p_pair int) returns boolean
  language sql immutable set search_path = '' as $$
  select get_byte(sha256(convert_to(p_seed || ':' || p_pair, 'UTF8')), 0) & 1 = 0
$$;

-- The cap of a local day to come: that of its arm, after an experiment's last day the one before it, otherwise what it is now.
create or replace function private.planned_cap(p_workspace_id uuid, p_country text, p_operation text, p_day date, p_cap int) returns int
  language sql stable set search_path = '' as $$
  select coalesce((
    select case d.arm when 'A' then e.cap_a when 'B' then e.cap_b else case when p_day >= e.starts_on then e.cap_before end end
    from launch.experiments e left join launch.experiment_days d on d.experiment_id = e.id and d.day_on = p_day
    where e.workspace_id = p_workspace_id and e.country = p_country and e.operation = p_operation and e.status <> 'ended'), p_cap)
$$;

-- Makes an experiment and its calendar. It begins at a local midnight to come. Raises GTNIL, GTTRN for a country that is not open, GTDUP
-- when one is under way there, GTINV.
create function launch.create_experiment(
  p_workspace_id uuid, p_country text, p_operation text, p_cap_a int, p_cap_b int, p_starts_on date, p_days int, p_seed text, p_metric text
) returns launch.experiments
  language plpgsql volatile security definer set search_path = '' as $$
declare v_country launch.countries; v_made launch.experiments;
begin
  perform private.require_permission(p_workspace_id, 'experiments.manage');
  select * into v_country from launch.countries n where n.workspace_id = p_workspace_id and n.code = p_country for share;
  if v_country.code is null then
    perform private.refuse('GTNIL', 'This country is not listed.', jsonb_build_object('country', p_country));
  elsif v_country.phase in ('not_launched', 'pause') then
    perform private.refuse('GTTRN', 'Caps can be tried where a country is open.', jsonb_build_object('field', 'country', 'phase', v_country.phase));
  elsif p_cap_a = p_cap_b then
    perform private.refuse('GTINV', 'The two caps are the same.', jsonb_build_object('field', 'cap_b'));
  elsif p_starts_on <= private.local_date(v_country.time_zone, launch.now()) or p_starts_on > private.local_date(v_country.time_zone, launch.now()) + 366 then
    perform private.refuse('GTINV', 'It can begin tomorrow, local time, or within a year.', jsonb_build_object('field', 'starts_on'));
  end if;
  insert into launch.experiments (workspace_id, country, operation, cap_a, cap_b, starts_on, days, seed, metric, created_by)
  values (p_workspace_id, p_country, p_operation, p_cap_a, p_cap_b, p_starts_on, p_days, p_seed, p_metric, (select auth.uid()))
  on conflict (workspace_id, country) where status <> 'ended' do nothing returning * into v_made;
  if v_made.id is null then
    perform private.refuse('GTDUP', 'An experiment is under way in this country.', jsonb_build_object('field', 'country'));
  end if;
  insert into launch.experiment_days (experiment_id, workspace_id, day_on, pair, arm)
  select v_made.id, p_workspace_id, p_starts_on + n, n / 2,
    case when private.pair_begins_with_a(p_seed, n / 2) = (n % 2 = 0) then 'A' else 'B' end
  from generate_series(0, p_days - 1) n;
  perform private.write_audit(p_workspace_id, 'experiment.created', 'experiment', v_made.id::text, 'notice', null, jsonb_build_object(
    'country', p_country, 'operation', p_operation, 'cap_a', p_cap_a, 'cap_b', p_cap_b, 'starts_on', p_starts_on, 'days', p_days,
    'seed', p_seed, 'metric', p_metric));
  return v_made;
end
$$;

-- Ends an experiment and audits why. Days that are left, today's included, are left out.
create function private.end_experiment(p_id uuid, p_outcome text, p_reason text, p_today date) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_experiment launch.experiments;
begin
  update launch.experiments e set status = 'ended', outcome = p_outcome, reason = p_reason, ended_at = launch.now()
  where e.id = p_id and e.status <> 'ended' returning * into v_experiment;
  if not found then
    return;
  end if;
  update launch.experiment_days d set left_out = 'ended' where d.experiment_id = p_id and d.day_on >= p_today;
  perform private.write_audit(v_experiment.workspace_id, 'experiment.ended', 'experiment', p_id::text, 'notice', p_reason,
    jsonb_build_object('country', v_experiment.country, 'outcome', p_outcome, 'cap', v_experiment.cap_now));
end
$$;

-- Ends an experiment at a person's word. The cap in force stays: it is theirs to change. Raises GTNIL, GTTRN when it has ended, GTRSN.
create function launch.stop_experiment(p_workspace_id uuid, p_id uuid, p_reason text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare v_experiment launch.experiments;
begin
  perform private.require_permission(p_workspace_id, 'experiments.manage');
  select * into v_experiment from launch.experiments e where e.id = p_id and e.workspace_id = p_workspace_id for update;
  if v_experiment.id is null then
    perform private.refuse('GTNIL', 'There is no such experiment.');
  elsif v_experiment.status = 'ended' then
    perform private.refuse('GTTRN', 'This experiment has ended.');
  elsif nullif(trim(p_reason), '') is null then
    perform private.refuse('GTRSN', 'Ending an experiment needs a reason.', jsonb_build_object('field', 'reason'));
  end if;
  perform private.end_experiment(p_id, 'stopped', trim(p_reason),
    private.local_date(private.country_zone(p_workspace_id, v_experiment.country), launch.now()));
end
$$;

alter table launch.experiments enable row level security;
alter table launch.experiment_days enable row level security;
create policy experiments_select_member on launch.experiments for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('experiments.read'))));
create policy experiment_days_select_member on launch.experiment_days for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('experiments.read'))));
grant select on launch.experiments, launch.experiment_days to authenticated;
grant execute on function launch.create_experiment(uuid, text, text, int, int, date, int, text, text),
  launch.stop_experiment(uuid, uuid, text) to authenticated;
