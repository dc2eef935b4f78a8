-- KPIs of a country, from the slots: per hour, per local day, and the last 24 hours as they were known at a time.
--
-- region_hours  an hour (UTC); counted again when an event of it comes late
-- region_days   a local day, bounded as cap checks bound it: the zone that stood when it began, no gap, no overlap, 23 to 25 hours
-- region_kpis   the 24 hours before a time, taken each hour. What risk and gates judge; later events don't change it. Taken again
--               within its quarter of an hour, it is replaced
--
-- installs, verified (verification.completed), active_users (distinct subjects of any event), active_chats (chat.started), revenue
-- (purchase.completed; chargebacks stand beside it, not in it), support_volume, safety_incidents, and the means of churn_risk and
-- store_rating, null when nobody reported any. revenue_minor is in currency, without what missing_currencies name; revenues and
-- charged_back are own currencies by code, in minor units.

create type private.kpi_sums as (
  installs int, verified int, active_users int, active_chats int, revenue_minor bigint, currency text, revenues jsonb,
  missing_currencies text[], chargebacks int, charged_back jsonb, support_volume int, safety_incidents int,
  churn_risk double precision, store_rating double precision, events bigint);

create table launch.region_hours (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  hour_at timestamptz not null,
  installs int not null,
  verified int not null,
  active_users int not null,
  active_chats int not null,
  revenue_minor bigint not null,
  currency text not null,
  revenues jsonb not null,
  missing_currencies text[] not null,
  chargebacks int not null,
  charged_back jsonb not null,
  support_volume int not null,
  safety_incidents int not null,
  churn_risk double precision,
  store_rating double precision,
  events bigint not null,
  primary key (workspace_id, country, hour_at)
);

create table launch.region_days (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  day_on date not null,
  day_starts_at timestamptz not null,
  day_ends_at timestamptz not null,
  installs int not null default 0,
  verified int not null default 0,
  active_users int not null default 0,
  active_chats int not null default 0,
  revenue_minor bigint not null default 0,
  currency text not null default 'USD',
  revenues jsonb not null default '{}',
  missing_currencies text[] not null default '{}',
  chargebacks int not null default 0,
  charged_back jsonb not null default '{}',
  support_volume int not null default 0,
  safety_incidents int not null default 0,
  churn_risk double precision,
  store_rating double precision,
  events bigint not null default 0,
  primary key (workspace_id, country, day_on),
  constraint day_has_length check (day_ends_at > day_starts_at)
);
create index region_days_day_starts_at_idx on launch.region_days (workspace_id, country, day_starts_at);

create table launch.region_kpis (
  workspace_id uuid not null references app.workspaces (id) on delete cascade,
  country text not null,
  at timestamptz not null,
  installs int not null,
  verified int not null,
  active_users int not null,
  active_chats int not null,
  revenue_minor bigint not null,
  currency text not null,
  revenues jsonb not null,
  missing_currencies text[] not null,
  chargebacks int not null,
  charged_back jsonb not null,
  support_volume int not null,
  safety_incidents int not null,
  churn_risk double precision,
  store_rating double precision,
  events bigint not null,
  primary key (workspace_id, country, at)
);
create index region_kpis_at_idx on launch.region_kpis (workspace_id, at);

-- What a country took in between two times: the sum in the reporting currency, own currencies, and those without a rate.
create function private.sum_revenue(
  p_workspace_id uuid, p_country text, p_zone text, p_from timestamptz, p_to timestamptz, p_currency text,
  out revenue_minor bigint, out revenues jsonb, out missing_currencies text[]
)
  language sql stable set search_path = '' as $$
  with own as (
    select o.currency, o.on_date, sum(o.amount_minor) as minor from (
      select s.currency, s.amount_minor, private.local_date(p_zone, s.slot_at) as on_date from launch.event_slots s
      where s.workspace_id = p_workspace_id and s.country = p_country and s.slot_at >= p_from and s.slot_at < p_to
        and s.type = 'purchase.completed' and s.currency <> '') o
    group by 1, 2),
  converted as (
    select o.currency, sum(o.minor) as minor, sum(c.minor) as reporting_minor, bool_or(c.minor is null) as missing
    from own o cross join lateral (
      select private.convert_amount(p_workspace_id, o.minor, o.currency, p_currency, o.on_date) as minor) c
    group by 1)
  select coalesce(sum(c.reporting_minor), 0)::bigint, coalesce(jsonb_object_agg(c.currency, c.minor), '{}'),
    coalesce(array_agg(c.currency order by c.currency) filter (where c.missing), '{}')
  from converted c
