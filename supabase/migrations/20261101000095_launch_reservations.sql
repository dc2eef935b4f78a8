-- Settling reservations: commit keeps the unit, release or the end of the lease returns it, once, to the day it came from.
-- Whatever settles a reservation holds its counter's lock from before it reads the reservation's state, so ten releases subtract once.
-- Lock order: counters by id, then reservations, then sub-quotas.

-- Settles units, one element a reservation: its counter, the local day they were granted in, how many were held, how many of them
-- return, and what amount does. They are taken from the live counter, or from the finished day. The caller holds the counters' locks.
create function private.settle_units(
  p_counter_ids bigint[], p_days date[], p_settled int[], p_returned int[], p_amounts bigint[], p_now timestamptz
) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  with s as materialized (
    select a.counter_id, a.day_on, sum(a.settled)::int as settled, sum(a.returned)::int as returned, sum(a.amount)::bigint as amount
    from unnest(p_counter_ids, p_days, p_settled, p_returned, p_amounts) as a (counter_id, day_on, settled, returned, amount) group by 1, 2
  ), live as (
    update launch.counters c set used = c.used - s.returned, held = c.held - s.settled, amount_used = c.amount_used - s.amount
    from s where c.id = s.counter_id and c.day_on = s.day_on
    returning c.id, c.workspace_id, c.country, c.operation, c.day_on, s.returned
  ), finished as (
    update launch.counter_days h set used = h.used - s.returned, held = h.held - s.settled, amount_used = h.amount_used - s.amount
    from s join launch.counters c on c.id = s.counter_id
    where c.day_on <> s.day_on and h.workspace_id = c.workspace_id and h.country = c.country and h.operation = c.operation and h.day_on = s.day_on
  )
  insert into launch.kept_slots as u (counter_id, slot_at, workspace_id, country, operation, day_on, returned)
  select l.id, private.slot_of(p_now), l.workspace_id, l.country, l.operation, l.day_on, l.returned
  from live l where l.returned > 0
  on conflict (counter_id, slot_at) do update set returned = least(u.returned::bigint + excluded.returned, 2147483647)::int;
end
$$;

-- The milliseconds in a version 7 id, as a time.
create function private.uuid_time(p_id uuid) returns timestamptz
  language plpgsql immutable set search_path = '' as $$
