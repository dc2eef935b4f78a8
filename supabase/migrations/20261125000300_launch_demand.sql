-- Hourly demand of a country, and what its own history says of hours to come. Demand is what was asked: units of the operation user that
-- cap checks granted and refused, a refusal for a cap, a pause, the throttle or a block alike.
--
-- The middle of an hour comes from the same local hour of the week in the last four weeks that are known (their median: one campaign or
-- one outage does not carry it), in the week's absence from the same local hour of the last seven days, or it is unknown. Local, so a clock change moves
-- nobody's evening; an hour that a change skips has no past that week, one that it repeats has the mean of both.
-- P50 and P90 are where the last 28 days' hours ended, relative to the middle that would have been forecast for them from the weeks before
-- each: apart for the quiet, the usual and the busy third of hours. The middle follows the level of the last seven days only where that
-- brought those hours closer by 2 % or more. With fewer than 24 such hours, P50 is the middle and P90 twice that, at least 3 more.

-- Demand of full hours (UTC) between two times, from the first hour with a check on; an hour without one is 0. granted is what was let in.
-- plpgsql: with the counter in hand, the slots are found by their primary key.
create function private.demand_hours(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz)
  returns table (hour_at timestamptz, demand numeric, granted bigint)
  language plpgsql stable set search_path = '' rows 1700 as $$
declare v_counter bigint;
begin
  select c.id into v_counter from launch.counters c
  where c.workspace_id = p_workspace_id and c.country = p_country and c.operation = 'user';
  return query
    with counted as materialized (
      select date_trunc('hour', s.slot_at, 'UTC') as at, sum(s.granted::bigint + s.refused) as asked, sum(s.granted)::bigint as granted
      from launch.usage_slots s where s.counter_id = v_counter and s.slot_at >= p_from and s.slot_at < p_to group by 1)
    select g.at, coalesce(c.asked, 0), coalesce(c.granted, 0)
    from generate_series((select min(f.at) from counted f), p_to - interval '1 hour', interval '1 hour') as g (at)
    left join counted c on c.at = g.at order by 1;
end
$$;

-- Past hours with the middle that the hours before them gave, and hours from p_from to p_to with the one that is given now. Past hours have
-- their demand. by_week: the middle comes from the hour of the week; otherwise from the hour of the day.
create function private.demand_middles(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz, p_hour timestamptz)
  returns table (hour_at timestamptz, demand numeric, middle numeric, by_week boolean)
  language sql stable set search_path = '' rows 1700 as $$
  with zone as (select private.country_zone(p_workspace_id, p_country) as name),
  known as materialized (
    select d.hour_at, d.hour_at at time zone z.name as local_at, d.demand
    from private.demand_hours(p_workspace_id, p_country, p_hour - interval '70 days', p_hour) d cross join zone z),
  local as materialized (select k.local_at, avg(k.demand) as demand from known k group by 1),
  wanted as materialized (
    select k.hour_at, k.local_at, k.demand, 1 as week, 1 as day from known k
    union all
    select g.at, g.at at time zone z.name, null, floor(extract(epoch from g.at - p_hour) / 604800)::int + 1,
      floor(extract(epoch from g.at - p_hour) / 86400)::int + 1
    from generate_series(greatest(p_from, p_hour), p_to - interval '1 hour', interval '1 hour') as g (at) cross join zone z),
  weekly as materialized (
    select w.hour_at, percentile_cont(0.5) within group (order by l.demand)::numeric as middle
    from wanted w cross join generate_series(0, 3) as k (week)
    join local l on l.local_at = w.local_at - (w.week + k.week) * interval '7 days' group by 1),
  daily as materialized (
    select w.hour_at, percentile_cont(0.5) within group (order by l.demand)::numeric as middle
    from wanted w cross join generate_series(0, 6) as k (day)
    join local l on l.local_at = w.local_at - (w.day + k.day) * interval '1 day'
    where not exists (select from weekly y where y.hour_at = w.hour_at) group by 1)
  select w.hour_at, w.demand, coalesce(y.middle, d.middle), y.middle is not null
  from wanted w left join weekly y using (hour_at) left join daily d using (hour_at) order by 1
