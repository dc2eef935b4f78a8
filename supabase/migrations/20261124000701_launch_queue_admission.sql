-- Letting tickets in, in order, and what a ticket's holder can do with it.

-- Units that may still enter through a gate for tickets: none while it is closed or its operation yields to the throttle. The caller
-- holds the counter's lock.
create function private.ticket_room(p_counter launch.counters, p_now timestamptz) returns bigint
  language sql stable set search_path = '' as $$
  select case
    when not private.flag(p_counter.workspace_id, 'launch.enabled') then 2000000000
    when n.phase is null or n.phase not in ('alpha', 'soft', 'public') then 0
    when private.throttle_level(p_counter.workspace_id, p_now) >= private.yields_from(p_counter.workspace_id, p_counter.operation) then 0
    when not private.flag(p_counter.workspace_id, 'launch.countryCaps') then 2000000000 - p_counter.used
    else least(p.units, 2000000000)::bigint - p_counter.used - p_counter.kept end
  from (select 1) one
  left join launch.countries n on n.workspace_id = p_counter.workspace_id and n.code = p_counter.country
  left join launch.caps p on p.workspace_id = p_counter.workspace_id and p.country = p_counter.country and p.operation = p_counter.operation
$$;

-- Makes tickets ready: takes their units from the counter and holds them for the claim window. The caller holds the counter's lock.
create function private.make_ready(p_counter launch.counters, p_tickets uuid[], p_until timestamptz, p_now timestamptz) returns void
  language plpgsql volatile set search_path = '' as $$
declare v_units int; v_receipts uuid[] := array(select private.uuid_v7_at(p_now) from unnest(p_tickets));
begin
  insert into launch.receipts (id, decided_at, workspace_id, api_key_id, idempotency_key, country, operation, units, subject, allowed, reason,
    cap, remaining, day_on, resets_at, hold_expires_at, policy_version, throttle_level)
  select v_receipts[x.place], p_now, t.workspace_id, t.api_key_id, 'ticket:' || t.id, t.country, t.operation, t.units, t.subject, true, 'granted',
    p.units, greatest(p.units - p_counter.used - p_counter.kept - sum(t.units) over (order by t.number), 0), p_counter.day_on, p_counter.day_ends_at, p_until,
    n.policy_version, private.throttle_level(t.workspace_id, p_now)
  from unnest(p_tickets) with ordinality as x (id, place)
  join launch.tickets t on t.id = x.id
  join launch.countries n on n.workspace_id = t.workspace_id and n.code = t.country
  join launch.caps p on p.workspace_id = t.workspace_id and p.country = t.country and p.operation = t.operation;
  insert into launch.reservations (receipt_id, decided_at, workspace_id, counter_id, country, operation, day_on, units, amount_minor, expires_at)
  select v_receipts[x.place], p_now, t.workspace_id, p_counter.id, t.country, t.operation, p_counter.day_on, t.units, 0, p_until
  from unnest(p_tickets) with ordinality as x (id, place) join launch.tickets t on t.id = x.id;
  update launch.tickets t set state = 'ready', ready_at = p_now, claim_until = p_until, receipt_id = v_receipts[x.place]
  from unnest(p_tickets) with ordinality as x (id, place) where t.id = x.id;
  select sum(t.units)::int into v_units from launch.tickets t where t.id = any (p_tickets);
  update launch.counters c set used = c.used + v_units, held = c.held + v_units where c.id = p_counter.id;
  insert into launch.kept_slots as u (counter_id, slot_at, workspace_id, country, operation, day_on, granted)
  values (p_counter.id, private.slot_of(p_now), p_counter.workspace_id, p_counter.country,
    p_counter.operation, p_counter.day_on, v_units)
  on conflict (counter_id, slot_at) do update set granted = least(u.granted::bigint + excluded.granted, 2147483647)::int;
end
$$;

-- Lets in what one queue allows now: as many from the front as there is room for, the pace bounding a minute. A ticket too large for the
-- room holds those behind it up, or it would never be its turn. Returns how many became ready. The caller holds the counter's lock.
create function private.admit_queue(p_counter launch.counters, p_now timestamptz) returns int
  language plpgsql volatile set search_path = '' as $$
declare v_queue launch.queues; v_room bigint; v_pace int; v_chosen uuid[];
begin
  select * into v_queue from launch.queues q where q.workspace_id = p_counter.workspace_id and q.operation = p_counter.operation;
  if not coalesce(v_queue.carries_over, true) then
    update launch.tickets t set state = 'ended', ended_at = p_now
    where t.workspace_id = p_counter.workspace_id and t.country = p_counter.country and t.operation = p_counter.operation
      and t.state = 'waiting' and t.entered_on < p_counter.day_on;
  end if;
  v_room := private.ticket_room(p_counter, p_now);
  select coalesce(v_queue.per_minute, 300) - count(*) into v_pace from launch.tickets t
  where t.workspace_id = p_counter.workspace_id and t.country = p_counter.country and t.operation = p_counter.operation
    and t.ready_at > p_now - interval '1 minute';
  if v_room <= 0 or v_pace <= 0 then
    return 0;
  end if;
  v_chosen := array(
    select f.id from (
      select t.id, t.number, sum(t.units) over (order by t.number) as total from (
        select t.id, t.number, t.units from launch.tickets t
        where t.workspace_id = p_counter.workspace_id and t.country = p_counter.country and t.operation = p_counter.operation and t.state = 'waiting'
        order by t.number limit v_pace) t) f
    where f.total <= v_room order by f.number);
  if v_chosen <> '{}' then
    perform private.make_ready(p_counter, v_chosen, p_now + make_interval(secs => coalesce(v_queue.claim_seconds, 120)), p_now);
    perform private.announce(p_counter.workspace_id, 'queue', p_counter.country);
  end if;
  return cardinality(v_chosen);
end
$$;

-- The job: passes over what was not claimed and lets the next in. The units of what was passed over return with their lease, by the job that
-- ends leases: done here it would lock counters out of their order. Locks counters by id. Returns how many became ready.
create function launch.admit_tickets() returns int
  language plpgsql volatile security definer set search_path = '' as $$
declare v_now timestamptz := date_trunc('milliseconds', launch.now()); v_ids bigint[]; v_counter launch.counters; v_ready int := 0;
begin
  update launch.tickets t set state = 'passed', ended_at = v_now where t.state = 'ready' and t.claim_until <= v_now;
  v_ids := array(select distinct c.id from (select distinct t.workspace_id, t.country, t.operation from launch.tickets t where t.state = 'waiting') w
    join launch.counters c on c.workspace_id = w.workspace_id and c.country = w.country and c.operation = w.operation);
  perform c.id from launch.counters c where c.id = any (v_ids) order by c.id for update;
  perform private.roll_counters(v_ids, v_now);
  for v_counter in select * from launch.counters c where c.id = any (v_ids) order by c.id loop
    v_ready := v_ready + private.admit_queue(v_counter, v_now);
  end loop;
  delete from launch.tickets t where t.id in (select o.id from launch.tickets o where o.ended_at < v_now - interval '30 days' limit 1000);
  return v_ready;
end
$$;

insert into launch.jobs (name, description, every, flag, late_after, is_function) values
  ('admit-tickets', 'Lets those who wait in the onboarding queue in, in order', '5 seconds', null, '5 minutes', false);
select cron.schedule('launch:admit-tickets', '5 seconds', 'select launch.admit_tickets()');
