-- Dry runs: a policy tried on recorded traffic before it is made.
--
-- A proposal is an object with any of: countries (per code: phase, user_units, payment_units, creator_units, amount_minor, amount_currency),
-- limits (name, value, kind), scorecard, threats (rule, threshold, window_minutes, share, counts_per). phase is pause (all is refused) or open
-- (what was refused because the country was paused or not launched is decided). amount_minor −1 takes the amount cap away. What a proposal leaves
-- out stays as it was at the time. An empty one replays the policy as it was, and must find no difference.
--
-- A run is cut into steps, one country and local day each. Whoever asked steps it while they look; a job takes up what is left. place is the
-- next step. days holds what each step came to; facts what is found once, before the first step: levels, risk, threats.

create table launch.dry_runs (
  id uuid primary key default private.uuid_v7(),
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  proposal jsonb not null,
  countries text[] not null,
  days int not null,
  until_at timestamptz not null,
  status text not null default 'queued',
  place int not null default 0,
  places int not null,
  facts jsonb not null default '{}',
  results jsonb not null default '[]',
  created_by uuid references app.profiles (id) on delete set null,
  created_by_label text not null,
  created_at timestamptz not null default launch.now(),
  ended_at timestamptz,
  problem text,
  constraint status_is_known check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  constraint days_are_kept check (days between 1 and 30),
  constraint proposal_is_an_object check (jsonb_typeof(proposal) = 'object'),
  constraint place_is_within check (place between 0 and places),
  constraint ended_run_has_time check ((ended_at is not null) = (status in ('done', 'failed', 'cancelled'))),
  constraint failed_run_says_why check ((status = 'failed') = (problem is not null))
);
create index dry_runs_workspace_id_idx on launch.dry_runs (workspace_id, id desc);
create index dry_runs_created_by_idx on launch.dry_runs (created_by);
create index dry_runs_open_idx on launch.dry_runs (id) where status in ('queued', 'running');

-- Refuses (GTINV) a proposal that cannot be replayed.
create function private.require_proposal(p_workspace_id uuid, p_proposal jsonb) returns void
  language plpgsql stable set search_path = '' as $$
declare v_field text;
begin
  if p_proposal is null or jsonb_typeof(p_proposal) <> 'object' or pg_column_size(p_proposal) > 65536 then
    perform private.refuse('GTINV', 'A proposal is an object of at most 64 kB.', jsonb_build_object('field', 'proposal'));
  end if;
  select x.field into v_field from (
    select 'countries' as field where exists (select from jsonb_each(coalesce(p_proposal -> 'countries', '{}')) c
      left join jsonb_to_record(c.value) as v (phase text, user_units bigint, payment_units bigint, creator_units bigint, amount_minor bigint, amount_currency text) on true
      where not exists (select from launch.countries n where n.workspace_id = p_workspace_id and n.code = c.key)
        or v.phase not in ('pause', 'open') or v.user_units not between 0 and 100000000 or v.payment_units not between 0 and 100000000
        or v.creator_units not between 0 and 100000000 or v.amount_minor < -1
        or (coalesce(v.amount_minor, -1) >= 0) <> (v.amount_currency is not null) or v.amount_currency !~ '^[A-Z]{3}$')
    union all
    select 'limits' where exists (select from jsonb_to_recordset(coalesce(p_proposal -> 'limits', '[]')) as l (name text, value double precision, kind text)
      where not exists (select from launch.limits x where x.workspace_id = p_workspace_id and x.name = l.name)
        or not coalesce(l.value > 0 and l.value < 'Infinity', false) or coalesce(l.kind, '') not in ('static', 'adaptive'))
    union all
    select 'threats' where exists (select from jsonb_to_recordset(coalesce(p_proposal -> 'threats', '[]'))
        as t (rule text, threshold int, window_minutes int, share double precision, counts_per text)
      where not exists (select from launch.threat_rules x where x.workspace_id = p_workspace_id and x.rule = t.rule)
        or coalesce(t.threshold, 0) not between 2 and 1000000 or coalesce(t.window_minutes, 0) not between 1 and 10080
        or (t.rule = 'chargeback_burst' and not coalesce(t.share > 0 and t.share <= 1, false))
        or coalesce(t.counts_per, 'country') not in ('device', 'country', 'workspace'))
    union all
    select 'scorecard' where p_proposal ? 'scorecard' and not exists (
      select from jsonb_to_record(p_proposal -> 'scorecard') as s (minimum_active_users int, medium_from int, high_from int, critical_from int)
      where jsonb_typeof(p_proposal -> 'scorecard' -> 'rules') = 'array' and s.minimum_active_users between 0 and 100000000 and s.medium_from between 1 and s.high_from - 1 and s.high_from < s.critical_from
        and s.critical_from <= 100)
  ) x limit 1;
  if v_field is not null then
    perform private.refuse('GTINV', format('These %s cannot be replayed.', v_field), jsonb_build_object('field', v_field));
  end if;
  if p_proposal ? 'scorecard' then
    perform private.require_rules(p_proposal -> 'scorecard' -> 'rules');
  end if;
end
$$;

