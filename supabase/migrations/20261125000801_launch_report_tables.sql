-- What a report says of a month, table by table. A month is the country's own: it begins and ends at that country's midnights. Amounts stand
-- in their own currency and decimals. A table keeps its first 10,000 rows and says how many there are.

-- Each country's time zone, the main one where it is not listed, and its month by that clock.
create function private.report_zones(p_workspace_id uuid, p_month date) returns table (country text, time_zone text, during tstzrange)
  language sql stable set search_path = '' rows 250 as $$
  select i.code, z.time_zone, tstzrange(private.day_boundary(z.time_zone, p_month), private.day_boundary(z.time_zone, (p_month + interval '1 month')::date))
  from launch.iso_countries i left join launch.countries c on c.workspace_id = p_workspace_id and c.code = i.code
  cross join lateral (select coalesce(c.time_zone, i.time_zone, 'UTC') as time_zone) z
$$;

-- An amount as text in its own decimals, "12.50 EUR" or "1250 JPY", from minor units.
create function private.amount_text(p_minor numeric, p_currency text) returns text
  language sql stable set search_path = '' as $$
  select round(p_minor / power(10::numeric, k.digits), k.digits)::text || ' ' || k.code from launch.currencies k where k.code = p_currency
$$;

-- A time as text, by a zone's clock.
create function private.local_text(p_at timestamptz, p_time_zone text) returns text
  language sql stable set search_path = '' as $$ select to_char(p_at at time zone p_time_zone, 'YYYY-MM-DD HH24:MI') $$;

-- Sums over the local days of the month. An amount that had no rate is named beside the total that lacks it.
create function private.report_kpis(p_workspace_id uuid, p_month date) returns setof jsonb
  language sql stable set search_path = '' as $$
  with days as (
    select * from launch.region_days d where d.workspace_id = p_workspace_id and d.day_on >= p_month and d.day_on < p_month + interval '1 month'
  ), money as (
    select t.country, string_agg(private.amount_text(t.minor, t.currency), ', ' order by t.currency) as text
    from (select d.country, d.currency, sum(d.revenue_minor)::numeric as minor from days d group by 1, 2) t group by 1
  ), missing as (
    select d.country, string_agg(distinct m, ', ' order by m) as text from days d cross join unnest(d.missing_currencies) m group by 1
  )
  select jsonb_build_array(d.country, sum(d.installs), sum(d.verified), round(100.0 * sum(d.verified) / nullif(sum(d.installs), 0), 1),
    max(d.active_users), min(m.text) || coalesce(', without ' || min(x.text), ''), sum(d.chargebacks), sum(d.support_volume), sum(d.safety_incidents),
    round(avg(d.store_rating)::numeric, 2))
  from days d left join money m on m.country = d.country left join missing x on x.country = d.country
  group by d.country order by d.country
$$;

create function private.report_phases(p_workspace_id uuid, p_month date) returns setof jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_array(p.country, private.local_text(p.changed_at, z.time_zone), substr(p.action, 9), p.phase, p.changed_by, p.reason)
  from launch.policy_versions p join private.report_zones(p_workspace_id, p_month) z on z.country = p.country
  where p.workspace_id = p_workspace_id and p.changed_at >= p_month - interval '1 day' and p.changed_at < p_month + interval '1 month 1 day'
    and z.during @> p.changed_at
    and p.action in ('country.activated', 'country.advanced', 'country.paused', 'country.resumed')
  order by p.changed_at, p.country, p.version
$$;

create function private.report_incidents(p_workspace_id uuid, p_month date) returns setof jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_array(i.country, private.local_text(i.opened_at, z.time_zone), i.score,
    case when i.paused_at is null then 'no' else 'yes' end,
    coalesce(private.local_text(i.closed_at, z.time_zone), 'open'), i.closed_because)
  from launch.incidents i join private.report_zones(p_workspace_id, p_month) z on z.country = i.country
  where i.workspace_id = p_workspace_id
    and tstzrange(i.opened_at, i.closed_at, '[]') && z.during
  order by i.opened_at, i.id
$$;

-- Campaigns that were live in the month. The return is revenue in the currency of the cost, divided by the cost.
create function private.report_campaigns(p_workspace_id uuid, p_month date) returns setof jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_array(c.country, c.name, c.influencer, c.status, c.expected_installs, a.installs, a.registrations, a.creators, a.purchases,
    private.amount_text(c.cost_minor, c.cost_currency),
    (select string_agg(private.amount_text(r.value::numeric, r.key), ', ' order by r.key) from jsonb_each_text(a.revenues) r),
    round(coalesce((a.revenues ->> c.cost_currency)::numeric, 0) / nullif(c.cost_minor, 0), 2))
  from launch.campaigns c join private.report_zones(p_workspace_id, p_month) z on z.country = c.country
  cross join lateral private.campaign_actuals(c.id) a
  where c.workspace_id = p_workspace_id and not c.template and c.status in ('live', 'ended')
    and tstzrange(c.starts_at, c.ends_at) && z.during
  order by c.starts_at, c.name, c.id
$$;

-- The trail is the workspace's, not a country's: its month is UTC.
create function private.report_audit(p_workspace_id uuid, p_month date) returns setof jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_array(e.action, count(*), min(e.sequence), max(e.sequence))
  from app.audit_entries e
  where e.workspace_id = p_workspace_id and e.at >= p_month::timestamp at time zone 'UTC' and e.at < (p_month + interval '1 month') at time zone 'UTC'
  group by e.action order by count(*) desc, e.action
$$;

-- All tables of a report, by the names of their files.
create function private.report_tables(p_workspace_id uuid, p_month date) returns jsonb
  language sql stable set search_path = '' as $$
  with found as (
    select 'kpis' as file, k.ordinality as n, k.row from private.report_kpis(p_workspace_id, p_month) with ordinality k (row, ordinality)
    union all select 'phases', k.ordinality, k.row from private.report_phases(p_workspace_id, p_month) with ordinality k (row, ordinality)
    union all select 'incidents', k.ordinality, k.row from private.report_incidents(p_workspace_id, p_month) with ordinality k (row, ordinality)
    union all select 'campaigns', k.ordinality, k.row from private.report_campaigns(p_workspace_id, p_month) with ordinality k (row, ordinality)
    union all select 'audit', k.ordinality, k.row from private.report_audit(p_workspace_id, p_month) with ordinality k (row, ordinality)
  )
  select jsonb_object_agg(t.file, jsonb_build_object('rows', coalesce(t.rows, '[]'), 'total', t.total))
  from (select n.file, jsonb_agg(f.row order by f.n) filter (where f.n <= 10000) as rows, count(f.n) as total
    from unnest(array['kpis', 'phases', 'incidents', 'campaigns', 'audit']) as n (file) left join found f on f.file = n.file group by n.file) t
$$;
