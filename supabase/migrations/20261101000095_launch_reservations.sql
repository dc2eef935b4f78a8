-- Settling reservations: commit keeps the unit, release or the end of the lease returns it, once, to the day it came from.
-- The conditional update of the reservation is the verdict, so ten releases subtract once. Lock order: counters by id, then reservations.

-- Takes units back from the local day they were granted in: the live counter, or the finished day.
create function private.return_units(p_counter_id bigint, p_day_on date, p_units int, p_amount bigint, p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  update launch.counters c set used = c.used - p_units, held = c.held - p_units, amount_used = c.amount_used - p_amount
  where c.id = p_counter_id and c.day_on = p_day_on;
  if not found then
    update launch.counter_days h set used = h.used - p_units, held = h.held - p_units, amount_used = h.amount_used - p_amount
    from launch.counters c
    where c.id = p_counter_id and h.workspace_id = c.workspace_id and h.country = c.country and h.operation = c.operation and h.day_on = p_day_on;
  else
    insert into launch.usage_slots as u (counter_id, slot_at, workspace_id, country, operation, day_on, returned)
    select c.id, date_bin('5 minutes', p_now, timestamptz '2020-01-01 00:00Z'), c.workspace_id, c.country, c.operation, c.day_on, p_units
    from launch.counters c where c.id = p_counter_id
    on conflict (counter_id, slot_at) do update set returned = u.returned + excluded.returned;
  end if;
end
$$;

-- Keeps units of a reservation that was committed: used stays, held falls.
create function private.keep_units(p_counter_id bigint, p_day_on date, p_units int) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  update launch.counters c set held = c.held - p_units where c.id = p_counter_id and c.day_on = p_day_on;
  if not found then
    update launch.counter_days h set held = h.held - p_units
    from launch.counters c
    where c.id = p_counter_id and h.workspace_id = c.workspace_id and h.country = c.country and h.operation = c.operation and h.day_on = p_day_on;
  end if;
end
$$;

-- The milliseconds in a version 7 id, as a time.
create function private.uuid_time(p_id uuid) returns timestamptz
  language sql immutable set search_path = '' as $$
  select to_timestamp((('x' || lpad(left(replace(p_id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint)::double precision / 1000)
$$;

create type private.settle_target as (
  place int, action text, problem text, receipt_id uuid, decided_at timestamptz, counter_id bigint, day_on date, units int, amount_minor bigint
);

-- The reservations asked for, each in its caller's workspace.
create function private.settle_targets(p_key_hashes bytea[], p_callers int[], p_ids uuid[], p_actions text[])
  returns setof private.settle_target
  language sql stable set search_path = '' as $$
  select a.place::int, a.action,
    case when k.problem is not null then k.problem when r.receipt_id is not null then null
      when found.id is not null then 'not_reserved' else 'not_found' end,
    r.receipt_id, r.decided_at, r.counter_id, r.day_on, r.units, r.amount_minor
  from unnest(p_callers, p_ids, p_actions) with ordinality as a (caller, id, action, place)
  join private.verify_keys(p_key_hashes, 'caps.check') k on k.place = a.caller
  cross join lateral (select private.uuid_time(a.id) as at) made
  left join lateral (
    select v.* from launch.reservations v
    where v.receipt_id = a.id and v.workspace_id = k.workspace_id
      and v.decided_at between made.at - interval '1 day' and made.at + interval '1 day' limit 1) r on true
  left join lateral (
    select c.id from launch.receipts c
    where r.receipt_id is null and c.id = a.id and c.workspace_id = k.workspace_id
      and c.decided_at between made.at - interval '1 day' and made.at + interval '1 day' limit 1) found on true
$$;

-- Settles reservations in order: p_actions are commit or release. problem is null, unauthenticated, forbidden, not_found, not_reserved or
-- conflict (state tells what it met: a commit after the lease's end meets expired). Repeating a settlement gives its answer again.
-- A receipt's id carries its time, which prunes the partitions; a day on each side allows for clocks that differ.
create function launch.settle_reservations(p_key_hashes bytea[], p_callers int[], p_ids uuid[], p_actions text[])
  returns table (problem text, state text, settled_at timestamptz)
  language plpgsql volatile security definer set search_path = '' as $$
declare v_now timestamptz := date_trunc('milliseconds', launch.now()); k private.settle_target; v_state text; v_at timestamptz; v_wanted text;
begin
  perform c.id from launch.counters c where c.id in (
    select t.counter_id from private.settle_targets(p_key_hashes, p_callers, p_ids, p_actions) t) order by c.id for update;
  for k in select * from private.settle_targets(p_key_hashes, p_callers, p_ids, p_actions) t order by t.place loop
    v_wanted := case k.action when 'commit' then 'committed' else 'released' end;
    problem := k.problem; state := null; settled_at := null;
    if problem is null then
      update launch.reservations r set settled_at = v_now,
        state = case when v_wanted = 'committed' and r.expires_at <= v_now then 'expired' else v_wanted end
      where r.receipt_id = k.receipt_id and r.decided_at = k.decided_at and r.state = 'held'
      returning r.state, r.settled_at into v_state, v_at;
      if found and v_state = 'committed' then
        perform private.keep_units(k.counter_id, k.day_on, k.units);
      elsif found then
        perform private.return_units(k.counter_id, k.day_on, k.units, k.amount_minor, v_now);
      else
        select r.state, r.settled_at into v_state, v_at
        from launch.reservations r where r.receipt_id = k.receipt_id and r.decided_at = k.decided_at;
      end if;
      state := v_state; settled_at := v_at;
      if v_state <> v_wanted and not (v_wanted = 'released' and v_state = 'expired') then
        problem := 'conflict';
      end if;
    end if;
    return next;
  end loop;
end
$$;

-- Returns the units of leases that have ended, up to p_limit, and says how many. A job calls it every 10 seconds. It skips reservations
-- that are being settled right now.
create function launch.expire_reservations(p_limit int default 5000) returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_now timestamptz := launch.now(); v_counters bigint[]; v_expired int := 0; r record;
begin
  select array_agg(distinct d.counter_id) into v_counters from (
    select v.counter_id from launch.reservations v where v.state = 'held' and v.expires_at <= v_now order by v.expires_at limit p_limit) d;
  perform c.id from launch.counters c where c.id = any (v_counters) order by c.id for update;
  for r in
    with due as (
      select v.receipt_id, v.decided_at from launch.reservations v
      where v.state = 'held' and v.expires_at <= v_now and v.counter_id = any (v_counters) order by v.expires_at limit p_limit for update skip locked
    ), ended as (
      update launch.reservations v set state = 'expired', settled_at = v_now
      from due where v.receipt_id = due.receipt_id and v.decided_at = due.decided_at returning v.*
    )
    select e.counter_id, e.day_on, sum(e.units)::int as units, sum(e.amount_minor)::bigint as amount, count(*)::int as reservations
    from ended e group by 1, 2 order by 1, 2
  loop
    perform private.return_units(r.counter_id, r.day_on, r.units, r.amount, v_now);
    v_expired := v_expired + r.reservations;
  end loop;
  return v_expired;
end
$$;

grant execute on function launch.settle_reservations(bytea[], int[], uuid[], text[]), launch.expire_reservations(int) to gantry_service;