-- Asks for a run over the last p_days local days, today included. Countries are those that the proposal names; with limits, or with nothing
-- in it, all that are listed. At most five wait in a workspace (GTDUP), each of at most 3,000 local days (GTINV). What it reads needs its own permission: risk and threats.
-- The same asked again by the same one while its run is under way is that run. Locks the workspace.
create function launch.create_dry_run(p_workspace_id uuid, p_proposal jsonb, p_days int) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare
  v_countries text[]; v_id uuid;
  v_by text := coalesce((select k.name from app.api_keys k where k.id = private.acting_key()), (select p.email from app.profiles p where p.id = (select auth.uid())));
begin
  perform private.require_permission(p_workspace_id, 'dryruns.run');
  if coalesce(p_days, 0) not between 1 and 30 then
    perform private.refuse('GTINV', 'A dry run looks at 1 to 30 days.', jsonb_build_object('field', 'days'));
  end if;
  perform private.require_proposal(p_workspace_id, p_proposal);
  if p_proposal ? 'scorecard' then
    perform private.require_permission(p_workspace_id, 'risk.read');
  end if;
  if p_proposal ? 'threats' then
    perform private.require_permission(p_workspace_id, 'threats.read');
  end if;
  perform from app.workspaces w where w.id = p_workspace_id for no key update;
  select d.id into v_id from launch.dry_runs d where d.workspace_id = p_workspace_id and d.status in ('queued', 'running') and d.days = p_days
    and d.proposal = p_proposal and d.created_by_label = v_by order by d.id limit 1;
  if v_id is not null then
    return v_id;
  end if;
  if (select count(*) from launch.dry_runs d where d.workspace_id = p_workspace_id and d.status in ('queued', 'running')) >= 5 then
    perform private.refuse('GTDUP', 'Five dry runs are under way. Cancel one, or wait for it.', jsonb_build_object('field', 'days'));
  end if;
  v_countries := array(select n.code from launch.countries n where n.workspace_id = p_workspace_id
    and (p_proposal -> 'countries' ? n.code or p_proposal ? 'limits' or p_proposal = '{}') order by n.code);
  if cardinality(v_countries) * p_days > 3000 then
    perform private.refuse('GTINV', format('%s countries can be replayed over %s days at most.', cardinality(v_countries), 3000 / cardinality(v_countries)),
      jsonb_build_object('field', 'days'));
  end if;
  insert into launch.dry_runs (workspace_id, proposal, countries, days, until_at, places, created_by, created_by_label)
  values (p_workspace_id, p_proposal, v_countries, p_days, launch.now(), 1 + cardinality(v_countries) * p_days, (select auth.uid()), v_by)
  returning id into v_id;
  return v_id;
end
$$;

-- Ends a run that has not ended. What it found so far is kept. Raises GTNIL.
create function launch.cancel_dry_run(p_workspace_id uuid, p_id uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'dryruns.run');
  update launch.dry_runs d set status = 'cancelled', ended_at = launch.now()
  where d.id = p_id and d.workspace_id = p_workspace_id and d.status in ('queued', 'running');
  if not found and not exists (select from launch.dry_runs d where d.id = p_id and d.workspace_id = p_workspace_id) then
    perform private.refuse('GTNIL', 'There is no such dry run.');
  end if;
end
$$;

-- A page of dry runs without what they found, the newest first, and one row more when there are others.
create function launch.read_dry_runs(p_workspace_id uuid, p_cursor uuid default null, p_limit int default 50)
  returns table (id uuid, proposal jsonb, countries text[], days int, status text, place int, places int, asked_by text, created_at timestamptz, problem text)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'dryruns.read');
  return query select d.id, d.proposal, d.countries, d.days, d.status, d.place, d.places, d.created_by_label, d.created_at, d.problem
    from launch.dry_runs d where d.workspace_id = p_workspace_id and (p_cursor is null or d.id < p_cursor)
    order by d.id desc limit least(p_limit, 200) + 1;
end
$$;

-- One dry run with what it has found so far, without what its own steps hand on. Raises GTNIL.
create function launch.read_dry_run(p_workspace_id uuid, p_id uuid)
  returns table (id uuid, proposal jsonb, countries text[], days int, status text, place int, places int, asked_by text, created_at timestamptz, problem text,
    facts jsonb, results jsonb)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'dryruns.read');
  return query select d.id, d.proposal, d.countries, d.days, d.status, d.place, d.places, d.created_by_label, d.created_at, d.problem,
    d.facts - '{levels,early}'::text[], d.results
    from launch.dry_runs d where d.workspace_id = p_workspace_id and d.id = p_id;
  if not found then
    perform private.refuse('GTNIL', 'There is no such dry run.');
  end if;
end
$$;

alter table launch.dry_runs enable row level security;
create policy dry_runs_select_reader on launch.dry_runs for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('dryruns.read'))));
grant select on launch.dry_runs to authenticated;
grant execute on function launch.create_dry_run(uuid, jsonb, int), launch.cancel_dry_run(uuid, uuid), launch.read_dry_runs(uuid, uuid, int),
  launch.read_dry_run(uuid, uuid) to authenticated, gantry_service;
