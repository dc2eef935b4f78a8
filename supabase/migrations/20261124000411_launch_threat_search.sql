-- Finding: what a rule would find among recorded events, and nothing but that. The shield and the backtest call the same function with
-- the same arguments, so what the one says the other does.
--
-- Time is cut into slots of five minutes, named by their end. A slot finds an entity when, at the moment of one of the entity's events
-- in the slot, the window that ends with that event, (at − window, at], holds enough: exact to the microsecond, however the slots lie.
-- The windows are swept: each event adds one when it arrives and takes it back a window later; a key that comes again within its window
-- (an account on a device, a creator) counts once.
-- Custom plans: how many events a window holds is what decides the plan.

-- What a device has registered: a farm's accounts are found without a look at the whole day. The table is new in this release: nothing
-- waits for the index.
-- squawk-ignore require-concurrent-index-creation
create index events_registrations_idx on launch.events (workspace_id, device, occurred_at)
  where type = 'registration.completed' and device is not null;

-- What one rule found in one slot. out_of: payments that the chargebacks are held against.
create type private.threat_find as (entity text, slot_at timestamptz, peak_at timestamptz, found int, out_of int);

-- The slot to which a moment belongs.
create function private.threat_slot(p_at timestamptz) returns timestamptz
  language sql stable set search_path = '' as $$
  select date_bin('5 minutes', p_at, timestamptz '2020-01-01 00:00Z') + interval '5 minutes'
$$;

-- Devices with enough accounts. First the devices seen from p_from on, then those with enough registrations, then the sweep of these.
create function private.find_farms(p_workspace_id uuid, p_threshold int, p_window interval, p_from timestamptz, p_to timestamptz)
  returns setof private.threat_find
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
begin
  return query with active as materialized (
    select distinct e.device from launch.events e
    where e.workspace_id = p_workspace_id and e.type = 'registration.completed' and e.occurred_at >= p_from and e.occurred_at < p_to
      and e.device is not null and e.subject is not null
  ), crowded as materialized (
    select e.device from launch.events e join active a on a.device = e.device
    where e.workspace_id = p_workspace_id and e.type = 'registration.completed' and e.occurred_at > p_from - p_window and e.occurred_at < p_to
      and e.subject is not null
    group by 1 having count(*) >= p_threshold and min(e.subject) <> max(e.subject)
  ), marked as (
    select e.device as entity, e.occurred_at as at, coalesce(lag(e.occurred_at) over k + p_window <= e.occurred_at, true) as rises,
      coalesce(lead(e.occurred_at) over k >= e.occurred_at + p_window, true) as falls
    from launch.events e join crowded c on c.device = e.device
    where e.workspace_id = p_workspace_id and e.type = 'registration.completed' and e.occurred_at > p_from - p_window and e.occurred_at < p_to
      and e.subject is not null
    window k as (partition by e.device, e.subject order by e.occurred_at)
  ), swept as (
    select s.entity, s.at, s.arrives, sum(s.step) over (partition by s.entity order by s.at, s.arrives) as held from (
      select m.entity, m.at, true as arrives, m.rises::int as step from marked m
      union all select m.entity, m.at + p_window, false, -1 from marked m where m.falls) s
  )
  select s.entity, private.threat_slot(s.at), (array_agg(s.at order by s.held desc, s.at))[1], max(s.held)::int, null::int
  from swept s where s.arrives and s.at >= p_from group by 1, 2 having max(s.held) >= p_threshold;
end
$$;

