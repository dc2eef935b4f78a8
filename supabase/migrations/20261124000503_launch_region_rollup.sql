-- The rollup and the snapshot: what the job region-kpis calls, first until no hour is left, then once.

-- The local day of a country that holds an instant, opened when nobody has before: it follows the day known before it, as a counter's
-- day does, and ends where a day known after it begins. Null when a change of zone leaves the instant none.
create function private.open_region_day(p_workspace_id uuid, p_country text, p_zone text, p_at timestamptz) returns date
  language plpgsql volatile set search_path = '' as $$
declare v_on date; v_before launch.region_days; v_after timestamptz;
begin
  select d.day_on into v_on from launch.region_days d
  where d.workspace_id = p_workspace_id and d.country = p_country and d.day_starts_at <= p_at and d.day_ends_at > p_at;
  if v_on is not null then
    return v_on;
  end if;
  select * into v_before from launch.region_days d
  where d.workspace_id = p_workspace_id and d.country = p_country and d.day_starts_at <= p_at order by d.day_starts_at desc limit 1;
  select min(d.day_starts_at) into v_after from launch.region_days d
  where d.workspace_id = p_workspace_id and d.country = p_country and d.day_starts_at > p_at;
  insert into launch.region_days (workspace_id, country, day_on, day_starts_at, day_ends_at)
  select p_workspace_id, p_country, f.day_on, f.day_starts_at, least(f.day_ends_at, v_after)
  from private.following_day(p_zone, p_at, v_before.day_on, v_before.day_ends_at) f
  on conflict do nothing returning day_on into v_on;
  return v_on;
end
$$;

create function private.country_zone(p_workspace_id uuid, p_country text) returns text
  language sql stable set search_path = '' as $$
  select coalesce((select n.time_zone from launch.countries n where n.workspace_id = p_workspace_id and n.code = p_country),
    (select iso.time_zone from launch.iso_countries iso where iso.code = p_country), 'UTC')
$$;

create function private.reporting_currency(p_workspace_id uuid) returns text
  language sql stable set search_path = '' as $$
  select s.reporting_currency from launch.region_settings s where s.workspace_id = p_workspace_id
$$;

-- Sums hours of countries again, pair by pair.
create function private.refresh_region_hours(p_workspace_id uuid, p_countries text[], p_hours timestamptz[]) returns void
  language sql volatile set search_path = '' as $$
  insert into launch.region_hours
  select p_workspace_id, p.country, p.hour_at, (k.sums).*
  from unnest(p_countries, p_hours) as p (country, hour_at)
  cross join lateral (select private.sum_kpis(p_workspace_id, p.country, private.country_zone(p_workspace_id, p.country), p.hour_at,
    p.hour_at + interval '1 hour', private.reporting_currency(p_workspace_id)) as sums offset 0) k
  order by 2, 3
  on conflict on constraint region_hours_pkey do update set installs = excluded.installs, verified = excluded.verified,
    active_users = excluded.active_users, active_chats = excluded.active_chats, revenue_minor = excluded.revenue_minor,
    currency = excluded.currency, revenues = excluded.revenues, missing_currencies = excluded.missing_currencies,
    chargebacks = excluded.chargebacks, charged_back = excluded.charged_back, support_volume = excluded.support_volume,
    safety_incidents = excluded.safety_incidents, churn_risk = excluded.churn_risk, store_rating = excluded.store_rating,
    events = excluded.events
$$;

-- Sums local days again, each once: without materialized, every column would sum the day anew.
create function private.refresh_region_days(p_workspace_id uuid, p_countries text[], p_days date[]) returns void
  language sql volatile set search_path = '' as $$
  with open as materialized (
    select o.country, o.day_on, o.day_starts_at, o.day_ends_at
    from (select distinct u.country, u.day_on from unnest(p_countries, p_days) as u (country, day_on)) p
    join launch.region_days o on o.workspace_id = p_workspace_id and o.country = p.country and o.day_on = p.day_on
    order by 1, 2 for update of o),
  k as materialized (
    select o.country, o.day_on, private.sum_kpis(p_workspace_id, o.country, private.country_zone(p_workspace_id, o.country),
      o.day_starts_at, o.day_ends_at, private.reporting_currency(p_workspace_id)) as sums
    from open o offset 0)
  update launch.region_days d set installs = (k.sums).installs, verified = (k.sums).verified, active_users = (k.sums).active_users,
    active_chats = (k.sums).active_chats, revenue_minor = (k.sums).revenue_minor, currency = (k.sums).currency,
    revenues = (k.sums).revenues, missing_currencies = (k.sums).missing_currencies, chargebacks = (k.sums).chargebacks,
    charged_back = (k.sums).charged_back, support_volume = (k.sums).support_volume, safety_incidents = (k.sums).safety_incidents,
    churn_risk = (k.sums).churn_risk, store_rating = (k.sums).store_rating, events = (k.sums).events
  from k
  where d.workspace_id = p_workspace_id and d.country = k.country and d.day_on = k.day_on