$$;

-- The distinct subjects of a country's events between two times. Of one hour alone, whole within them, they are counted already.
create function private.count_active(p_workspace_id uuid, p_country text, p_from timestamptz, p_to timestamptz) returns int
  language plpgsql stable set search_path = '' set work_mem = '256MB' as $$
declare v_users int; v_first timestamptz; v_last timestamptz;
begin
  select max(a.hour_users), date_trunc('hour', min(a.slot_at), 'UTC'), date_trunc('hour', max(a.slot_at), 'UTC') into v_users, v_first, v_last
  from private.active_slots a
  where a.workspace_id = p_workspace_id and a.country = p_country and a.slot_at >= p_from and a.slot_at < p_to;
  if v_users is null then
    return 0;
  elsif v_first = v_last and v_first >= p_from and v_first + interval '1 hour' <= p_to then
    return v_users;
  end if;
  return (select count(distinct u.subject) from (select unnest(a.subjects) as subject from private.active_slots a
    where a.workspace_id = p_workspace_id and a.country = p_country and a.slot_at >= p_from and a.slot_at < p_to offset 0) u);
end
$$;

-- The KPIs of a country between two times on the grid of slots.
create function private.sum_kpis(
  p_workspace_id uuid, p_country text, p_zone text, p_from timestamptz, p_to timestamptz, p_currency text
) returns private.kpi_sums
  language sql stable set search_path = '' as $$
  with slots as materialized (
    select s.type, s.currency, s.events, s.amount_minor, s.value_sum, s.value_count from launch.event_slots s
    where s.workspace_id = p_workspace_id and s.country = p_country and s.slot_at >= p_from and s.slot_at < p_to),
  revenue as (select r.* from private.sum_revenue(p_workspace_id, p_country, p_zone, p_from, p_to, p_currency) r)
  select row(
    coalesce(sum(s.events) filter (where s.type = 'app.installed'), 0),
    coalesce(sum(s.events) filter (where s.type = 'verification.completed'), 0),
    private.count_active(p_workspace_id, p_country, p_from, p_to),
    coalesce(sum(s.events) filter (where s.type = 'chat.started'), 0),
    (select r.revenue_minor from revenue r), p_currency, (select r.revenues from revenue r), (select r.missing_currencies from revenue r),
    coalesce(sum(s.events) filter (where s.type = 'purchase.charged_back'), 0),
    (select coalesce(jsonb_object_agg(b.currency, b.minor), '{}') from (
      select c.currency, sum(c.amount_minor) as minor from slots c
      where c.type = 'purchase.charged_back' and c.currency <> '' group by 1) b),
    coalesce(sum(s.events) filter (where s.type = 'support.ticket_opened'), 0),
    coalesce(sum(s.events) filter (where s.type = 'safety.incident_reported'), 0),
    sum(s.value_sum) filter (where s.type = 'churn.risk_reported')
      / nullif(sum(s.value_count) filter (where s.type = 'churn.risk_reported'), 0),
    sum(s.value_sum) filter (where s.type = 'store.rated')
      / nullif(sum(s.value_count) filter (where s.type = 'store.rated'), 0),
    coalesce(sum(s.events), 0))::private.kpi_sums
  from slots s
$$;

alter table launch.region_hours enable row level security;
alter table launch.region_days enable row level security;
alter table launch.region_kpis enable row level security;
create policy region_hours_select_member on launch.region_hours for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
create policy region_days_select_member on launch.region_days for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
create policy region_kpis_select_member on launch.region_kpis for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('regions.read'))));
grant select on launch.region_hours, launch.region_days, launch.region_kpis to authenticated;