begin
  return to_timestamp((('x' || lpad(left(replace(p_id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint)::double precision / 1000);
end
$$;

-- The reservations of these workspaces asked for by id, in order, as they stand: first is the first place that asks for the same one.
-- Where there is none, checked says whether there is such a cap check. A receipt's id carries its time, which prunes the partitions; a day
-- on each side allows for clocks that differ.
create function private.find_reservations(p_workspaces uuid[], p_callers int[], p_ids uuid[])
  returns table (place int, first int, receipt_id uuid, decided_at timestamptz, counter_id bigint, day_on date, units int, amount_minor bigint,
    campaign_id uuid, campaign_units int, expires_at timestamptz, state text, settled_at timestamptz, checked boolean)
  language plpgsql stable set search_path = '' as $$
begin
  return query
  select a.place::int, (min(a.place) over (partition by a.id, p_workspaces[a.caller]))::int, r.receipt_id, r.decided_at, r.counter_id, r.day_on,
    r.units, r.amount_minor, r.campaign_id, r.campaign_units, r.expires_at, r.state, r.settled_at,
    r.receipt_id is null and exists (
      select from launch.receipts c where c.id = a.id and c.workspace_id = p_workspaces[a.caller]
        and c.decided_at between made.at - interval '1 day' and made.at + interval '1 day')
  from unnest(p_callers, p_ids) with ordinality as a (caller, id, place)
  cross join lateral (select private.uuid_time(a.id) as at offset 0) made
  left join lateral (
    select v.* from launch.reservations v
    where v.receipt_id = a.id and v.workspace_id = p_workspaces[a.caller]
      and v.decided_at between made.at - interval '1 day' and made.at + interval '1 day' limit 1) r on true
  order by a.place;
end
$$;

-- Settles reservations in order: p_actions are commit or release. problem is null, unauthenticated, forbidden, not_found, not_reserved or
-- conflict (state tells what it met: a commit after the lease's end meets expired). Repeating a settlement gives its answer again.
create function launch.settle_reservations(p_key_hashes bytea[], p_callers int[], p_ids uuid[], p_actions text[])
  returns table (problem text, state text, settled_at timestamptz)
  language plpgsql volatile security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := date_trunc('milliseconds', launch.now()); v_problems text[]; v_workspaces uuid[]; r record; v_wanted text; v_expired boolean;
  v_oldest timestamptz; v_newest timestamptz;
  v_states text[] := '{}'; v_times timestamptz[] := '{}'; v_ids uuid[] := '{}'; v_dates timestamptz[] := '{}'; v_ends text[] := '{}';
  v_counters bigint[] := '{}'; v_days date[] := '{}'; v_units int[] := '{}'; v_returned int[] := '{}'; v_amounts bigint[] := '{}'; v_campaigns uuid[] := '{}'; v_shares int[] := '{}';
begin
  select array_agg(k.problem order by k.place), array_agg(case when k.problem is null then k.workspace_id end order by k.place)
  into v_problems, v_workspaces from private.verify_keys(p_key_hashes, 'caps.check') k;
  perform c.id from launch.counters c
  where c.id = any (array(select f.counter_id from private.find_reservations(v_workspaces, p_callers, p_ids) f)) order by c.id for update;
  for r in select * from private.find_reservations(v_workspaces, p_callers, p_ids) loop
    problem := v_problems[p_callers[r.place]]; state := null; settled_at := null;
    if problem is null and r.receipt_id is null then
      problem := case when r.checked then 'not_reserved' else 'not_found' end;
    elsif problem is null then
      v_wanted := case p_actions[r.place] when 'commit' then 'committed' else 'released' end;
      state := coalesce(v_states[r.first], r.state);
      settled_at := coalesce(v_times[r.first], r.settled_at);
      if state = 'held' then
        v_expired := v_wanted = 'committed' and r.expires_at <= v_now;
        state := case when v_expired then 'expired' else v_wanted end;
        settled_at := v_now;
        v_states[r.first] := state; v_times[r.first] := settled_at;
        v_ids := v_ids || r.receipt_id; v_dates := v_dates || r.decided_at; v_ends := v_ends || state;
        v_oldest := least(v_oldest, r.decided_at); v_newest := greatest(v_newest, r.decided_at);
        v_counters := v_counters || r.counter_id; v_days := v_days || r.day_on; v_units := v_units || r.units;
        v_returned := v_returned || case when state = 'committed' then 0 else r.units end;
        v_amounts := v_amounts || case when state = 'committed' then 0 else r.amount_minor end;
        v_campaigns := v_campaigns || r.campaign_id;
        v_shares := v_shares || case when state = 'committed' then 0 else r.campaign_units end;
      end if;
      if state <> v_wanted and not (v_wanted = 'released' and state = 'expired') then
        problem := 'conflict';
      end if;
    end if;
    return next;
  end loop;
  if cardinality(v_ids) > 0 then
    update launch.reservations v set state = x.state, settled_at = v_now
    from unnest(v_ids, v_dates, v_ends) as x (id, decided_at, state)
    where v.receipt_id = x.id and v.decided_at = x.decided_at and v.decided_at between v_oldest and v_newest;
    perform private.settle_units(v_counters, v_days, v_units, v_returned, v_amounts, v_now);
    perform private.return_quotas(v_campaigns, v_days, v_shares);
  end if;
end
$$;

-- Returns the units of leases that have ended, up to p_limit, and says how many. A job calls it every 10 seconds. It skips reservations
-- that are being settled right now.
create function launch.expire_reservations(p_limit int default 5000) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare
  v_now timestamptz := launch.now(); v_locked bigint[]; v_counters bigint[]; v_days date[]; v_units int[]; v_amounts bigint[];
  v_campaigns uuid[]; v_shares int[];
begin
  select array_agg(distinct d.counter_id) into v_locked from (
    select v.counter_id from launch.reservations v where v.state = 'held' and v.expires_at <= v_now order by v.expires_at limit p_limit) d;
  perform c.id from launch.counters c where c.id = any (v_locked) order by c.id for update;
  with due as (
    select v.receipt_id, v.decided_at from launch.reservations v
    where v.state = 'held' and v.expires_at <= v_now and v.counter_id = any (v_locked) order by v.expires_at limit p_limit for update skip locked
  ), ended as (
    update launch.reservations v set state = 'expired', settled_at = v_now
    from due where v.receipt_id = due.receipt_id and v.decided_at = due.decided_at returning v.*
  )
  select array_agg(e.counter_id), array_agg(e.day_on), array_agg(e.units), array_agg(e.amount_minor), array_agg(e.campaign_id),
    array_agg(e.campaign_units)
  into v_counters, v_days, v_units, v_amounts, v_campaigns, v_shares from ended e;
  if v_counters is not null then
    perform private.settle_units(v_counters, v_days, v_units, v_units, v_amounts, v_now);
    perform private.return_quotas(v_campaigns, v_days, v_shares);
  end if;
  return coalesce(cardinality(v_counters), 0);
end
$$;

grant execute on function launch.settle_reservations(bytea[], int[], uuid[], text[]), launch.expire_reservations(int) to gantry_service;
