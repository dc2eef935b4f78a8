-- Forecasts of a country's demand: what its history expects and what campaigns plan, issued each hour, kept, and held against what happened.
--
-- forecasts          the next 50 hours as they were forecast at the start of an hour. Never changed afterwards
-- forecast_outcomes  an hour that is over: its demand, what was let in, and how many of the forecasts issued before it held
--
-- Coverage is the share of forecasts that demand did not exceed: of P90 about 90 in 100, of P50 about half. It is measured over what was
-- issued, nothing else; pages show what was issued too. A campaign adds its plan to P50 and one and a half times that to P90: how plans
-- miss is not known from a country's hours.

create table launch.forecasts (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  issued_at timestamptz not null,
  hour_at timestamptz not null,
  p50 numeric,
  p90 numeric,
  base_p50 numeric,
  campaign_p50 numeric not null,
  basis text not null,
  levelled boolean not null,
  primary key (workspace_id, country, issued_at, hour_at),
  constraint basis_is_known check (basis in ('hour_of_week', 'hour_of_day', 'none')),
  constraint without_history_nothing_is_forecast check ((basis = 'none') = (p50 is null and p90 is null and base_p50 is null)),
  constraint p90_is_not_below_p50 check (p90 >= p50)
) partition by range (issued_at);

create table launch.forecast_outcomes (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  hour_at timestamptz not null,
  demand numeric not null,
  granted bigint not null,
  forecasts int not null,
  within_p50 int not null,
  within_p90 int not null,
  absolute_error numeric not null,
  primary key (workspace_id, country, hour_at),
  constraint p90_holds_where_p50_does check (within_p50 <= within_p90 and within_p90 <= forecasts)
);

insert into private.partition_plans (parent, width, keep, unique_columns) values ('launch.forecasts', '1 day', '35 days', null);

-- The planned registrations of a country's scheduled and live campaigns, hour by hour.
create function private.campaign_lift(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz)
  returns table (hour_at timestamptz, registrations numeric)
  language sql stable set search_path = '' rows 50 as $$
  select c.hour_at, sum(c.registrations) from private.campaign_hours(p_workspace_id, p_country, p_from, p_to) c group by 1
$$;

-- Expected demand of the operation user, hour by hour from the hour of p_from, but not before the hour under way, to p_to. p50, p90 and
-- base_p50 are null without history (basis none); campaign_p50 is what campaigns plan, 0 without any.
create function private.forecast_hours(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz)
  returns table (hour_at timestamptz, p50 numeric, p90 numeric, base_p50 numeric, campaign_p50 numeric, basis text, levelled boolean)
  language sql stable set search_path = '' rows 50 as $$
  select b.hour_at, b.p50 + x.lift, round(b.p90 + x.lift * 1.5, 2), b.p50, x.lift, b.basis, b.levelled
  from private.forecast_base(p_workspace_id, p_country, date_trunc('hour', p_from, 'UTC'), p_to) b
  left join private.campaign_lift(p_workspace_id, p_country, date_trunc('hour', p_from, 'UTC'), p_to) l using (hour_at)
  cross join lateral (select round(coalesce(l.registrations, 0), 2) as lift) x
  order by 1
$$;

-- Holds the country's finished hours against the forecasts that were issued before they began. Looks back two days: what was missed longer
-- ago stays unmeasured. An hour is held once.
create function private.judge_forecasts(p_workspace_id uuid, p_country text, p_hour timestamptz) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_judged int;
begin
  insert into launch.forecast_outcomes (workspace_id, country, hour_at, demand, granted, forecasts, within_p50, within_p90, absolute_error)
  select p_workspace_id, p_country, d.hour_at, d.demand, d.granted, count(f.p90), count(*) filter (where d.demand <= f.p50),
    count(*) filter (where d.demand <= f.p90), coalesce(sum(abs(d.demand - f.p50)), 0)
  from private.demand_hours(p_workspace_id, p_country, p_hour - interval '48 hours', p_hour) d
  left join launch.forecasts f on f.workspace_id = p_workspace_id and f.country = p_country and f.hour_at = d.hour_at
    and f.issued_at < d.hour_at and f.issued_at >= p_hour - interval '100 hours' and f.p90 is not null
  where not exists (select from launch.forecast_outcomes o
    where o.workspace_id = p_workspace_id and o.country = p_country and o.hour_at = d.hour_at)
  group by d.hour_at, d.demand, d.granted
  on conflict do nothing;
  get diagnostics v_judged = row_count;
  return v_judged;
end
$$;

-- Judges the hour that is over and issues the next 50 hours, for every country that was ever activated. The first issue of an hour stands:
-- another changes nothing. Returns how many countries got one.
create function launch.issue_forecasts() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_hour timestamptz := date_trunc('hour', launch.now(), 'UTC'); v_country record; v_issued int := 0;
begin
  for v_country in
    select n.workspace_id, n.code from launch.countries n where n.phase <> 'not_launched'
      and not exists (select from launch.forecasts f where f.workspace_id = n.workspace_id and f.country = n.code and f.issued_at = v_hour)
    order by 1, 2
  loop
    perform private.judge_forecasts(v_country.workspace_id, v_country.code, v_hour);
    insert into launch.forecasts (workspace_id, country, issued_at, hour_at, p50, p90, base_p50, campaign_p50, basis, levelled)
    select v_country.workspace_id, v_country.code, v_hour, h.hour_at, h.p50, h.p90, h.base_p50, h.campaign_p50, h.basis, h.levelled
    from private.forecast_hours(v_country.workspace_id, v_country.code, v_hour, v_hour + interval '50 hours') h
    on conflict do nothing;
    v_issued := v_issued + 1;
  end loop;
  return v_issued;
end
$$;

alter table launch.forecasts enable row level security;
alter table launch.forecast_outcomes enable row level security;
create policy forecasts_select_member on launch.forecasts for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
create policy forecast_outcomes_select_member on launch.forecast_outcomes for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('countries.read'))));
grant select on launch.forecasts, launch.forecast_outcomes to authenticated;
grant execute on function launch.issue_forecasts() to gantry_service;

select launch.maintain_partitions();
insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('issue-forecasts', 'Forecasts each country''s demand and measures the forecasts before', '1 hour', null, '3 hours', false);
select cron.schedule('launch:issue-forecasts', '3 * * * *', 'select launch.issue_forecasts()');
