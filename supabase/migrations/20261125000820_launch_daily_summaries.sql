-- The daily summary: at an hour of the workspace's choice, what came of yesterday goes to every channel that wants summary.daily, as one message with one
-- delivery each, in the transaction that moves the day on. So each day reaches each channel once, at least; after an outage the newest day alone.
-- A country's yesterday is the last local day that is over there. Lock order: the settings, the audit head.

insert into app.message_types (type, description) values ('summary.daily', 'What came of yesterday, once a day');

create table launch.summary_settings (
  workspace_id uuid primary key references app.workspaces (id) on delete cascade,
  enabled boolean not null,
  hour smallint not null,
  time_zone text not null,
  due_at timestamptz not null,
  sent_day date,
  version int not null default 1,
  constraint hour_is_of_a_day check (hour between 0 and 23)
);
create index summary_settings_due_at_idx on launch.summary_settings (due_at) where enabled;

-- The first time after p_after that a clock of this zone shows the hour. One that is skipped is the hour after it, one that comes twice its second coming.
create function private.next_summary_at(p_hour int, p_time_zone text, p_after timestamptz) returns timestamptz
  language sql stable set search_path = '' as $$
  select min(t.at) from generate_series(-1, 2) n cross join lateral (
    select (date_trunc('day', p_after at time zone p_time_zone) + make_interval(days => n, hours => p_hour)) at time zone p_time_zone as at) t
  where t.at > p_after
$$;

-- Countries with their last local day that is over: what was admitted of which cap, what was refused and mostly why (of at most 10,000 refusals each).
create function private.summary_countries(p_workspace_id uuid, p_now timestamptz) returns setof jsonb
  language sql stable set search_path = '' as $$
  with days as (
    select c.code, c.phase, c.time_zone, y.day_on, private.day_boundary(c.time_zone, y.day_on) as starts_at,
      private.day_boundary(c.time_zone, y.day_on + 1) as ends_at
    from launch.countries c cross join lateral (select (p_now at time zone c.time_zone)::date - 1 as day_on) y
    where c.workspace_id = p_workspace_id
  ), used as (
    select d.code, sum(k.used) filter (where k.operation = 'user') as users, max(k.cap) filter (where k.operation = 'user') as cap,
      sum(k.used) filter (where k.operation = 'payment') as payments, sum(k.used) filter (where k.operation = 'creator') as creators
    from days d join launch.counter_days k on k.workspace_id = p_workspace_id and k.country = d.code and k.day_on = d.day_on group by d.code
  ), refused as (
    select d.code, sum(s.refused) as refused from days d join launch.usage_slots s on s.workspace_id = p_workspace_id and s.country = d.code
      and s.day_on = d.day_on and s.slot_at >= d.starts_at - interval '5 minutes' and s.slot_at < d.ends_at
    group by d.code
  )
  select jsonb_build_object('country', d.code, 'phase', d.phase, 'day', d.day_on, 'admitted', u.users, 'cap', u.cap, 'payments', u.payments,
    'creators', u.creators, 'refused', coalesce(r.refused, 0), 'because', (
      select w.reason from (
        select x.reason from launch.receipts x where x.workspace_id = p_workspace_id and x.country = d.code and not x.allowed
          and x.decided_at >= d.starts_at and x.decided_at < d.ends_at limit 10000) w
      where r.refused > 0 group by w.reason order by count(*) desc, w.reason limit 1))
  from days d left join used u on u.code = d.code left join refused r on r.code = d.code
  where d.phase <> 'not_launched' or u.code is not null or r.refused > 0
  order by coalesce(u.users, 0) desc, d.code
$$;

-- What of a workspace's last 24 hours is not a country's: alerts, pauses, hours under throttle, campaigns with their installs, the next steps of the sequence.
create function private.summary_rest(p_workspace_id uuid, p_now timestamptz) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'alerts_opened', (select count(*) from launch.alerts a where a.workspace_id = p_workspace_id and a.opened_at > p_now - interval '24 hours'),
    'alerts_open', (select count(*) from launch.alerts a where a.workspace_id = p_workspace_id and a.status <> 'resolved'),
    'alerts_critical', (select count(*) from launch.alerts a where a.workspace_id = p_workspace_id and a.status <> 'resolved' and a.severity = 'critical'),
    'worst', coalesce((select jsonb_agg(left(t.title, 120)) from (select a.title from launch.alerts a where a.workspace_id = p_workspace_id
      and a.status <> 'resolved' order by a.severity = 'critical' desc, a.opened_at limit 3) t), '[]'),
    'pauses', coalesce((select jsonb_agg(jsonb_build_object('country', t.country, 'reason', left(t.reason, 120))) from (
      select p.country, p.reason from launch.policy_versions p where p.workspace_id = p_workspace_id and p.action = 'country.paused'
        and p.changed_at > p_now - interval '24 hours' order by p.changed_at limit 5) t), '[]'),
    'throttled_minutes', (select count(*) from launch.load_levels l where l.workspace_id = p_workspace_id
      and l.slot_at > p_now - interval '24 hours' and l.slot_at <= p_now and l.level_in_force >= 2),
    'campaigns', coalesce((select jsonb_agg(jsonb_build_object('name', t.name, 'country', t.country, 'status', t.status, 'installs', t.installs,
        'yesterday', t.yesterday, 'expected', t.expected_installs)) from (
      select left(c.name, 80) as name, c.country, c.status, c.expected_installs, a.installs, coalesce((select sum(s.installs) from launch.link_slots s
          where s.campaign_id = c.id and s.slot_at > p_now - interval '24 hours' and s.slot_at <= p_now), 0) as yesterday
      from launch.campaigns c cross join lateral private.campaign_actuals(c.id) a
      where c.workspace_id = p_workspace_id and not c.template and c.status in ('live', 'ended') and c.starts_at <= p_now
        and c.ends_at > p_now - interval '24 hours' order by c.starts_at limit 5) t), '[]'),
    'proposals', coalesce((select jsonb_agg(jsonb_build_object('country', t.country, 'phase', t.to_phase)) from (
      select p.country, p.to_phase from launch.proposals p where p.workspace_id = p_workspace_id and p.state = 'open' and p.expires_at > p_now
      order by p.proposed_at limit 5) t), '[]'),
    'next', (select jsonb_build_object('country', s.country, 'phase', s.opens_as) from launch.sequence_steps s
      join launch.countries c on c.workspace_id = s.workspace_id and c.code = s.country
      where s.workspace_id = p_workspace_id and c.phase = 'not_launched' order by s.position limit 1))
$$;

-- The whole summary, for a message: the twelve countries with most admissions, and how many there are beside them.
create function private.summary_data(p_workspace_id uuid, p_day date, p_now timestamptz) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object('day', p_day, 'countries', coalesce(jsonb_agg(k.row order by k.n) filter (where k.n <= 12), '[]'),
    'more_countries', count(*) filter (where k.n > 12), 'admitted', coalesce(sum((k.row ->> 'admitted')::bigint), 0),
    'refused', coalesce(sum((k.row ->> 'refused')::bigint), 0)) || private.summary_rest(p_workspace_id, p_now)
  from private.summary_countries(p_workspace_id, p_now) with ordinality k (row, n)
$$;

alter table launch.summary_settings enable row level security;
create policy summary_settings_select_reader on launch.summary_settings for select to authenticated
  using (workspace_id = any (array(select private.workspaces_with('reports.read'))));
grant select on launch.summary_settings to authenticated;