-- Countries, or the workspace as a whole, with enough creators. A creator counts once a window.
create function private.find_creators(
  p_workspace_id uuid, p_by_country boolean, p_threshold int, p_window interval, p_from timestamptz, p_to timestamptz
) returns setof private.threat_find
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
begin
  return query with seen as materialized (
    select case when p_by_country then e.country else 'all' end as entity, e.occurred_at as at,
      hashtextextended(coalesce('s' || e.subject, 'e' || e.source || e'\x1f' || e.event_id), 0) as key
    from launch.events e
    where e.workspace_id = p_workspace_id and e.type = 'creator.registered' and e.occurred_at > p_from - p_window and e.occurred_at < p_to
      and (e.country is not null or not p_by_country)
  ), crowded as materialized (
    select s.entity from seen s group by 1 having count(*) >= p_threshold and max(s.at) >= p_from
  ), marked as (
    select s.entity, s.at, coalesce(lag(s.at) over k + p_window <= s.at, true) as rises, coalesce(lead(s.at) over k >= s.at + p_window, true) as falls
    from seen s join crowded c on c.entity = s.entity
    window k as (partition by s.entity, s.key order by s.at)
  ), swept as (
    select s.entity, s.at, s.arrives, sum(s.step) over (partition by s.entity order by s.at, s.arrives) as held from (
      select m.entity, m.at, true as arrives, m.rises::int as step from marked m
      union all select m.entity, m.at + p_window, false, -1 from marked m where m.falls) s
  )
  select s.entity, private.threat_slot(s.at), (array_agg(s.at order by s.held desc, s.at))[1], max(s.held)::int, null::int
  from swept s where s.arrives and s.at >= p_from group by 1, 2 having max(s.held) >= p_threshold;
end
$$;

-- Countries, or the workspace as a whole, with enough payments. Each counts by itself, so a frame holds the window and nothing is swept.
create function private.find_payments(
  p_workspace_id uuid, p_by_country boolean, p_threshold int, p_window interval, p_from timestamptz, p_to timestamptz
) returns setof private.threat_find
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
begin
  return query with seen as materialized (
    select case when p_by_country then e.country else 'all' end as entity, e.occurred_at as at from launch.events e
    where e.workspace_id = p_workspace_id and e.type = 'purchase.completed' and e.occurred_at > p_from - p_window and e.occurred_at < p_to
      and (e.country is not null or not p_by_country)
  ), crowded as materialized (
    select s.entity from seen s group by 1 having count(*) >= p_threshold and max(s.at) >= p_from
  ), counted as (
    select s.entity, s.at, count(*) over (partition by s.entity order by s.at
      range between p_window - interval '1 microsecond' preceding and current row) as held
    from seen s join crowded c on c.entity = s.entity
  ), full_ones as (
    select n.entity, n.at, n.held from counted n where n.at >= p_from and n.held >= p_threshold
  )
  select f.entity, private.threat_slot(f.at), (array_agg(f.at order by f.held desc, f.at))[1], max(f.held)::int, null::int
  from full_ones f group by 1, 2;
end
$$;

-- Countries, or the workspace, with enough chargebacks, both in number and as a share of the payments of the same window. The moments are
-- those of chargebacks; the peak is the one with most of them. A payment counts from the slot by whose end it was reported: one that
-- comes later would make less of a share that has been answered already, and a backtest would not find it again.
create function private.find_chargebacks(
  p_workspace_id uuid, p_by_country boolean, p_threshold int, p_share double precision, p_window interval, p_from timestamptz, p_to timestamptz
) returns setof private.threat_find
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
begin
  return query with backs as materialized (
    select case when p_by_country then e.country else 'all' end as entity, e.occurred_at as at from launch.events e
    where e.workspace_id = p_workspace_id and e.type = 'purchase.charged_back' and e.occurred_at > p_from - p_window and e.occurred_at < p_to
      and (e.country is not null or not p_by_country)
  ), crowded as materialized (
    select b.entity from backs b group by 1 having count(*) >= p_threshold and max(b.at) >= p_from
  ), seen as (
    select b.entity, b.at, b.at + p_window as until, true as back from backs b join crowded c on c.entity = b.entity
    union all
    select c.entity, greatest(e.occurred_at, date_bin('5 minutes', e.received_at - interval '1 microsecond', timestamptz '2020-01-01 00:00Z')),
      e.occurred_at + p_window, false
    from launch.events e
    join crowded c on c.entity = case when p_by_country then e.country else 'all' end
    where e.workspace_id = p_workspace_id and e.type = 'purchase.completed' and e.occurred_at > p_from - p_window and e.occurred_at < p_to
  ), swept as (
    select s.entity, s.at, s.back, s.arrives, coalesce(sum(s.step) filter (where s.back) over w, 0) as held,
      coalesce(sum(s.step) filter (where not s.back) over w, 0) as payments
    from (
      select s.entity, s.at, s.back, true as arrives, 1 as step from seen s where s.at < s.until
      union all select s.entity, s.until, s.back, false, -1 from seen s where s.at < s.until) s
    window w as (partition by s.entity order by s.at, s.arrives)
  )
  select s.entity, private.threat_slot(s.at), (array_agg(s.at order by s.held desc, s.at))[1], max(s.held)::int,
    (array_agg(s.payments order by s.held desc, s.at))[1]::int
  from swept s
  where s.back and s.arrives and s.at >= p_from and s.held >= p_threshold and s.held >= p_share * s.payments group by 1, 2;
