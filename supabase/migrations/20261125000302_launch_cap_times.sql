-- When a cap will be reached: the newest issued forecast, added up from now within the country's local day, on top of what the day has used.

-- The cap of a local day to come: what it is now, unless something is planned. Experiments give it their own body.
create function private.planned_cap(p_workspace_id uuid, p_country text, p_operation text, p_day date, p_cap int) returns int
  language sql stable set search_path = '' as $$ select p_cap $$;

-- Today and tomorrow of a country, or of all of a workspace's: when P50 and when P90 of demand reach the cap of users, null where they don't before
-- the day ends, or where nothing is forecast (known false). Within an hour demand spreads evenly; of the hour under way the rest counts. A
-- day that is full already is reached now. Forecasts older than three hours count as none.
create function private.cap_reached_at(p_workspace_id uuid, p_country text default null)
  returns table (country text, day_on date, day_starts_at timestamptz, day_ends_at timestamptz, cap int, used int, known boolean,
    p50_at timestamptz, p90_at timestamptz)
  language sql stable set search_path = '' rows 16 as $$
  with days as materialized (
    select v.country, x.* from launch.capacity v
    cross join lateral (values
      (v.day_on, v.day_starts_at, v.resets_at, launch.now(), v.cap, v.used),
      (v.day_on + 1, v.resets_at, private.day_boundary(v.time_zone, v.day_on + 2), v.resets_at,
        private.planned_cap(p_workspace_id, v.country, 'user', v.day_on + 1, v.cap), 0)
    ) as x (day_on, day_starts_at, day_ends_at, from_at, cap, used)
    where v.workspace_id = p_workspace_id and v.operation = 'user' and (p_country is null or v.country = p_country)),
  newest as materialized (
    select d.country, (select max(f.issued_at) from launch.forecasts f where f.workspace_id = p_workspace_id and f.country = d.country
      and f.issued_at > launch.now() - interval '3 hours') as issued_at
    from (select distinct c.country from days c) d),
  pieces as materialized (
    select d.country, d.day_on, d.cap - d.used as left_over, p.starts_at, p.ends_at, f.p50 * p.share as p50, f.p90 * p.share as p90,
      sum(f.p50 * p.share) over so_far as p50_sum, sum(f.p90 * p.share) over so_far as p90_sum
    from days d join newest n on n.country = d.country
    join launch.forecasts f on f.workspace_id = p_workspace_id and f.country = d.country and f.issued_at = n.issued_at
      and f.issued_at > launch.now() - interval '3 hours'
      and f.hour_at < d.day_ends_at and f.hour_at + interval '1 hour' > d.from_at and f.p50 is not null
    cross join lateral (select greatest(f.hour_at, d.from_at) as starts_at, least(f.hour_at + interval '1 hour', d.day_ends_at) as ends_at) e
    cross join lateral (select e.*, extract(epoch from e.ends_at - e.starts_at) / 3600 as share) p
    window so_far as (partition by d.country, d.day_on order by f.hour_at)),
  found as (
    select p.country, p.day_on,
      min(p.ends_at - ((p.p50_sum - p.left_over) / nullif(p.p50, 0))::float * (p.ends_at - p.starts_at))
        filter (where p.p50_sum >= p.left_over and p.p50_sum - p.p50 < p.left_over) as p50_at,
      min(p.ends_at - ((p.p90_sum - p.left_over) / nullif(p.p90, 0))::float * (p.ends_at - p.starts_at))
        filter (where p.p90_sum >= p.left_over and p.p90_sum - p.p90 < p.left_over) as p90_at
    from pieces p group by 1, 2)
  select d.country, d.day_on, d.day_starts_at, d.day_ends_at, d.cap, d.used, f.day_on is not null,
    case when d.used >= d.cap then d.from_at else f.p50_at end, case when d.used >= d.cap then d.from_at else f.p90_at end
  from days d left join found f using (country, day_on) order by 1, 2
$$;

-- The newest forecast of each country, or of one, from the hour under way on. For whoever may read countries, people and keys.
-- Raises GTNIL when the one is not listed.
create function launch.read_forecasts(p_workspace_id uuid, p_country text default null)
  returns table (country text, issued_at timestamptz, hour_at timestamptz, p50 numeric, p90 numeric, campaign_p50 numeric, basis text,
    levelled boolean)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.read');
  if p_country is not null and not exists (select from launch.countries n where n.workspace_id = p_workspace_id and n.code = p_country) then
    perform private.refuse('GTNIL', 'This country is not listed.', jsonb_build_object('country', p_country));
  end if;
  return query
    select n.code, f.issued_at, f.hour_at, f.p50, f.p90, f.campaign_p50, f.basis, f.levelled
    from launch.countries n
    cross join lateral (select max(x.issued_at) as at from launch.forecasts x
      where x.workspace_id = n.workspace_id and x.country = n.code and x.issued_at > launch.now() - interval '2 days') newest
    join launch.forecasts f on f.workspace_id = n.workspace_id and f.country = n.code and f.issued_at = newest.at
      and f.issued_at > launch.now() - interval '2 days'
    where n.workspace_id = p_workspace_id and (p_country is null or n.code = p_country)
      and f.hour_at > launch.now() - interval '1 hour' order by 1, 3;
end
$$;

-- When caps will be reached, as private.cap_reached_at says. For whoever may read countries.
create function launch.read_cap_times(p_workspace_id uuid, p_country text default null)
  returns table (country text, day_on date, day_starts_at timestamptz, day_ends_at timestamptz, cap int, used int, known boolean,
    p50_at timestamptz, p90_at timestamptz)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.read');
  return query select r.* from private.cap_reached_at(p_workspace_id, p_country) r;
end
$$;

-- Measured coverage over the last 7 and 28 days: how many forecasts were held against how many hours, and how many of them demand did not
-- exceed. missed is the sum of |demand − P50|, demand that of the hours, each counted as often as it was forecast. No row: nothing is measured.
create function launch.read_forecast_coverage(p_workspace_id uuid, p_country text default null)
  returns table (country text, days int, hours int, forecasts int, within_p50 int, within_p90 int, missed numeric, demand numeric)
  language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_permission(p_workspace_id, 'countries.read');
  return query
    select o.country, d.days, count(*)::int, sum(o.forecasts)::int, sum(o.within_p50)::int, sum(o.within_p90)::int, sum(o.absolute_error),
      sum(o.demand * o.forecasts)
    from (values (7), (28)) as d (days)
    join launch.forecast_outcomes o on o.workspace_id = p_workspace_id and (p_country is null or o.country = p_country) and o.forecasts > 0
      and o.hour_at >= launch.now() - d.days * interval '1 day'
    group by 1, 2 order by 1, 2;
end
$$;

grant execute on function launch.read_forecasts(uuid, text), launch.read_cap_times(uuid, text),
  launch.read_forecast_coverage(uuid, text) to authenticated, gantry_service;