$$;

-- Counts up to p_limit touched hours again, the newest first, and the days they are in. Returns how many hours it took; fewer than
-- p_limit says that no more wait. A job calls it until then: what is reported meanwhile waits for one call's hours at most.
create function launch.roll_up_events(p_workspace_id uuid, p_limit int default 6) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare
  v_taken timestamptz[] := private.take_touched_hours(p_workspace_id, p_limit); v_hour timestamptz; v_found text[];
  v_countries text[] := '{}'; v_hours timestamptz[] := '{}'; v_day_countries text[]; v_days date[];
begin
  foreach v_hour in array v_taken loop
    v_found := private.roll_up_hour(p_workspace_id, v_hour);
    v_countries := v_countries || v_found;
    v_hours := v_hours || array_fill(v_hour, array[cardinality(v_found)]);
  end loop;
  perform private.refresh_region_hours(p_workspace_id, v_countries, v_hours);
  -- A quarter of an hour is the smallest step between two local midnights: an hour can lie in two days.
  select array_agg(o.country), array_agg(o.day_on) into v_day_countries, v_days from (
    select p.country, private.open_region_day(p_workspace_id, p.country, private.country_zone(p_workspace_id, p.country),
      p.hour_at + q.quarter * interval '15 minutes') as day_on
    from (select u.country, u.hour_at from unnest(v_countries, v_hours) as u (country, hour_at) order by 1, 2) p
    cross join generate_series(0, 3) as q (quarter)) o
  where o.day_on is not null;
  perform private.refresh_region_days(p_workspace_id, v_day_countries, v_days);
  return cardinality(v_taken);
end
$$;

-- Taking a snapshot and judging it wait for each other, so that what is judged stands still.
create function private.lock_regions(p_workspace_id uuid) returns void
  language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended('regions ' || p_workspace_id, 0))
$$;

-- Takes the last 24 hours of every listed country, and of every other one that reported something, as they are known now; then looks
-- for what moved sharply. Returns what it found, for the job's report.
create function launch.record_kpis(p_workspace_id uuid) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare v_at timestamptz := date_bin('15 minutes', launch.now(), timestamptz '2020-01-01 00:00Z'); v_countries int; v_alerts int;
begin
  perform private.lock_regions(p_workspace_id);
  delete from launch.region_kpis k where k.workspace_id = p_workspace_id and k.at = v_at;
  insert into launch.region_kpis
  select p_workspace_id, c.country, v_at, (k.sums).*
  from (
    select n.code as country from launch.countries n where n.workspace_id = p_workspace_id
    union
    select s.country from launch.event_slots s join launch.iso_countries iso on iso.code = s.country
    where s.workspace_id = p_workspace_id and s.slot_at >= v_at - interval '24 hours' and s.slot_at < v_at) c
  cross join lateral (select private.sum_kpis(p_workspace_id, c.country, private.country_zone(p_workspace_id, c.country),
    v_at - interval '24 hours', v_at, private.reporting_currency(p_workspace_id)) as sums offset 0) k
  on conflict do nothing;
  get diagnostics v_countries = row_count;
  v_alerts := private.watch_regions(p_workspace_id, v_at);
  perform private.announce(p_workspace_id, 'regions', '');
  return jsonb_build_object('at', v_at, 'countries', v_countries, 'alerts', v_alerts);
end
$$;

grant execute on function launch.roll_up_events(uuid, int), launch.record_kpis(uuid) to gantry_service;
