-- What moved sharply: support volume and revenue of the last hours beside the same local hours of the seven days before. Only days on
-- which the country reported anything in those hours are compared with; without one, nothing is said.

-- The windows to compare: day 0 ends at p_at, day n at the same local time n days before. reported says whether anything was.
create function private.compared_windows(p_workspace_id uuid, p_country text, p_zone text, p_at timestamptz, p_hours int)
  returns table (days_before int, starts_at timestamptz, ends_at timestamptz, support bigint, reported boolean)
  language sql stable set search_path = '' as $$
  select w.n, w.ends_at - p_hours * interval '1 hour', w.ends_at, coalesce(s.support, 0), coalesce(s.events > 0, false)
  from (select d.n, case d.n when 0 then p_at else ((p_at at time zone p_zone) - d.n * interval '1 day') at time zone p_zone end as ends_at
    from generate_series(0, 7) as d (n)) w
  cross join lateral (
    select sum(e.events) filter (where e.type = 'support.ticket_opened') as support, sum(e.events) as events from launch.event_slots e
    where e.workspace_id = p_workspace_id and e.country = p_country
      and e.slot_at >= w.ends_at - p_hours * interval '1 hour' and e.slot_at < w.ends_at) s
$$;

-- Raises the alert when now reaches the minimum and the ratio of what was usual; settles it otherwise. Returns whether it stands.
-- A surge of revenue is good news that investors ask about: it is audited besides.
create function private.judge_move(p_workspace_id uuid, p_country text, p_what text, p_now numeric, p_usual numeric, p_ratio numeric,
  p_minimum numeric, p_evidence jsonb) returns boolean
  language plpgsql volatile set search_path = '' as $$
declare v_fingerprint text := p_what || ':' || p_country;
begin
  if p_usual is null or p_now < p_minimum or p_now < p_ratio * p_usual then
    perform private.settle_alert(p_workspace_id, v_fingerprint, 'It is near its usual level again.');
    return false;
  end if;
  if p_what = 'revenue' and not exists (select from launch.alerts a
      where a.workspace_id = p_workspace_id and a.fingerprint = v_fingerprint and a.status <> 'resolved') then
    perform private.write_audit(p_workspace_id, 'revenue.surged', 'country', p_country, 'notice', null, p_evidence);
  end if;
  perform private.raise_alert(p_workspace_id, 'region', v_fingerprint, 'warning', format(
    case p_what when 'support' then 'Support volume of %s is increasing' else 'Revenue of %s surges' end, p_country),
    p_country, p_country, p_evidence);
  return true;
end
$$;

-- Looks at every open country. Returns how many alerts stand. Locks the alerts first, by id: the audit head is the last lock.
create function private.watch_regions(p_workspace_id uuid, p_at timestamptz) returns int
  language plpgsql volatile set search_path = '' as $$
declare
  v_set launch.region_settings; v_country record; v_support numeric; v_usual numeric; v_revenue numeric; v_usual_revenue numeric; v_standing int := 0;
begin
  select * into v_set from launch.region_settings s where s.workspace_id = p_workspace_id;
  perform from launch.alerts a where a.workspace_id = p_workspace_id and a.kind = 'region' and a.status <> 'resolved' order by a.id for update;
  for v_country in
    select n.code, n.time_zone from launch.countries n where n.workspace_id = p_workspace_id and n.phase <> 'not_launched' order by n.code
  loop
    select max(w.support) filter (where w.days_before = 0), avg(w.support) filter (where w.days_before > 0 and w.reported),
      max(r.revenue_minor) filter (where w.days_before = 0), avg(r.revenue_minor) filter (where w.days_before > 0 and w.reported)
    into v_support, v_usual, v_revenue, v_usual_revenue
    from private.compared_windows(p_workspace_id, v_country.code, v_country.time_zone, p_at, v_set.compare_hours) w
    cross join lateral private.sum_revenue(p_workspace_id, v_country.code, v_country.time_zone, w.starts_at, w.ends_at, v_set.reporting_currency) r;
    v_standing := v_standing
      + private.judge_move(p_workspace_id, v_country.code, 'support', v_support, v_usual, v_set.support_ratio, v_set.support_minimum,
          jsonb_build_object('tickets', v_support, 'usual', round(v_usual, 1), 'hours', v_set.compare_hours, 'until', p_at))::int
      + private.judge_move(p_workspace_id, v_country.code, 'revenue', v_revenue, v_usual_revenue, v_set.surge_ratio,
          v_set.surge_minimum * power(10::numeric, (select c.digits from launch.currencies c where c.code = v_set.reporting_currency)),
          jsonb_build_object('revenue_minor', v_revenue, 'usual_minor', round(v_usual_revenue), 'currency', v_set.reporting_currency,
            'hours', v_set.compare_hours, 'until', p_at))::int;
  end loop;
  return v_standing;
end
$$;