$$;

-- How far demand has moved from its middles: the last seven days' sum over the middles', as it was known a day before each past hour, and
-- now for hours to come. Between a half and two.
create function private.levelled_middles(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz, p_hour timestamptz)
  returns table (hour_at timestamptz, demand numeric, middle numeric, by_week boolean, level numeric)
  language sql stable set search_path = '' rows 1700 as $$
  with hours as materialized (
    select m.*, case when m.middle is not null then m.demand end as asked, case when m.demand is not null then m.middle end as expected
    from private.demand_middles(p_workspace_id, p_country, p_from, p_to, p_hour) m),
  latest as (
    select sum(h.asked) / nullif(sum(h.expected), 0) as level from hours h where h.hour_at >= p_hour - interval '168 hours')
  select h.hour_at, h.demand, h.middle, h.by_week, least(greatest(coalesce(case when h.demand is null then l.level
    else sum(h.asked) over before / nullif(sum(h.expected) over before, 0) end, 1), 0.5), 2)
  from hours h cross join latest l
  window before as (order by h.hour_at rows between 191 preceding and 24 preceding)
$$;

-- What a country's history expects of the hours from p_from to p_to, the hour that holds launch.now() being the first possible. basis is
-- hour_of_week, hour_of_day, or none: then both are null. levelled says whether the level of the last seven days counts.
create function private.forecast_base(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz)
  returns table (hour_at timestamptz, p50 numeric, p90 numeric, basis text, levelled boolean)
  language sql stable set search_path = '' rows 50 as $$
  with now as (select date_trunc('hour', launch.now(), 'UTC') as hour),
  hours as materialized (
    select m.* from now n cross join lateral private.levelled_middles(p_workspace_id, p_country, p_from, p_to, n.hour) m),
  past as materialized (
    select h.* from hours h cross join now n where h.demand is not null and h.middle is not null and h.hour_at >= n.hour - interval '28 days'),
  choice as materialized (
    select count(*) >= 168 and avg(abs(p.demand - p.middle * p.level)) < 0.98 * avg(abs(p.demand - p.middle)) as levelled from past p),
  thirds as (
    select percentile_cont(array[1 / 3.0, 2 / 3.0]) within group (order by p.middle) as at, count(*) >= 216 as apart from past p),
  sized as materialized (
    select h.hour_at, h.demand, h.by_week, x.middle,
      case when t.apart then (h.middle > t.at[1])::int + (h.middle > t.at[2])::int else 0 end as size
    from hours h cross join choice c cross join thirds t
    cross join lateral (select h.middle * case when c.levelled then h.level else 1 end as middle) x),
  spread as materialized (
    select s.size, count(*) as hours, percentile_cont(0.5) within group (order by x.ratio) as half,
      percentile_cont(0.9) within group (order by x.ratio) as most
    from sized s join past p using (hour_at) cross join lateral (select (s.demand + 1) / (s.middle + 1) as ratio) x group by 1)
  select s.hour_at, case when s.middle is not null then round(greatest(x.half, 0), 2) end,
    case when s.middle is not null then round(greatest(x.most, x.half, 0), 2) end,
    case when s.middle is null then 'none' when s.by_week then 'hour_of_week' else 'hour_of_day' end, coalesce(c.levelled, false)
  from sized s cross join choice c left join spread d on d.size = s.size
  cross join lateral (select
    case when d.hours >= 24 then (s.middle + 1) * d.half::numeric - 1 else s.middle end as half,
    case when d.hours >= 24 then (s.middle + 1) * d.most::numeric - 1 else greatest(s.middle * 2, s.middle + 3) end as most) x
  where s.demand is null order by 1
$$;