end
$$;

-- What a rule finds in the slots whose moments lie from p_from (included) to p_to (excluded).
create function private.find_threats(p_rule launch.threat_rules, p_from timestamptz, p_to timestamptz) returns setof private.threat_find
  language plpgsql stable set search_path = '' as $$
declare v_window interval := make_interval(mins => p_rule.window_minutes);
begin
  if p_rule.rule = 'device_farm' then
    return query select * from private.find_farms(p_rule.workspace_id, p_rule.threshold, v_window, p_from, p_to);
  elsif p_rule.rule = 'chargeback_burst' then
    return query select * from private.find_chargebacks(p_rule.workspace_id, p_rule.counts_per = 'country', p_rule.threshold, p_rule.share,
      v_window, p_from, p_to);
  elsif p_rule.rule = 'creator_ring' then
    return query select * from private.find_creators(p_rule.workspace_id, p_rule.counts_per = 'country', p_rule.threshold, v_window, p_from, p_to);
  else
    return query select * from private.find_payments(p_rule.workspace_id, p_rule.counts_per = 'country', p_rule.threshold, v_window, p_from, p_to);
  end if;
end
$$;

-- What lies in the window of a finding: whom a block would name, and what a person looks at first.
create type private.threat_evidence as (
  accounts text[], devices text[], ips inet[], country text, countries jsonb, events jsonb, event_count int, first_at timestamptz, last_at timestamptz
);

-- Reads the window that ends with a finding's peak. At most 1,000 of each kind, the newest 10 events.
create function private.read_evidence(p_rule launch.threat_rules, p_entity text, p_peak_at timestamptz) returns private.threat_evidence
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare v_types text[]; v_evidence private.threat_evidence;
begin
  v_types := case p_rule.rule when 'device_farm' then '{registration.completed}' when 'creator_ring' then '{creator.registered}'
    when 'payment_burst' then '{purchase.completed}' else '{purchase.charged_back}' end;
  with seen as materialized (
    select e.* from launch.events e
    where e.workspace_id = p_rule.workspace_id and e.type = any (v_types)
      and e.occurred_at > p_peak_at - make_interval(mins => p_rule.window_minutes) and e.occurred_at <= p_peak_at
      and case p_rule.counts_per when 'device' then e.device = p_entity and e.subject is not null when 'country' then e.country = p_entity else true end
  ), spread as (
    select s.country, count(*) as n from seen s where s.country is not null group by 1 order by 2 desc, 1
  )
  select array(select s.subject from seen s where s.subject is not null group by 1 order by min(s.occurred_at), 1 limit 1000),
    array(select s.device from seen s where s.device is not null group by 1 order by min(s.occurred_at), 1 limit 1000),
    array(select private.plain_ip(s.ip) from seen s where s.ip is not null group by 1 order by min(s.occurred_at), 1 limit 1000),
    (select p.country from spread p limit 1), (select coalesce(jsonb_object_agg(p.country, p.n), '{}') from spread p),
    (select coalesce(jsonb_agg(jsonb_build_object('source', l.source, 'id', l.event_id, 'at', l.occurred_at) order by l.occurred_at), '[]')
      from (select s.source, s.event_id, s.occurred_at from seen s order by s.occurred_at desc, s.event_id limit 10) l),
    (select count(*) from seen)::int, (select min(s.occurred_at) from seen s), (select max(s.occurred_at) from seen s)
  into v_evidence.accounts, v_evidence.devices, v_evidence.ips, v_evidence.country, v_evidence.countries, v_evidence.events,
    v_evidence.event_count, v_evidence.first_at, v_evidence.last_at;
  return v_evidence;
end
$$;

revoke all on type private.threat_find, private.threat_evidence from public;
