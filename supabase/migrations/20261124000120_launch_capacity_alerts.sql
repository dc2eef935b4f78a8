-- Alerts for capacity: a country that comes near its cap (80 %, 95 %) or has reached it (100 %), per operation and local day, for
-- units and, where a payment cap has one, for the amount. One alert a day and cap, told again at each step; it is resolved when the
-- day ends, the cap is raised or units come back.

-- What each open cap of each open country stands at, in whole percent of the cap. A cap of 0 lets nobody in on purpose.
create function private.capacity_shares() returns table (
  workspace_id uuid, country text, operation text, measure text, day_on date, used bigint, cap bigint, percent int, resets_at timestamptz
)
  language sql stable set search_path = '' as $$
  select c.workspace_id, c.country, c.operation, m.measure, c.day_on, m.used, m.cap, (m.used * 100 / m.cap)::int, c.day_ends_at
  from launch.counters c
  join launch.countries n on n.workspace_id = c.workspace_id and n.code = c.country and n.phase in ('alpha', 'soft', 'public')
  join launch.caps p on p.workspace_id = c.workspace_id and p.country = c.country and p.operation = c.operation
  cross join lateral (values ('units', c.used::bigint, p.units::bigint), ('amount', c.amount_used, p.amount_minor)) as m (measure, used, cap)
  where c.day_ends_at > launch.now() and m.cap > 0
$$;

-- Raises and settles the alerts for capacity in every workspace. Returns how many caps are at 80 % or more. Raises none where
-- launch.enabled or launch.countryCaps is off: nothing is refused there.
create function launch.watch_capacity() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_cap record; v_near int := 0; v_standing text[] := '{}'; v_old record;
begin
  for v_cap in
    select s.*, case when s.percent >= 100 then 3 when s.percent >= 95 then 2 else 1 end as step,
      concat_ws(':', 'capacity', s.country, s.operation, nullif(s.measure, 'units'), s.day_on) as fingerprint
    from private.capacity_shares() s
    where s.percent >= 80 and private.flag(s.workspace_id, 'launch.enabled') and private.flag(s.workspace_id, 'launch.countryCaps')
    order by s.workspace_id, s.country, s.operation, s.measure
  loop
    v_near := v_near + 1;
    v_standing := v_standing || (v_cap.workspace_id || v_cap.fingerprint);
    perform private.raise_alert(v_cap.workspace_id, 'capacity', v_cap.fingerprint, 'warning',
      case when v_cap.step = 3 then format('%s has reached its %s cap', v_cap.country, v_cap.operation)
        else format('%s is at %s %% of its %s cap', v_cap.country, v_cap.percent, v_cap.operation) end,
      v_cap.country, v_cap.operation, jsonb_build_object('measure', v_cap.measure, 'used', v_cap.used, 'cap', v_cap.cap, 'percent', v_cap.percent,
        'day', v_cap.day_on, 'resets_at', v_cap.resets_at), v_cap.step);
  end loop;
  for v_old in
    select a.workspace_id, a.fingerprint from launch.alerts a
    where a.kind = 'capacity' and a.status <> 'resolved' and not (a.workspace_id || a.fingerprint) = any (v_standing)
    order by a.workspace_id, a.fingerprint
  loop
    perform private.settle_alert(v_old.workspace_id, v_old.fingerprint, 'Below 80 % of the cap, or a new day.');
  end loop;
  return v_near;
end
$$;

insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('watch-capacity', 'Looks for countries near their caps', '1 minute', null, '5 minutes', false);
select cron.schedule('launch:watch-capacity', '* * * * *', 'select launch.watch_capacity()');
